"""`verbatim doctor`: look at everything an installation needs, and say of each what to do where it is wrong."""

from __future__ import annotations

import asyncio
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from bot.errors import VerbatimError
from bot.render.terminal import file_size

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bot.config import Config

_FAILED = 1
_LEAST_DISK = 500_000_000
_PACKAGES = ("torch", "transformers", "discord.py", "aiosqlite", "trafilatura", "pypdf")
_EXAMPLE = "“It works,” the doctor said."


class _CheckError(Exception):
    """A check that failed, with what to do."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("doctor", help="find out what is wrong with an installation")
    parser.set_defaults(command=run)


def run(_arguments: argparse.Namespace, config: Config) -> int:
    """Make every check, whatever the others say; fail where one did."""
    return _FAILED if sum([not _passes(name, check, config) for name, check in _CHECKS.items()]) else 0


def _passes(name: str, check: Callable[[Config], str], config: Config) -> bool:
    try:
        mark, finding = "ok", check(config)
    except VerbatimError as error:
        mark, finding = "WRONG", error.sentence
    except _CheckError as error:
        mark, finding = "WRONG", str(error)
    sys.stdout.write(f"{mark:<6}{name:<12}{finding}\n")
    sys.stdout.flush()
    return mark == "ok"


def _python(_config: Config) -> str:
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"


def _packages(_config: Config) -> str:
    try:
        return ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    except PackageNotFoundError as error:
        message = f"The package {error.name} is not installed. Run `make setup`."
        raise _CheckError(message) from error


def _disk(config: Config) -> str:
    folder = config.storage.file.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < _LEAST_DISK:
        message = f"Only {file_size(free)} are free at {folder}. Free some, or set storage.path elsewhere."
        raise _CheckError(message)
    return f"{file_size(free)} are free"


def _database(config: Config) -> str:
    return asyncio.run(_open_database(config))


async def _open_database(config: Config) -> str:
    from bot.storage.store import Store  # noqa: PLC0415  keeps --help instant

    async with await Store.open(config.storage) as store:
        stats = await store.stats()
        problems = await store.check()
    if problems:
        message = f"{problems[0]} Run `verbatim db check`."
        raise _CheckError(message)
    return f"{config.storage.file}: sound, {stats.articles:,} articles, {file_size(stats.used_bytes)}"


def _models(config: Config) -> str:
    from bot.core.signature import signature  # noqa: PLC0415

    found = signature(config)
    return f"encoder {found.encoder}, writer {found.writer or 'none'}"


def _server(config: Config) -> str:
    from bot.core.server_writer import find_model, try_out  # noqa: PLC0415

    if not config.models.writer_is_server:
        return "none; no sentence is sent elsewhere to be written"
    model = find_model(config.writer_server)
    return f"{config.writer_server.url} serves {model}, which {try_out(config.writer_server)}"


def _work(config: Config) -> str:
    from bot.core.assembly import build_engine  # noqa: PLC0415

    engine = build_engine(config)
    engine.warm_up()
    quotes = engine.quotes(engine.read_body(_EXAMPLE))
    if [quote.text for quote in quotes] != ["It works,"]:
        message = "The example was not understood. Please report this."
        raise _CheckError(message)
    return "the models load and an example is understood"


_CHECKS: dict[str, Callable[[Config], str]] = {
    "python": _python,
    "packages": _packages,
    "disk": _disk,
    "database": _database,
    "models": _models,
    "server": _server,
    "work": _work,
}
