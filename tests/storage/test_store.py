from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.article import Answer, Article, Length, Mode, Quote, QuoteKind, Span, Summary, SummarySentence
from bot.config import Storage
from bot.storage.articles import KeptLink, article_hash
from bot.storage.database import Database
from bot.storage.migrate import read_migrations
from bot.storage.results import ResultKey
from bot.storage.store import Store
from bot.storage.upkeep import Pruned
from bot.text.segment import segment

if TYPE_CHECKING:
    from fakes import Clock

TEXT = "The bridge opened on Monday.\n“It is a good day,” said the mayor."
LINK = "https://a.example/bridge"
QUOTES = tuple[Quote, ...]


def article(text: str = TEXT, **metadata: object) -> Article:
    return segment(text, **metadata)  # type: ignore[arg-type]


def summary(length: Length = Length.SHORT) -> Summary:
    return Summary((SummarySentence("The bridge opened on Monday.", Mode.EXTRACTED, (Span(0, 28),)),), length)


def quote() -> Quote:
    return Quote.cut(TEXT, Span(30, 47), QuoteKind.DIRECT)


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql, values)
        connection.commit()


async def test_an_article_is_found_by_hash_and_by_link(store: Store, clock: Clock) -> None:
    kept = article(title="Bridge opens", url=LINK, published=datetime(2026, 1, 2, tzinfo=UTC))
    name = await store.articles.save(kept, LINK)
    assert name == article_hash(TEXT)
    assert await store.articles.find(name) == kept
    assert await store.articles.find_link(LINK) == KeptLink(name, clock.now)
    assert await store.articles.find("0" * 64) is None
    assert await store.articles.find_link(LINK + "/2") is None


async def test_a_link_may_come_to_lead_to_another_article(store: Store, clock: Clock) -> None:
    await store.articles.save(article("One story."), LINK)
    clock.advance(hours=1)
    name = await store.articles.save(article("Another story."), LINK)
    assert await store.articles.find_link(LINK) == KeptLink(name, clock.now)


async def test_a_paste_does_not_lose_what_the_page_told(store: Store) -> None:
    page, paste = article(title="Bridge opens", url=LINK), article()
    name = await store.articles.save(paste)
    await store.articles.save(page)
    assert await store.articles.find(name) == page
    await store.articles.save(paste)
    assert await store.articles.find(name) == page
    newer = replace(page, byline="A. Writer")
    await store.articles.save(newer)
    assert await store.articles.find(name) == newer


@pytest.mark.parametrize("text", ["", "\x00", "\ud800\udc00 \udfff", "ü" * 200_000, "\u202e rtl"])
async def test_any_text_is_kept_as_it_is(store: Store, text: str) -> None:
    kept = article(text, title=text[:9], url=text[:9])
    assert await store.articles.find(await store.articles.save(kept, text[:9])) == kept
    assert await store.check() == ()


async def test_results_are_kept_apart_by_all_that_they_depend_on(store: Store) -> None:
    name = await store.articles.save(article())
    key = ResultKey(name, "summarize", "length=short", "encoder+writer", "cafe")
    await store.results.save(key, summary())
    assert await store.results.find(key, Summary) == summary()
    for other in (
        replace(key, article="0" * 64),
        replace(key, task="extract"),
        replace(key, parameters="length=long"),
        replace(key, model="encoder"),
        replace(key, prompt="beef"),
    ):
        assert await store.results.find(other, Summary) is None


async def test_the_latest_result_of_a_key_counts(store: Store) -> None:
    key = ResultKey(await store.articles.save(article()), "summarize")
    await store.results.save(key, summary(Length.SHORT))
    await store.results.save(key, summary(Length.LONG))
    assert await store.results.find(key, Summary) == summary(Length.LONG)


async def test_every_kind_of_result_is_kept(store: Store) -> None:
    name = await store.articles.save(article())
    answer = Answer("Monday", 0.9, (Span(0, 28),), Span(21, 27))
    await store.results.save(ResultKey(name, "quotes"), (quote(),))
    await store.results.save(ResultKey(name, "ask", "when did it open? \ud800"), answer)
    assert await store.results.find(ResultKey(name, "quotes"), QUOTES) == (quote(),)
    assert await store.results.find(ResultKey(name, "ask", "when did it open? \ud800"), Answer) == answer
    assert await store.results.find(ResultKey(name, "quotes"), Summary) is None


async def test_what_is_made_of_a_dropped_article_is_not_kept(store: Store) -> None:
    await store.results.save(ResultKey("0" * 64, "summarize"), summary())
    await store.results.save_embedding("0" * 64, "encoder", [1.0])
    assert (await store.stats()).results == ()


