"""The stories that each digest told, so that a story told before shows only what is new: all SQL on them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.storage.articles import article_hash
from bot.storage.database import storable

if TYPE_CHECKING:
    from datetime import date

    from bot.storage.database import Database
    from bot.story import Edition

_REMEMBERED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """A story that was told: the hash of the article that led it, and its meaning as a unit vector."""

    article: str
    vector: tuple[float, ...]


class ToldStories:
    """What was told, in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_digest(self, digest: int, before: date) -> list[Told]:
        """What a digest told on the days of the last two weeks before a date."""
        since = (before - _REMEMBERED).isoformat()
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT article, vector FROM told_stories WHERE digest = ? AND day < ? AND day >= ?",
                (digest, before.isoformat(), since),
            )
        return [Told(str(name), struct.unpack(f"<{len(packed) // 4}f", packed)) for name, packed in rows]

    async def remember(self, digest: int, edition: Edition) -> None:
        """Keep what an edition told, and drop what is older than is ever looked at."""
        rows = [
            (
                digest,
                article_hash(story.lead.text),
                storable(story.headline),
                struct.pack(f"<{len(story.reports[0].vector)}f", *story.reports[0].vector),
                edition.day.isoformat(),
            )
            for story in edition.stories
        ]
        oldest = (edition.day - _REMEMBERED).isoformat()
        async with self._database.write() as connection:
            await connection.executemany("INSERT OR REPLACE INTO told_stories VALUES (?, ?, ?, ?, ?)", rows)
            await connection.execute("DELETE FROM told_stories WHERE digest = ? AND day < ?", (digest, oldest))
