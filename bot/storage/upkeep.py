"""Keeping the database small and sound: what is in it, what is dropped, what is wrong with it. All SQL on that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Quote, Span
from bot.storage.articles import read_document
from bot.storage.clock import from_stored, to_stored
from bot.storage.codec import FORMAT, KINDS, decode, parts
from bot.storage.migrate import schema_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from sqlite3 import Row

    from aiosqlite import Connection

    from bot.article import Article
    from bot.storage.database import Database

_USED_BYTES = """
SELECT (page_count - freelist_count) * page_size
FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()
"""
_FILE_BYTES = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
# Each article with what hangs on it, the least recently used first, until the excess is covered.
_DROP_LEAST_USED = """
DELETE FROM articles WHERE hash IN (
    WITH sized AS (
        SELECT hash, used, length(document)
            + coalesce((SELECT sum(length(value)) FROM results WHERE article = hash), 0)
            + coalesce((SELECT sum(length(vector)) FROM embeddings WHERE article = hash), 0) AS bytes
        FROM articles
    ), queued AS (
        SELECT hash, sum(bytes) OVER (ORDER BY used, hash) - bytes AS before FROM sized
    )
    SELECT hash FROM queued WHERE before < ?
)
"""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a database holds. `results` counts by task; `file_bytes` includes room that is free for use again."""

    schema: int
    articles: int
    links: int
    embeddings: int
    results: tuple[tuple[str, int], ...]
    used_bytes: int
    file_bytes: int
    oldest: datetime | None
    """When the longest kept article was first kept."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was dropped: articles with all that was made of them, and results whose article stayed."""

    articles: int
    results: int


async def stats(database: Database) -> Stats:
    """Count what is kept."""
    async with database.read() as connection:
        tasks = await connection.execute_fetchall("SELECT task, count(*) FROM results GROUP BY task ORDER BY task")
        oldest = await _number(connection, "SELECT min(created) FROM articles")
        return Stats(
            schema=await schema_version(connection),
            articles=await _number(connection, "SELECT count(*) FROM articles") or 0,
            links=await _number(connection, "SELECT count(*) FROM links") or 0,
            embeddings=await _number(connection, "SELECT count(*) FROM embeddings") or 0,
            results=tuple((str(task), int(count)) for task, count in tasks),
            used_bytes=await _number(connection, _USED_BYTES) or 0,
            file_bytes=await _number(connection, _FILE_BYTES) or 0,
            oldest=None if oldest is None else from_stored(oldest),
        )


async def prune(database: Database, unused_since: datetime, max_bytes: int) -> Pruned:
    """Drop what was last used before `unused_since`, then the least recently used until `max_bytes` are kept.

    One transaction: an article goes with its links, results and embeddings or not at all.
    """
    cutoff = (to_stored(unused_since),)
    async with database.write() as connection:
        articles = (await connection.execute("DELETE FROM articles WHERE used < ?", cutoff)).rowcount
        results = (await connection.execute("DELETE FROM results WHERE used < ?", cutoff)).rowcount
        articles += await _drop_excess(connection, max_bytes)
    await database.shrink()
    return Pruned(articles, results)


async def _drop_excess(connection: Connection, max_bytes: int) -> int:
    total = 0
    while (excess := (await _number(connection, _USED_BYTES) or 0) - max_bytes) > 0:
        # Pages are not filled to the brim, so one round may free less than it counted.
        dropped = (await connection.execute(_DROP_LEAST_USED, (excess,))).rowcount
        if dropped <= 0:
            break
        total += dropped
    return total


async def problems(database: Database) -> tuple[str, ...]:
    """Check the file, the references, and that every kept quote is exactly the words of its article."""
    found: list[str] = []
    async with database.read() as connection:
        for (message,) in await connection.execute_fetchall("PRAGMA integrity_check"):
            found += [] if message == "ok" else [f"The file is damaged: {message}"]
        for table, row, *_ in await connection.execute_fetchall("PRAGMA foreign_key_check"):
            found.append(f"Row {row} of {table} refers to something that is not kept.")
        for (name,) in await connection.execute_fetchall("SELECT hash FROM articles ORDER BY hash"):
            found += await _article_problems(connection, str(name))
    return tuple(found)


async def _article_problems(connection: Connection, name: str) -> list[str]:
    documents = await connection.execute_fetchall(
        "SELECT document FROM articles WHERE hash = ? AND format = ?", (name, FORMAT)
    )
    results = await connection.execute_fetchall(
        "SELECT task, kind, value FROM results WHERE article = ? AND format = ?", (name, FORMAT)
    )
    for (document,) in documents:
        article = read_document(name, document)
        if article is None:
            return [f"Article {name} is damaged."]
        return list(_result_problems(name, article, results))
    return []


def _result_problems(name: str, article: Article, rows: Iterable[Row]) -> Iterator[str]:
    for task, kind, data in rows:
        value = decode(data, KINDS[kind]) if kind in KINDS else None
        if value is None:
            yield f"The {task} of article {name} is damaged."
        elif not all(_holds(part, article.text) for part in parts(value)):
            yield f"The {task} of article {name} does not agree with its text."


def _holds(part: object, text: str) -> bool:
    match part:
        case Quote():
            return part.text == part.span.of(text)
        case Span():
            return part.end <= len(text)
        case _:
            return True


async def _number(connection: Connection, sql: str) -> int | None:
    rows = await connection.execute_fetchall(sql)
    return next((None if number is None else int(number) for (number,) in rows), None)
