"""Feeds, what they held, and when they are read next: all SQL on feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.storage.clock import from_stored, to_stored
from bot.storage.database import storable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.storage.clock import Clock
    from bot.storage.database import Database

_INTERVAL = timedelta(minutes=30)
_LONGEST = timedelta(hours=24)
_STALE = timedelta(days=60)
"""How long an item is remembered after it was first seen: longer than feeds keep theirs."""
_BROKEN_AFTER = 5
"""Failures in a row from which a feed is reported."""


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A feed with what is known of its last reading."""

    id: int
    url: str
    title: str | None
    etag: str | None
    last_modified: str | None
    failures: int
    fault: str | None

    @property
    def is_broken(self) -> bool:
        """Tell whether it has failed so often that somebody should know."""
        return self.failures >= _BROKEN_AFTER


@dataclass(frozen=True, slots=True)
class KeptItem:
    """An item of a feed, and when it was first seen."""

    feed: int
    guid: str
    link: str
    title: str
    seen: datetime


_FEED = "SELECT id, url, title, etag, last_modified, failures, fault FROM feeds"
_ADD_ITEM = """
INSERT INTO feed_items (feed, guid, link, title, sameness, seen)
SELECT :feed, :guid, :link, :title, :sameness, :seen
WHERE NOT EXISTS (
    SELECT 1 FROM feed_items WHERE feed = :feed AND (guid = :guid OR link = :link OR sameness = :sameness)
)
"""
_ITEMS = """
SELECT feed, guid, link, title, seen FROM feed_items
WHERE feed IN (SELECT feed FROM digest_feeds WHERE digest = ?) AND seen > ? ORDER BY seen DESC LIMIT ?
"""


class Feeds:
    """The feeds kept in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def follow(self, digest: int, url: str, title: str | None) -> int:
        """Let a digest read a feed; the feed's id. A feed that several digests read is read once."""
        row = (storable(url), title and storable(title), to_stored(self._clock()))
        async with self._database.write() as connection:
            await connection.execute("INSERT OR IGNORE INTO feeds (url, title, due, failures) VALUES (?, ?, ?, 0)", row)
            found = await connection.execute_fetchall("SELECT id FROM feeds WHERE url = ?", (storable(url),))
            number = int(next(iter(found))[0])
            await connection.execute("INSERT OR IGNORE INTO digest_feeds VALUES (?, ?)", (digest, number))
        return number

    async def unfollow(self, digest: int, url: str) -> bool:
        """Let a digest read a feed no more; False where it did not. A feed that nobody reads is dropped."""
        async with self._database.write() as connection:
            cursor = await connection.execute(
                "DELETE FROM digest_feeds WHERE digest = ? AND feed = (SELECT id FROM feeds WHERE url = ?)",
                (digest, storable(url)),
            )
            await connection.execute("DELETE FROM feeds WHERE id NOT IN (SELECT feed FROM digest_feeds)")
            return cursor.rowcount > 0

    async def of_digest(self, digest: int) -> list[KeptFeed]:
        """The feeds that a digest reads."""
        return await self._feeds("WHERE id IN (SELECT feed FROM digest_feeds WHERE digest = ?) ORDER BY id", digest)

    async def due(self, most: int = 20) -> list[KeptFeed]:
        """The feeds that are to be read now, the longest waiting first."""
        return await self._feeds("WHERE due <= ? ORDER BY due LIMIT ?", to_stored(self._clock()), most)

    async def read(
        self,
        feed: KeptFeed,
        title: str,
        items: Iterable[tuple[str, str, str, str]],
        etag: str | None,
        last_modified: str | None,
    ) -> None:
        """Note a reading that went well; `items` are guid, link, title and sameness. What is known is not new."""
        now = self._clock()
        rows = [
            {
                "feed": feed.id,
                "guid": storable(guid),
                "link": storable(link),
                "title": storable(name),
                "sameness": same,
                "seen": to_stored(now),
            }
            for guid, link, name, same in items
        ]
        state = (title or feed.title, etag, last_modified, to_stored(now + _INTERVAL), feed.id)
        async with self._database.write() as connection:
            await connection.executemany(_ADD_ITEM, rows)
            await connection.execute(
                "UPDATE feeds SET title = ?, etag = ?, last_modified = ?, due = ?, failures = 0, fault = NULL "
                "WHERE id = ?",
                state,
            )
            await connection.execute("DELETE FROM feed_items WHERE seen < ?", (to_stored(now - _STALE),))

    async def unchanged(self, feed: KeptFeed) -> None:
        """Note that a feed is as it was."""
        await self._note(feed, 0, None, _INTERVAL)

    async def failed(self, feed: KeptFeed, fault: str) -> None:
        """Note why a feed could not be read; it is asked less often with each failure, at least once a day."""
        wait = min(_LONGEST, _INTERVAL * 2 ** min(feed.failures + 1, 10))
        await self._note(feed, feed.failures + 1, fault, wait)

    async def items(self, digest: int, since: datetime, most: int = 300) -> list[KeptItem]:
        """What the feeds of a digest brought since a time, the newest first."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_ITEMS, (digest, to_stored(since), most))
        return [KeptItem(feed, guid, link, title, from_stored(seen)) for feed, guid, link, title, seen in rows]

    async def _note(self, feed: KeptFeed, failures: int, fault: str | None, wait: timedelta) -> None:
        row = (failures, fault and storable(fault), to_stored(self._clock() + wait), feed.id)
        async with self._database.write() as connection:
            await connection.execute("UPDATE feeds SET failures = ?, fault = ?, due = ? WHERE id = ?", row)

    async def _feeds(self, where: str, *values: int) -> list[KeptFeed]:
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(f"{_FEED} {where}", values)
        return [KeptFeed(*row) for row in rows]
