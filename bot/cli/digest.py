"""`verbatim digest`: list the digests of the database, and read one outside Discord."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.cli.numbers import whole
from bot.errors import UsageError
from bot.render.export import to_atom, to_html, to_json, to_markdown
from bot.render.terminal import plain
from bot.text.clock import DAYS_NAMED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from bot.config import Config
    from bot.core.editing import Editor
    from bot.core.schedule import Run
    from bot.storage.digests import Digest
    from bot.storage.store import Store
    from bot.story import Edition

_MOST_DAYS = 31
_MOST_ID = 999_999_999
_ONE_EDITION = {"markdown": to_markdown, "html": to_html, "json": to_json}
_ATOM = "atom"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command with its two actions."""
    parser = subparsers.add_parser("digest", help="list the digests; read one as Markdown, HTML, JSON or an Atom feed")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help="the digests of every server").set_defaults(command=_list)
    export = actions.add_parser("export", help="write what a digest tells: today's edition, or those of some days")
    export.add_argument(
        "digest",
        type=whole(1, _MOST_ID, "digest's number"),
        metavar="ID",
        help="its number, see `verbatim digest list`",
    )
    export.add_argument("--format", choices=(*_ONE_EDITION, _ATOM), default="markdown", help="default: markdown")
    export.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
    export.add_argument(
        "--days", type=whole(1, _MOST_DAYS), metavar="N", help="the editions of so many days; default: 1, or 7 for atom"
    )
    export.add_argument("--address", metavar="URL", help="where the Atom feed will stand; readers know it by this")
    export.set_defaults(command=_export)


def _list(_arguments: argparse.Namespace, config: Config) -> int:
    rows = [_row(digest) for digest in asyncio.run(_digests(config))]
    _write("\n".join(rows or ["There is no digest. A moderator makes one with /digest create."]) + "\n", None)
    return 0


async def _digests(config: Config) -> list[Digest]:
    from bot.storage.store import Store  # noqa: PLC0415  keeps --help instant

    async with await Store.open(config.storage) as store:
        return await store.digests.every()


def _row(digest: Digest) -> str:
    plan = digest.plan
    days = next((name for name, numbers in DAYS_NAMED.items() if numbers == plan.days), "on some days")
    paused = f"  paused: {plain(digest.paused)}" if digest.paused else ""
    return f"{digest.id:>4}  {plain(plan.name)}  server {plan.guild}  {plan.at:%H:%M} {plan.zone}, {days}{paused}"


def _export(arguments: argparse.Namespace, config: Config) -> int:
    days = arguments.days or (7 if arguments.format == _ATOM else 1)
    if days > 1 and arguments.format != _ATOM:
        message = f"--format {arguments.format} holds one edition."
        raise UsageError(message, "Leave out --days, or take --format atom.")
    editions = asyncio.run(_editions(config, arguments.digest, days))
    if arguments.format == _ATOM:
        address = arguments.address or f"urn:verbatim:digest:{arguments.digest}"
        _write(to_atom([edition for edition in editions if edition.stories], address), arguments.output)
    else:
        _write(_ONE_EDITION[arguments.format](editions[0]), arguments.output)
    return 0


async def _editions(config: Config, number: int, days: int) -> Sequence[Edition]:
    """The editions of the last days, the newest first; today's is of what is there by now."""
    from bot.core.assembly import open_editor, utc_now  # noqa: PLC0415  keeps --help free of the core

    async with open_editor(config) as editor:
        digest = await _find(editor.store, number)
        return [await _edition(editor, digest, run) for run in _runs(digest, days, utc_now())]


async def _find(store: Store, number: int) -> Digest:
    for digest in await store.digests.every():
        if digest.id == number:
            return digest
    message = f"There is no digest {number}."
    raise UsageError(message, "See `verbatim digest list`.")


def _runs(digest: Digest, days: int, now: datetime) -> Iterator[Run]:
    from bot.core.schedule import Run, run_on, schedule_of  # noqa: PLC0415  as above

    schedule = schedule_of(digest)
    today = now.astimezone(ZoneInfo(schedule.zone)).date()
    yield Run(today, now)
    for back in range(1, days):
        day = today - timedelta(days=back)
        if day.weekday() in schedule.days:
            yield run_on(schedule, day)


async def _edition(editor: Editor, digest: Digest, run: Run) -> Edition:
    from bot.core.editing import link_alone  # noqa: PLC0415  as above

    return await editor.edition(digest, run.day, partial(link_alone, digest.plan.guild), until=run.instant)


def _write(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}."
        raise UsageError(message) from error
