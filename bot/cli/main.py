"""The command line: parses words, loads the configuration, and turns every error into one plain sentence.

Heavy modules (torch, lxml, the core) are imported by the commands that need them, so that `--help` is instant.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import sys
from dataclasses import replace
from pathlib import Path

import bot
from bot import config
from bot.cli import articles, batch, bench, database, digest, discord_bot, doctor, evaluate, models, trial
from bot.errors import UsageError, VerbatimError

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
_COMMANDS = (articles, batch, evaluate, trial, discord_bot, digest, models, database, bench, doctor)
_log = logging.getLogger("verbatim")


def build_parser() -> argparse.ArgumentParser:
    """Declare every command; each module adds its own."""
    parser = argparse.ArgumentParser(
        prog="verbatim",
        description="Summaries that can be traced to the article, and quotes that are exactly its words.",
        epilog="A SOURCE is a link, a file (.txt, .md, .html, .pdf), or - for standard input.",
    )
    parser.add_argument("--version", action="version", version=f"verbatim {bot.__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration; default: ./config.toml")
    parser.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add_parser(subparsers)
    return parser


def run(words: list[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 bad usage, 3 some records failed."""
    arguments = build_parser().parse_args(words)
    logging.basicConfig(level=arguments.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    try:
        status = arguments.command(arguments, _config(arguments))
        sys.stdout.flush()
    except VerbatimError as error:
        _say(error.sentence)
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; point stdout elsewhere so that the interpreter's last flush is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except Exception:  # noqa: BLE001  the outermost door
        reference = secrets.token_hex(3)
        _log.exception("fault %s", reference)
        _say(f"Verbatim failed in a way it did not expect (reference {reference}). Please report the lines above.")
        return EXIT_FAILED
    return int(status)


def _config(arguments: argparse.Namespace) -> config.Config:
    loaded = config.load(arguments.config)
    writer = getattr(arguments, "writer", None)
    return replace(loaded, models=replace(loaded.models, writer=writer)) if writer else loaded


def _say(sentence: str) -> None:
    sys.stderr.write(f"verbatim: {sentence}\n")
