"""What people asked for in Discord, kept from before it is acknowledged until it is answered: all SQL on requests.

States: accepted (kept, nothing shown) -> posting (the answer is about to be sent) -> posted (the first answer stands,
a written one may follow) -> done; or failed (the user was told). A crash leaves one of the first three, which
`unfinished` finds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.article import Length
from bot.storage.clock import from_stored, to_stored
from bot.storage.database import storable
from bot.storage.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.storage.clock import Clock
    from bot.storage.database import Database


class State(StrEnum):
    """How far a request came."""

    ACCEPTED = "accepted"
    POSTING = "posting"
    POSTED = "posted"
    DONE = "done"
    FAILED = "failed"


class Kind(StrEnum):
    """What is wanted of the article."""

    SUMMARIZE = "summarize"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, before it is kept.

    `source` is a link or a text (UTF-8) or a file's bytes, as `source_kind` says: "link", "text", "file".
    """

    kind: Kind
    guild: int | None
    channel: int
    user: int
    source_kind: str
    source: bytes
    filename: str | None = None
    message: int | None = None
    token: str | None = None
    token_expires: datetime | None = None
    private: bool = False
    length: Length = Length.MEDIUM
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an article was publicly answered about: the message that posted it, or else the answer itself."""

    article: str
    channel: int
    message: int
    when: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A kept request; `source` is None when it has been read (`article` is then its hash)."""

    id: int
    state: State
    kind: Kind
    guild: int | None
    channel: int
    user: int
    message: int | None
    token: str | None
    token_expires: datetime | None
    private: bool
    source_kind: str | None
    source: bytes | None
    filename: str | None
    length: Length
    locale: str
    article: str | None
    answer: int | None
    answer_channel: int | None
    accepted: datetime
    changed: datetime


_COLUMNS = ", ".join(field.name for field in fields(Request))
_OPEN = (State.ACCEPTED, State.POSTING, State.POSTED)

_TITLES = """
SELECT articles.hash, articles.title FROM articles JOIN requests ON requests.article = articles.hash
WHERE articles.title IS NOT NULL AND ((requests.guild IS ?1 AND ?1 IS NOT NULL AND private = 0) OR requests.user = ?2)
    AND instr(lower(articles.title), ?3) > 0
GROUP BY articles.hash ORDER BY max(requests.id) DESC LIMIT ?4
"""

_POSTED = """
SELECT article, channel, coalesce(message, answer), accepted FROM requests
WHERE guild = ? AND accepted >= ? AND private = 0 AND article IS NOT NULL AND answer IS NOT NULL ORDER BY id
"""
_FORGET_ARTICLES = """
DELETE FROM articles WHERE hash IN (SELECT article FROM requests WHERE {column} = ?1)
    AND hash NOT IN (SELECT article FROM requests WHERE article IS NOT NULL AND {column} IS NOT ?1)
"""


