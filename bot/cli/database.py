"""`verbatim db`: show what is kept, prune it, back it up while it is in use, check it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.render.terminal import file_size

if TYPE_CHECKING:
    import argparse

    from bot.config import Config
    from bot.storage.store import Store

_FAILED = 1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command with its four actions."""
    parser = subparsers.add_parser("db", help="show, prune, back up and check the database")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("show", help="count what is kept").set_defaults(action=_show)
    actions.add_parser("prune", help="drop what is older, and more, than configured").set_defaults(action=_prune)
    backup = actions.add_parser("backup", help="copy the database into one file while it is in use")
    backup.add_argument("target", type=Path, metavar="FILE")
    backup.set_defaults(action=_backup)
    actions.add_parser("check", help="look for damage").set_defaults(action=_check)
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run one action on the configured database."""
    return asyncio.run(_run(arguments, config))


async def _run(arguments: argparse.Namespace, config: Config) -> int:
    from bot.storage.store import Store  # noqa: PLC0415  keeps --help instant

    async with await Store.open(config.storage) as store:
        status: int = await arguments.action(store, arguments, config)
        return status


async def _show(store: Store, _arguments: argparse.Namespace, config: Config) -> int:
    stats = await store.stats()
    rows = [
        ("file", str(config.storage.file)),
        ("size", f"{file_size(stats.used_bytes)} of {file_size(config.storage.max_bytes)}"),
        ("articles", f"{stats.articles:,}, by {stats.links:,} links"),
        *((task, f"{count:,}") for task, count in stats.results),
        ("kept for", f"{config.storage.ttl_days:g} days after the last use"),
        ("since", f"{stats.oldest:%Y-%m-%d}" if stats.oldest else "nothing is kept"),
    ]
    return _print("\n".join(f"{name:<10} {value}" for name, value in rows))


async def _prune(store: Store, _arguments: argparse.Namespace, _config: Config) -> int:
    pruned = await store.prune()
    return _print(f"Dropped {pruned.articles:,} articles and {pruned.results:,} other results.")


async def _backup(store: Store, arguments: argparse.Namespace, _config: Config) -> int:
    await store.backup(arguments.target)
    return _print(f"The database was copied to {arguments.target}.")


async def _check(store: Store, _arguments: argparse.Namespace, _config: Config) -> int:
    problems = await store.check()
    _print("\n".join(problems) or "The database is sound, and every kept quote is exactly its article's words.")
    return _FAILED if problems else 0


def _print(text: str) -> int:
    sys.stdout.write(text + "\n")
    return 0
