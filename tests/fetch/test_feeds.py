"""Feeds of a server on this machine, from the connection to what is kept of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from fake_web import Site
from fakes import Clock

from bot.config import Storage
from bot.core.following import read_due_feeds
from bot.core.schedule import EVERY_DAY
from bot.fetch.client import WebClient
from bot.storage.digests import DigestPlan
from bot.storage.feeds import KeptFeed, KeptItem
from bot.storage.store import Store

XML = "application/rss+xml"
START = datetime.fromisoformat("2026-03-01T00:00:00+00:00")
ITEM = "<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><pubDate>{date}</pubDate></item>"
BRIDGE = ITEM.format(title="Bridge closes", link="https://p.example/a", guid="1", date="Mon, 02 Mar 2026 08:00:00 GMT")


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{"".join(items)}</channel></rss>'


class Follower:
    """A digest that follows one feed of the site."""

    def __init__(self, store: Store, clock: Clock, client: WebClient, digest: int, url: str) -> None:
        self.store, self.clock, self.client, self.digest, self.url = store, clock, client, digest, url

    async def read(self) -> KeptFeed:
        """Let a day pass, the longest wait there is, and read what is due."""
        self.clock.advance(days=1)
        assert await read_due_feeds(self.store, self.client) == 1
        (feed,) = await self.store.feeds.of_digest(self.digest)
        return feed

    async def items(self) -> list[KeptItem]:
        return await self.store.feeds.items(self.digest, START)


@pytest_asyncio.fixture
async def follower(tmp_path: Path, site: Site, client_for: Callable[..., WebClient]) -> AsyncIterator[Follower]:
    clock = Clock()
    async with await Store.open(Storage(path=tmp_path / "feeds.sqlite"), clock) as store:
        digest = await store.digests.create(DigestPlan(1, 2, 3, "News", time(8), "UTC", EVERY_DAY))
        url = site.url("/feed")
        await store.feeds.follow(digest.id, url, None)
        yield Follower(store, clock, client_for(site.port, timeout_seconds=0.5), digest.id, url)


async def test_a_feed_is_read_and_its_items_kept(site: Site, follower: Follower) -> None:
    site.gives("/feed", text=rss(BRIDGE), content_type=XML)
    feed = await follower.read()
    assert (feed.title, feed.fault, feed.failures) == ("The Post", None, 0)
    assert [(item.title, item.link) for item in await follower.items()] == [("Bridge closes", "https://p.example/a")]


async def test_what_has_not_changed_is_not_sent_again(site: Site, follower: Follower) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"one"':
            return web.Response(status=304)
        return web.Response(text=rss(BRIDGE), content_type=XML, headers={"ETag": '"one"'})

    site.handlers["/feed"] = answer
    await follower.read()
    feed = await follower.read()
    assert (feed.etag, feed.fault) == ('"one"', None)
    assert [request.headers.get("If-None-Match") for request in site.requests] == [None, '"one"']
    assert len(await follower.items()) == 1


@pytest.mark.parametrize(
    ("title", "link", "guid"),
    [
        ("Bridge closes", "https://p.example/a?utm_source=rss", "1"),
        ("Bridge closes", "https://p.example/moved", "2"),
        ("Bridge closes at last", "https://p.example/a", "2"),
        ("Bridge closes at last", "https://p.example/moved", "1"),
    ],
)
async def test_a_changed_date_link_or_title_makes_no_new_item(
    title: str, link: str, guid: str, site: Site, follower: Follower
) -> None:
    site.gives("/feed", text=rss(BRIDGE), content_type=XML)
    await follower.read()
    again = ITEM.format(title=title, link=link, guid=guid, date="Thu, 05 Mar 2026 10:00:00 GMT")
    site.gives("/feed", text=rss(again), content_type=XML)
    await follower.read()
    assert [item.title for item in await follower.items()] == ["Bridge closes"]


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": XML})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": XML})
    await response.prepare(request)
    while True:
        await response.write(b"<item>" * 10_000)


async def _inwards(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"http://inside.example:{request.url.port}/"})


def _answer(**response: object) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(**response)  # type: ignore[arg-type]

    return answer


@pytest.mark.parametrize(
    ("handler", "told"),
    [
        (_drip, "did not give the page within"),
        (_endless, "larger than 100,000 bytes"),
        (_answer(body=b" " * 100_001, content_type=XML), "larger than 100,000 bytes"),
        (_answer(status=302, headers={"Location": "/feed"}), "redirects in a circle"),
        (_inwards, "private or reserved network"),
        (_answer(status=410), "410"),
        (_answer(text="<rss><channel><ti", content_type="application/pdf"), ""),
        (_answer(text="<html><body>Moved</body></html>", content_type="text/html"), "gives no feed"),
        (_answer(body=b"\x00\xff\xfe<<<", content_type=XML), "gives no feed"),
        (_answer(text="", content_type=XML), "gives no feed"),
    ],
)
async def test_a_feed_that_cannot_be_read_is_noted_with_a_plain_sentence(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]], told: str, site: Site, follower: Follower
) -> None:
    site.handlers["/feed"] = handler
    feed = await follower.read()
    assert feed.failures == 1
    assert told in (feed.fault or "")
    assert (feed.fault or "").endswith(".")
    assert await follower.items() == []


async def test_of_a_broken_feed_what_can_be_read_is_kept(site: Site, follower: Follower) -> None:
    site.gives("/feed", text=rss(BRIDGE, "<item><title>&bogus; <b>Half").removesuffix("</rss>"), content_type=XML)
    assert (await follower.read()).fault is None
    assert [item.title for item in await follower.items()] == ["Bridge closes"]


@pytest.mark.parametrize(
    "title",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt; @everyone [x](https://evil.example)",
        "\u202edesrever\u0007",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "x" * 20_000,
        "&#0;&#xd800;",
    ],
)
async def test_a_hostile_title_is_one_short_line_without_tags(title: str, site: Site, follower: Follower) -> None:
    item = ITEM.format(title=title, link="https://p.example/h", guid="h", date="yesterday")
    site.gives("/feed", text=rss(item), content_type=XML)
    await follower.read()
    (kept,) = await follower.items()
    assert len(kept.title) <= 300
    assert "<" not in kept.title
    assert "\n" not in kept.title


async def test_a_failing_feed_is_asked_ever_less_often_and_recovers(site: Site, follower: Follower) -> None:
    site.gives("/feed", status=500)
    asked = []
    for quarter in range(4 * 24 * 4):
        if await read_due_feeds(follower.store, follower.client):
            asked.append(quarter * timedelta(minutes=15))
        follower.clock.advance(minutes=15)
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert waits == [timedelta(hours=hours) for hours in (1, 2, 4, 8, 16, 24, 24)][: len(waits)]
    assert len(waits) >= 6
    site.gives("/feed", text=rss(BRIDGE), content_type=XML)
    feed = await follower.read()
    assert (feed.failures, feed.fault) == (0, None)


async def test_one_feeds_fault_does_not_keep_the_next_from_being_read(site: Site, follower: Follower) -> None:
    site.gives("/feed", status=500)
    await follower.store.feeds.follow(follower.digest, site.gives("/good", text=rss(BRIDGE), content_type=XML), None)
    assert await read_due_feeds(follower.store, follower.client) == 2
    assert len(await follower.items()) == 1