class Requests:
    """The requests kept in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._accepting = Gathering(self._insert)

    async def accept(self, wishes: Iterable[Wish]) -> tuple[Request, ...]:
        """Keep requests, all or none; when this returns they outlive a crash."""
        return await self._accepting.put(tuple(wishes))

    async def _insert(self, wishes: Sequence[Wish]) -> list[Request]:
        if not wishes:
            return []
        now = to_stored(self._clock())
        rows = [_row(wish) | {"state": State.ACCEPTED, "accepted": now, "changed": now} for wish in wishes]
        given = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
        sql = f"INSERT INTO requests ({', '.join(rows[0])}) VALUES {given} RETURNING {_COLUMNS}"  # noqa: S608
        async with self._database.write() as connection:
            kept = await connection.execute_fetchall(sql, [value for row in rows for value in row.values()])
        # Ids are given in the order of the values; the order of what is returned is nowhere promised.
        return sorted((_request(*row) for row in kept), key=lambda request: request.id)

    async def find(self, number: int) -> Request | None:
        """The request of this id."""
        return await self._first("id = ?", number)

    async def stands(self, request: Request) -> bool:
        """Tell whether a request has been neither deleted nor made shorter or longer since it was read."""
        kept = await self.find(request.id)
        return kept is not None and kept.length is request.length

    async def by_message(self, message: int) -> tuple[Request, ...]:
        """The requests that a message made, or that it answers."""
        return await self._all("message = ? OR answer = ? ORDER BY id", message, message)

    async def unfinished(self) -> tuple[Request, ...]:
        """What a stop or a crash left undone, the oldest first."""
        return await self._all("state IN (?, ?, ?) ORDER BY id", *_OPEN)

    async def earlier(self, guild: int, article: str, before: int) -> Request | None:
        """The first public answer about an article in a guild, older than request `before`."""
        where = "guild = ? AND article = ? AND id < ? AND private = 0 AND answer IS NOT NULL ORDER BY id LIMIT 1"
        return await self._first(where, guild, article, before)

    async def posted(self, guild: int, channels: frozenset[int], since: datetime) -> list[Posted]:
        """What was publicly answered about in some channels of a server (none: in all) since a time."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_POSTED, (guild, to_stored(since)))
        found = [Posted(article, channel, message, from_stored(when)) for article, channel, message, when in rows]
        return [posted for posted in found if not channels or posted.channel in channels]

    async def newest_article(self, channel: int) -> str | None:
        """The hash of the article last answered about in a channel or thread, where everybody saw it."""
        where = "? IN (channel, answer_channel) AND article IS NOT NULL AND private = 0 ORDER BY id DESC LIMIT 1"
        found = await self._first(where, channel)
        return found.article if found else None

    async def titles(self, guild: int | None, user: int, part: str, most: int = 25) -> list[tuple[str, str]]:
        """Hash and title of the articles that a user can know of, the newest first, whose title has `part` in it."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_TITLES, (guild, user, part.lower(), most))
        return [(str(name), str(title)) for name, title in rows]

    async def count_since(self, since: datetime, *, user: int, guild: int | None) -> tuple[int, int]:
        """How many requests a user, and how many a guild, has made since; none for no guild."""
        counted = "(SELECT count(*) FROM requests WHERE {} = ? AND accepted > ?)".format
        start = to_stored(since)
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                f"SELECT {counted('user')}, {counted('guild')}",
                (user, start, guild, start),
            )
        by_user, by_guild = next(iter(rows))
        return int(by_user), int(by_guild)

    async def set_article(self, number: int, article: str) -> None:
        """Note which article the source held; the source itself is dropped."""
        await self._change(number, article=article, source=None, source_kind=None, filename=None)

    async def set_state(self, number: int, state: State) -> None:
        """Note how far a request came."""
        await self._change(number, state=state)

    async def set_length(self, number: int, length: Length) -> None:
        """Note the length that the card now shows."""
        await self._change(number, length=length)

    async def set_answer(self, number: int, channel: int, answer: int) -> None:
        """Note the message that answers, and that the first answer stands."""
        await self._change(number, answer=answer, answer_channel=channel, state=State.POSTED)

    async def of_user(self, user: int) -> tuple[Request, ...]:
        """Everything that a user asked for."""
        return await self._all("user = ? ORDER BY id", user)

    async def count_guild(self, guild: int) -> int:
        """How many requests of a server are kept."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall("SELECT count(*) FROM requests WHERE guild = ?", (guild,))
        return int(next(iter(rows))[0])

    async def forget_all(self, *, user: int | None = None, guild: int | None = None) -> int:
        """Delete the requests of a user, or of a server, and the articles that no other request rests on."""
        column, value = ("user", user) if user is not None else ("guild", guild)
        async with self._database.write() as connection:
            await connection.execute(_FORGET_ARTICLES.format(column=column), (value,))
            deleted = await connection.execute(f"DELETE FROM requests WHERE {column} = ?", (value,))  # noqa: S608
            return deleted.rowcount

    async def forget(self, numbers: Iterable[int]) -> None:
        """Delete requests."""
        async with self._database.write() as connection:
            await connection.executemany("DELETE FROM requests WHERE id = ?", [(number,) for number in numbers])

    async def prune(self, before: datetime) -> None:
        """Delete answered requests that nothing has happened to since a time."""
        async with self._database.write() as connection:
            await connection.execute(
                "DELETE FROM requests WHERE state IN ('done', 'failed') AND changed < ?", (to_stored(before),)
            )

    async def uses(self, article: str) -> int:
        """How many requests rest on an article."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall("SELECT count(*) FROM requests WHERE article = ?", (article,))
        return int(next(iter(rows))[0])

    async def _change(self, number: int, **values: str | bytes | int | None) -> None:
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        row = {**values, "changed": to_stored(self._clock()), "id": number}
        async with self._database.write() as connection:
            await connection.execute(f"UPDATE requests SET {assignments}, changed = :changed WHERE id = :id", row)  # noqa: S608

    async def _first(self, where: str, *values: str | int) -> Request | None:
        return next(iter(await self._all(where, *values)), None)

    async def _all(self, where: str, *values: str | int) -> tuple[Request, ...]:
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(f"SELECT {_COLUMNS} FROM requests WHERE {where}", values)  # noqa: S608
        return tuple(_request(*row) for row in rows)


def _row(wish: Wish) -> dict[str, str | bytes | int | None]:
    return {
        "kind": wish.kind,
        "guild": wish.guild,
        "channel": wish.channel,
        "user": wish.user,
        "message": wish.message,
        "token": wish.token,
        "token_expires": to_stored(wish.token_expires) if wish.token_expires else None,
        "private": int(wish.private),
        "source_kind": wish.source_kind,
        "source": wish.source,
        "filename": storable(wish.filename) if wish.filename is not None else None,
        "length": wish.length,
        "locale": wish.locale,
    }


def _request(*row: object) -> Request:
    values = dict(zip((field.name for field in fields(Request)), row, strict=True))
    for name in ("accepted", "changed", "token_expires"):
        moment = values[name]
        values[name] = from_stored(moment) if isinstance(moment, int) else None
    values |= {
        "state": State(str(values["state"])),
        "kind": Kind(str(values["kind"])),
        "length": Length(str(values["length"])),
        "private": bool(values["private"]),
    }
    # The table's columns and STRICT hold the types.
    return Request(**values)  # type: ignore[arg-type]
