"""Digests and their runs: all SQL on what is posted when.

The row is the truth. A run is noted as being posted before it is, under its local date, so that a crash can repeat
the search for it but never the post.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.storage.clock import from_stored, to_stored
from bot.storage.database import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aiosqlite import Connection

    from bot.storage.clock import Clock
    from bot.storage.database import Database


class RunState(StrEnum):
    """How far the digest of a day came."""

    POSTING = "posting"
    POSTED = "posted"
    EMPTY = "empty"
    FAILED = "failed"


class Manner(StrEnum):
    """How much of each story a digest shows."""

    FULL = "full"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """What a moderator asks for; `days` as in `bot.core.schedule`, `channels` empty for the whole server."""

    guild: int
    channel: int
    creator: int
    name: str
    at: time
    zone: str
    days: frozenset[int]
    stories: int = 5
    manner: Manner = Manner.FULL
    silent: bool = False
    say_empty: bool = False
    channels: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Digest:
    """A kept digest; `paused` says why it does not run."""

    id: int
    plan: DigestPlan
    paused: str | None
    last_day: date | None


_COLUMNS = "guild, channel, creator, name, at, zone, days, stories, style, silent, say_empty"
_SELECT = f"SELECT id, {_COLUMNS}, paused, last_day FROM digests"  # noqa: S608  names of columns
_INSERT = f"INSERT INTO digests ({_COLUMNS}, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_RAN = """
SELECT changed FROM digest_runs WHERE digest = ? AND day < ? AND state IN ('posted', 'empty') ORDER BY day DESC LIMIT 1
"""
_UPDATE = """
UPDATE digests SET guild = ?, channel = ?, creator = ?, name = ?, at = ?, zone = ?, days = ?, stories = ?, style = ?,
    silent = ?, say_empty = ? WHERE id = ?
"""


class Digests:
    """The digests kept in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.version = 0
        """Grows with every change of a plan, so that who waits for the next run knows to look again."""

    async def create(self, plan: DigestPlan) -> Digest:
        """Keep a new digest."""
        self.version += 1
        async with self._database.write() as connection:
            cursor = await connection.execute(_INSERT, (*_row(plan), to_stored(self._clock())))
            number = cursor.lastrowid or 0
            await _set_channels(connection, number, plan.channels)
        return Digest(number, plan, None, None)

    async def change(self, number: int, plan: DigestPlan) -> None:
        """Put another plan in place of a digest's."""
        self.version += 1
        async with self._database.write() as connection:
            await connection.execute(_UPDATE, (*_row(plan), number))
            await _set_channels(connection, number, plan.channels)

    async def pause(self, number: int, reason: str | None) -> None:
        """Stop a digest, saying why; None lets it run again."""
        self.version += 1
        async with self._database.write() as connection:
            await connection.execute("UPDATE digests SET paused = ? WHERE id = ?", (reason, number))

    async def delete(self, number: int) -> None:
        """Delete a digest with its runs and what it told."""
        self.version += 1
        async with self._database.write() as connection:
            await connection.execute("DELETE FROM digests WHERE id = ?", (number,))

    async def of_guild(self, guild: int) -> list[Digest]:
        """The digests of a server, the oldest first."""
        return await self._all("WHERE guild = ? ORDER BY id", guild)

    async def find(self, guild: int, number: int) -> Digest | None:
        """A digest of this server."""
        return next(iter(await self._all("WHERE guild = ? AND id = ?", guild, number)), None)

    async def every(self) -> list[Digest]:
        """Every digest of every server, paused or not, the oldest first."""
        return await self._all("ORDER BY id")

    async def running(self) -> list[Digest]:
        """Every digest that is not paused."""
        return await self._all("WHERE paused IS NULL ORDER BY id")

    async def begin(self, number: int, day: date) -> bool:
        """Note that the digest of a local date is about to be posted; False where it was noted before."""
        row = (number, day.isoformat(), RunState.POSTING, to_stored(self._clock()))
        async with self._database.write() as connection:
            cursor = await connection.execute(
                "INSERT OR IGNORE INTO digest_runs (digest, day, state, changed) VALUES (?, ?, ?, ?)", row
            )
            await connection.execute("UPDATE digests SET last_day = ? WHERE id = ?", (day.isoformat(), number))
            return cursor.rowcount == 1

    async def end(self, number: int, day: date, state: RunState, message: int | None = None) -> None:
        """Note how the digest of a date ended."""
        row = (state, message, to_stored(self._clock()), number, day.isoformat())
        async with self._database.write() as connection:
            await connection.execute(
                "UPDATE digest_runs SET state = ?, message = ?, changed = ? WHERE digest = ? AND day = ?", row
            )

    async def ran_before(self, number: int, day: date) -> datetime | None:
        """When the last run before a local date ended well."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_RAN, (number, day.isoformat()))
        return next((from_stored(changed) for (changed,) in rows), None)

    async def interrupted(self) -> list[tuple[Digest, date]]:
        """The runs that a stop or a crash left between the note and the post."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT digest, day FROM digest_runs WHERE state = ?", (RunState.POSTING,)
            )
        runs = [(await self._all("WHERE id = ?", int(number)), date.fromisoformat(str(day))) for number, day in rows]
        return [(digests[0], day) for digests, day in runs if digests]

    async def _all(self, where: str, *values: int) -> list[Digest]:
        async with self._database.read() as connection:
            rows = list(await connection.execute_fetchall(f"{_SELECT} {where}", values))
            chosen = await connection.execute_fetchall("SELECT digest, channel FROM digest_channels")
        channels: dict[int, set[int]] = {}
        for number, channel in chosen:
            channels.setdefault(int(number), set()).add(int(channel))
        return [_digest(tuple(row), frozenset(channels.get(int(row[0]), ()))) for row in rows]


def _row(plan: DigestPlan) -> tuple[int | str, ...]:
    return (
        plan.guild,
        plan.channel,
        plan.creator,
        storable(plan.name),
        f"{plan.at:%H:%M}",
        plan.zone,
        "".join(map(str, sorted(plan.days))),
        plan.stories,
        plan.manner,
        int(plan.silent),
        int(plan.say_empty),
    )


async def _set_channels(connection: Connection, number: int, channels: Iterable[int]) -> None:
    await connection.execute("DELETE FROM digest_channels WHERE digest = ?", (number,))
    rows = [(number, channel) for channel in channels]
    await connection.executemany("INSERT INTO digest_channels VALUES (?, ?)", rows)


def _digest(row: Sequence[Any], channels: frozenset[int]) -> Digest:
    number, guild, channel, creator, name, at, zone, days, stories, manner, silent, say_empty, paused, last = row
    plan = DigestPlan(
        guild,
        channel,
        creator,
        name,
        time.fromisoformat(at),
        zone,
        frozenset(map(int, days)),
        stories,
        Manner(manner),
        bool(silent),
        bool(say_empty),
        channels,
    )
    return Digest(number, plan, paused, date.fromisoformat(last) if last else None)
