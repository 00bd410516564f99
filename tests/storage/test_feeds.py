from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from fakes import Clock

from bot.storage.database import Database
from bot.storage.digests import DigestPlan, Digests
from bot.storage.feeds import Feeds

PLAN = DigestPlan(1, 2, 3, "Morning", time(8), "UTC", frozenset(range(7)))
URL = "https://p.example/rss"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "test.sqlite")
    yield opened
    await opened.close()


@pytest.fixture
async def digest(database: Database, clock: Clock) -> int:
    return (await Digests(database, clock).create(PLAN)).id


async def test_the_same_news_comes_once_whatever_the_publisher_changes(
    database: Database, clock: Clock, digest: int
) -> None:
    feeds = Feeds(database, clock)
    await feeds.follow(digest, URL, None)
    (feed,) = await feeds.due()
    await feeds.read(feed, "P", [("1", "https://p.example/1", "A", "same")], "etag", None)
    clock.advance(hours=1)
    changed = [("1", "https://p.example/1b", "A2", "x"), ("2", "https://p.example/1", "A3", "y")]
    await feeds.read(feed, "P", [*changed, ("3", "https://p.example/3", "A", "same")], "etag", None)
    assert [item.guid for item in await feeds.items(digest, clock.now - timedelta(days=1))] == ["1"]


async def test_a_failing_feed_is_asked_less_often_and_reported(database: Database, clock: Clock, digest: int) -> None:
    feeds = Feeds(database, clock)
    await feeds.follow(digest, URL, None)
    waits = []
    for _ in range(8):
        (feed,) = await feeds.due()
        await feeds.failed(feed, "The site did not answer.")
        start = clock.now
        while not await feeds.due():
            clock.advance(minutes=30)
        waits.append(clock.now - start)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=24)
    (feed,) = await feeds.of_digest(digest)
    assert feed.is_broken
    assert feed.fault == "The site did not answer."
    await feeds.unchanged(feed)
    assert not (await feeds.of_digest(digest))[0].is_broken


async def test_a_feed_that_nobody_reads_is_dropped(database: Database, clock: Clock, digest: int) -> None:
    feeds = Feeds(database, clock)
    await feeds.follow(digest, URL, "P")
    assert await feeds.unfollow(digest, URL)
    assert not await feeds.unfollow(digest, URL)
    assert await feeds.due() == []
