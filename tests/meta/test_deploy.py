"""What the container and the service refer to exists: they are not run here, so at least they cannot rot unseen."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.cli.discord_bot import TOKEN_VARIABLE
from bot.cli.main import build_parser
from bot.config import Config

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
UNIT = (ROOT / "deploy" / "verbatim.service").read_text()
IGNORED = (ROOT / ".dockerignore").read_text()


def _instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} +(.*)$", joined, flags=re.MULTILINE)


def _copied() -> set[str]:
    lines = [shlex.split(line) for line in _instructions("COPY") if not line.startswith("--from")]
    return {source for line in lines for source in line[:-1]}


def _settings(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, flags=re.MULTILINE)


def test_what_the_image_copies_is_there_and_reaches_the_builder() -> None:
    assert _copied() == set(re.findall(r"^!(.*)$", IGNORED, flags=re.MULTILINE))
    for source in _copied():
        assert (ROOT / source).exists(), source


def test_what_the_image_installs_from_is_copied_before() -> None:
    installed = re.findall(r"(?:-r|--constraint) +(\S+)", DOCKERFILE)
    assert installed == ["weights.txt", "requirements.txt"]
    assert set(installed) <= _copied()


def test_the_image_runs_as_a_user_without_rights_and_keeps_its_data_in_a_volume() -> None:
    assert _instructions("USER") == ["10001"]
    assert _instructions("VOLUME") == ["/data"]
    assert "XDG_DATA_HOME=/data" in DOCKERFILE
    assert "data:/data" in COMPOSE


def test_the_health_check_asks_the_port_on_which_health_is_answered() -> None:
    (check,) = _instructions("HEALTHCHECK")
    assert f"127.0.0.1:{Config().discord.health_port}/health" in check


@pytest.mark.parametrize(
    "words",
    [*(_settings("ExecStart")), " ".join(["verbatim", *re.findall(r'^CMD \["(.*)"\]$', DOCKERFILE, re.MULTILINE)])],
)
def test_what_is_started_is_a_command(words: str) -> None:
    program, *arguments = words.split()
    assert Path(program).name == "verbatim"
    assert build_parser().parse_args(arguments).command


def test_the_token_is_given_by_the_variable_that_the_program_reads() -> None:
    assert f"{TOKEN_VARIABLE}: ${{{TOKEN_VARIABLE}:?" in COMPOSE
    assert f"{TOKEN_VARIABLE}=" in UNIT


def test_the_service_has_the_folders_that_the_program_uses() -> None:
    for name in ("ConfigurationDirectory", "StateDirectory", "CacheDirectory"):
        assert _settings(name) == ["verbatim"]
    assert "XDG_CONFIG_HOME=/etc XDG_DATA_HOME=/var/lib XDG_CACHE_HOME=/var/cache" in _settings("Environment")


def test_the_files_named_in_comments_exist() -> None:
    for text in (DOCKERFILE, COMPOSE, UNIT):
        for name in re.findall(r"\b(?:config\.example\.toml|deploy/\S+\.service)", text):
            assert (ROOT / name).exists(), name
