"""The quotes seen in each server, and which articles: all SQL of search.

Words are searched by SQLite's FTS5; what a user types is taken as words, never as its query language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.storage.clock import from_stored, to_stored
from bot.storage.database import storable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.article import Article, Quote
    from bot.storage.clock import Clock
    from bot.storage.database import Database
    from bot.storage.requests import Request

_SEARCH = """
SELECT text, speaker, inferred, title, url, channel, message, seen FROM quotes
WHERE guild = :guild AND seen >= :since AND (:who IS NULL OR id IN (
    SELECT rowid FROM quotes_search WHERE quotes_search MATCH :who
)) AND (:topic IS NULL OR id IN (SELECT rowid FROM quotes_search WHERE quotes_search MATCH :topic))
ORDER BY seen DESC, id LIMIT :most
"""
_SPEAKERS = """
SELECT speaker FROM quotes WHERE guild = ? AND speaker IS NOT NULL AND instr(lower(speaker), ?) > 0
GROUP BY speaker ORDER BY count(*) DESC, speaker LIMIT ?
"""
_VECTORS = """
SELECT embeddings.article, embeddings.vector FROM embeddings
WHERE embeddings.model = ? AND embeddings.article IN (
    SELECT article FROM requests WHERE guild = ? AND private = 0 AND answer IS NOT NULL
)
"""
_SEEN = """
SELECT title, url, requests.answer_channel, requests.answer, requests.accepted FROM articles
JOIN requests ON requests.article = articles.hash
WHERE articles.hash = ? AND requests.guild = ? AND private = 0 AND answer IS NOT NULL ORDER BY requests.id LIMIT 1
"""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SeenQuote:
    """A quote with where it was seen: the article, and the message that answered about it."""

    text: str
    speaker: str | None
    inferred: bool
    title: str | None
    url: str | None
    channel: int
    message: int
    seen: datetime


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article with the first message that answered about it in a server."""

    title: str | None
    url: str | None
    channel: int
    message: int
    seen: datetime


class Archive:
    """What was seen in each server, in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(
        self, request: Request, article: Article, quotes: Iterable[Quote], channel: int, message: int
    ) -> None:
        """Keep the quotes of an article that a request was publicly answered about; each once in a server."""
        now = to_stored(self._clock())
        rows = [
            {
                "guild": request.guild,
                "request": request.id,
                "article": request.article,
                "start": quote.span.start,
                "end": quote.span.end,
                "text": storable(quote.text),
                "speaker": storable(quote.speaker.name) if quote.speaker else None,
                "inferred": int(quote.speaker.inferred) if quote.speaker else 0,
                "title": storable(article.title) if article.title else None,
                "url": article.url,
                "channel": channel,
                "message": message,
                "seen": now,
            }
            for quote in quotes
        ]
        if not rows:
            return
        columns = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        async with self._database.write() as connection:
            await connection.executemany(f"INSERT OR IGNORE INTO quotes ({columns}) VALUES ({values})", rows)  # noqa: S608

    async def search(
        self, guild: int, *, who: str = "", topic: str = "", since: datetime | None = None, most: int = 50
    ) -> list[SeenQuote]:
        """The newest quotes by a speaker, about a topic, since a time; each left out means any."""
        row = {
            "guild": guild,
            "since": to_stored(since) if since else 0,
            "who": _match(who, "speaker"),
            "topic": _match(topic, "text", "title"),
            "most": most,
        }
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_SEARCH, row)
        return [
            SeenQuote(text, speaker, bool(inferred), title, url, channel, message, from_stored(seen))
            for text, speaker, inferred, title, url, channel, message, seen in rows
        ]

    async def speakers(self, guild: int, part: str, most: int = 25) -> list[str]:
        """The speakers seen in a server whose name has `part` in it, the most quoted first."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_SPEAKERS, (guild, part.lower(), most))
        return [str(name) for (name,) in rows]

    async def vectors(self, guild: int, model: str) -> list[tuple[str, bytes]]:
        """The hash and the packed vector (32-bit floats, little-endian) of every article answered about in a server."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_VECTORS, (model, guild))
        return [(str(name), bytes(vector)) for name, vector in rows]

    async def seen_article(self, guild: int, name: str) -> SeenArticle | None:
        """Where an article was first answered about in a server."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_SEEN, (name, guild))
        for title, url, channel, message, accepted in rows:
            return SeenArticle(title, url, channel, message, from_stored(accepted))
        return None


def _match(words: str, *columns: str) -> str | None:
    """An FTS5 query for texts that have all the words, the last of them perhaps unfinished."""
    found = _WORD.findall(words)
    if not found:
        return None
    quoted = " AND ".join(f'"{word}"' for word in found)
    return f"{{{' '.join(columns)}}} : ({quoted}*)"