async def test_embeddings_are_kept_as_32_bit_floats(store: Store, clock: Clock) -> None:
    one, two = [await store.articles.save(article(text)) for text in ("One.", "Two.")]
    await store.results.save_embedding(one, "encoder", (0.5, -0.25))
    clock.advance(seconds=1)
    await store.results.save_embedding(two, "encoder", [1.0, 0.0])
    assert await store.results.find_embedding(one, "encoder") == (0.5, -0.25)
    assert await store.results.find_embedding(one, "other") is None
    assert await store.results.embeddings("encoder") == ((two, (1.0, 0.0)), (one, (0.5, -0.25)))


async def test_a_damaged_row_is_a_miss_and_is_replaced(store: Store, path: Path) -> None:
    name = await store.articles.save(article(url=LINK))
    key = ResultKey(name, "summarize")
    await store.results.save(key, summary())
    await store.results.save_embedding(name, "encoder", [1.0])
    change(path, "UPDATE articles SET document = x'00'")
    change(path, "UPDATE results SET value = x'ff'")
    change(path, "UPDATE embeddings SET vector = x'00'")
    assert await store.check() == (f"Article {name} is damaged.",)
    assert await store.articles.find(name) is None
    assert await store.results.find(key, Summary) is None
    assert await store.results.find_embedding(name, "encoder") is None
    assert await store.results.embeddings("encoder") == ()
    await store.articles.save(article())
    await store.results.save(key, summary())
    assert await store.articles.find(name) == article()
    assert await store.results.find(key, Summary) == summary()
    assert await store.check() == ()


async def test_another_articles_text_under_a_hash_is_a_miss(store: Store, path: Path) -> None:
    name = await store.articles.save(article())
    other = await store.articles.save(article("Another story."))
    change(path, "UPDATE articles SET document = (SELECT document FROM articles WHERE hash = ?)", other)
    assert await store.articles.find(name) is None


async def test_a_value_of_another_format_is_a_miss(store: Store, path: Path) -> None:
    name = await store.articles.save(article())
    await store.results.save(ResultKey(name, "summarize"), summary())
    change(path, "UPDATE articles SET format = 99")
    change(path, "UPDATE results SET format = 99")
    assert await store.articles.find(name) is None
    assert await store.results.find(ResultKey(name, "summarize"), Summary) is None


async def test_forgetting_an_article_takes_all_of_it(store: Store) -> None:
    name = await store.articles.save(article(), LINK)
    await store.results.save(ResultKey(name, "summarize"), summary())
    await store.results.save_embedding(name, "encoder", [1.0])
    await store.articles.forget(name)
    stats = await store.stats()
    assert (stats.articles, stats.links, stats.embeddings, stats.results) == (0, 0, 0, ())


async def test_stats_count_what_is_kept(store: Store, clock: Clock) -> None:
    begun = clock.now
    assert (await store.stats()).oldest is None
    name = await store.articles.save(article(), LINK)
    clock.advance(days=1)
    await store.articles.save(article("Another story."))
    await store.results.save(ResultKey(name, "summarize", "length=short"), summary())
    await store.results.save(ResultKey(name, "summarize", "length=long"), summary(Length.LONG))
    await store.results.save(ResultKey(name, "quotes"), (quote(),))
    stats = await store.stats()
    assert (stats.articles, stats.links, stats.embeddings) == (2, 1, 0)
    assert stats.results == (("quotes", 1), ("summarize", 2))
    assert stats.oldest == begun
    assert 0 < stats.used_bytes <= stats.file_bytes


async def test_what_is_unused_for_long_is_dropped(store: Store, clock: Clock) -> None:
    old, used = [await store.articles.save(article(text), f"{LINK}/{text}") for text in ("Old.", "Used.")]
    key = ResultKey(used, "summarize")
    await store.results.save(key, summary())
    await store.results.save(replace(key, task="extract"), summary())
    clock.advance(days=29)
    assert await store.results.find(key, Summary) == summary()
    clock.advance(days=2)
    assert await store.prune() == Pruned(articles=1, results=1)
    assert await store.articles.find(old) is None
    assert await store.articles.find_link(f"{LINK}/Old.") is None
    assert await store.articles.find(used) is not None
    assert await store.results.find(key, Summary) == summary()
    assert await store.results.find(replace(key, task="extract"), Summary) is None


async def test_the_least_used_goes_first_when_the_room_is_full(path: Path, clock: Clock) -> None:
    settings = Storage(path=path, max_bytes=400_000)
    async with await Store.open(settings, clock) as store:
        names = []
        for _ in range(12):
            clock.advance(minutes=2)
            # Random text cannot be deflated much.
            names.append(await store.articles.save(article(os.urandom(40_000).hex())))
        clock.advance(minutes=2)
        assert await store.articles.find(names[0]) is not None
        pruned = await store.prune()
        stats = await store.stats()
        assert stats.file_bytes <= 400_000
        assert pruned.articles == 12 - stats.articles
        kept = [name for name in names if await store.articles.find(name) is not None]
        assert kept == [names[0], *names[pruned.articles + 1 :]]
        assert await store.check() == ()
        assert await store.prune() == Pruned(0, 0)


