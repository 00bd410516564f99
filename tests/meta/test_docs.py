"""The README cannot rot: every command is in it, and the commands it shows exist."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bot.cli.main import build_parser

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def _commands() -> dict[str, argparse.ArgumentParser]:
    actions = build_parser()._actions  # noqa: SLF001  argparse shows its subparsers nowhere else
    return next(dict(action.choices) for action in actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001


def test_every_command_is_in_the_readme() -> None:
    for name in _commands():
        assert f"verbatim {name}" in README, name


def test_every_command_in_the_readme_exists() -> None:
    assert set(re.findall(r"verbatim ([a-z]+)\b", README)) <= set(_commands())


def test_every_command_says_what_it_is_for() -> None:
    for name, parser in _commands().items():
        assert parser.format_help().count("\n") > 2, name


def test_every_make_target_named_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", README, flags=re.MULTILINE)) <= {
        pair for name in targets for pair in ((name, ""), ("", name))
    }
