"""Articles and the links that lead to them: all SQL on both."""

from __future__ import annotations

import hashlib
import logging
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Article
from bot.errors import StorageError
from bot.storage.clock import from_stored, to_stored
from bot.storage.codec import FORMAT, decode, encode
from bot.storage.database import storable

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.clock import Clock
    from bot.storage.database import Database

_log = logging.getLogger(__name__)
_FRESH_MS = 60_000
"""A use is recorded once a minute at most: reading should seldom mean writing."""

_SAVE = """
INSERT INTO articles (hash, format, document, title, url, created, used)
VALUES (:hash, :format, :document, :title, :url, :now, :now)
ON CONFLICT (hash) DO UPDATE SET
    used = excluded.used,
    (format, document, title, url) = (
        SELECT excluded.format, excluded.document, excluded.title, excluded.url
        -- The same text pasted tells less of its source than its page did.
        WHERE excluded.url IS NOT NULL OR articles.url IS NULL OR articles.format <> excluded.format
        UNION ALL
        SELECT articles.format, articles.document, articles.title, articles.url
        LIMIT 1
    )
"""
_LINK = """
INSERT INTO links (url, article, fetched) VALUES (?, ?, ?)
ON CONFLICT (url) DO UPDATE SET article = excluded.article, fetched = excluded.fetched
"""


@dataclass(frozen=True, slots=True)
class KeptLink:
    """Which article a link led to, and when it was followed."""

    article: str
    fetched: datetime


def article_hash(text: str) -> str:
    """The name of an article: the sha256 of its text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Articles:
    """The articles kept in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def save(self, article: Article, link: str | None = None) -> str:
        """Keep an article, and that `link` (in canonical form) leads to it; its hash."""
        name, now = article_hash(article.text), to_stored(self._clock())
        row = {
            "hash": name,
            "format": FORMAT,
            "document": zlib.compress(encode(article)),
            "title": storable(article.title) if article.title is not None else None,
            "url": storable(article.url) if article.url is not None else None,
            "now": now,
        }
        async with self._database.write() as connection:
            await connection.execute(_SAVE, row)
            if link is not None:
                await connection.execute(_LINK, (storable(link), name, now))
        return name

    async def find(self, name: str) -> Article | None:
        """The article of this hash; None where it is not kept or the row is damaged or of another format."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT format, document, used FROM articles WHERE hash = ?", (name,)
            )
        for form, document, used in rows:
            article = read_document(name, document) if form == FORMAT else None
            await self._note(name, used, damaged=article is None)
            return article
        return None

    async def find_link(self, link: str) -> KeptLink | None:
        """Where `link` (in canonical form) led when it was last followed."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT article, fetched FROM links WHERE url = ?", (storable(link),)
            )
        return next((KeptLink(article, from_stored(fetched)) for article, fetched in rows), None)

    async def forget(self, name: str) -> None:
        """Delete an article, its links and everything that was made of it."""
        async with self._database.write() as connection:
            await connection.execute("DELETE FROM articles WHERE hash = ?", (name,))

    async def _note(self, name: str, used: int, *, damaged: bool) -> None:
        """Record the use of a row, or that it must be replaced. Not worth failing a reader for."""
        now = to_stored(self._clock())
        if not damaged and now - used < _FRESH_MS:
            return
        change = "format = 0" if damaged else "used = max(used, :now)"
        try:
            async with self._database.write() as connection:
                await connection.execute(f"UPDATE articles SET {change} WHERE hash = :name", {"now": now, "name": name})  # noqa: S608
        except StorageError as error:
            _log.warning("The use of an article was not recorded: %s", error.message)


def read_document(name: str, document: bytes) -> Article | None:
    """Read a kept article; None where it is damaged, which the text's hash tells."""
    try:
        article = decode(zlib.decompress(document), Article)
    except zlib.error:
        return None
    return article if article is not None and article_hash(article.text) == name else None