async def test_a_cap_below_the_empty_database_ends(path: Path, clock: Clock) -> None:
    async with await Store.open(Storage(path=path, max_bytes=1), clock) as store:
        await store.articles.save(article())
        assert await store.prune() == Pruned(1, 0)


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE results SET value = replace(CAST(value AS TEXT), 'good', 'bad!')", "does not agree with its text"),
        ("UPDATE results SET value = replace(CAST(value AS TEXT), '[30,47]', '[30,9947]')", "does not agree"),
        ("UPDATE results SET kind = 'unknown'", "is damaged"),
        ("UPDATE results SET kind = 'summary'", "is damaged"),
        ("DELETE FROM articles", "refers to something that is not kept"),
    ],
)
async def test_the_check_finds_what_is_wrong(store: Store, path: Path, sql: str, problem: str) -> None:
    name = await store.articles.save(article())
    await store.results.save(ResultKey(name, "quotes"), (quote(),))
    assert await store.check() == ()
    change(
        path,
        sql.replace("replace(", "CAST(replace(").replace("!')", "!') AS BLOB)").replace("9947]')", "9947]') AS BLOB)"),
    )
    (found,) = await store.check()
    assert problem in found


async def test_a_backup_can_be_opened(store: Store, tmp_path: Path, clock: Clock) -> None:
    name = await store.articles.save(article())
    await store.backup(tmp_path / "copy.sqlite")
    async with await Store.open(Storage(path=tmp_path / "copy.sqlite"), clock) as copy:
        assert await copy.articles.find(name) == article()
        assert await copy.check() == ()


@pytest.mark.parametrize("version", range(1, len(read_migrations())))
async def test_rows_of_every_older_schema_are_kept(path: Path, tmp_path: Path, clock: Clock, version: int) -> None:
    older = tmp_path / "older"
    older.mkdir()
    for step in read_migrations()[:version]:
        shutil.copy(step.path, older)
    store = Store(await Database.open(path, migrations=older), Storage(path=path), clock)
    async with store:
        name = await store.articles.save(article(), LINK)
        await store.results.save(ResultKey(name, "quotes"), (quote(),))
    async with await Store.open(Storage(path=path), clock) as store:
        assert (await store.stats()).schema == len(read_migrations())
        assert await store.articles.find(name) == article()
        assert await store.results.find(ResultKey(name, "quotes"), QUOTES) == (quote(),)
        assert await store.check() == ()


async def test_fifty_tasks_share_the_store(store: Store) -> None:
    async def work(number: int) -> None:
        name = await store.articles.save(
            article(f"The bridge opened on Monday, for day {number % 7}."), f"{LINK}/{number}"
        )
        key = ResultKey(name, "summarize", str(number))
        await store.results.save(key, summary())
        assert await store.results.find(key, Summary) == summary()
        assert await store.articles.find(name) == article(f"The bridge opened on Monday, for day {number % 7}.")

    await asyncio.gather(*(work(number) for number in range(50)), store.prune(), store.stats(), store.check())
    stats = await store.stats()
    assert (stats.articles, stats.links, stats.results) == (7, 50, (("summarize", 50),))
    assert await store.check() == ()


WRITER = """
    import asyncio, sys
    from pathlib import Path
    from bot.article import Length, Mode, Span, Summary, SummarySentence
    from bot.config import Storage
    from bot.storage.results import ResultKey
    from bot.storage.store import Store
    from bot.text.segment import segment

    async def main() -> None:
        summary = Summary((SummarySentence("Story", Mode.EXTRACTED, (Span(0, 5),)),), Length.SHORT)
        async with await Store.open(Storage(path=Path(sys.argv[1]))) as store:
            for number in range(100_000):
                name = await store.articles.save(segment(f"Story {number}. " * 99))
                await store.results.save(ResultKey(name, "summarize"), summary)
                print(name, flush=True)

    asyncio.run(main())
"""


async def test_a_killed_writer_leaves_a_sound_database(path: Path) -> None:
    writer = subprocess.Popen(  # noqa: ASYNC220, S603
        [sys.executable, "-c", textwrap.dedent(WRITER), path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    async with await Store.open(Storage(path=path)) as store:
        assert await store.check() == ()
        for name in acknowledged:
            # The last line may be cut off by the kill; what is whole was committed.
            if len(name) == 64:
                assert await store.results.find(ResultKey(name, "summarize"), Summary) is not None
