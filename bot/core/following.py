"""Read the feeds that are due: politely (only what changed, less often what fails), and note what is new."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.errors import VerbatimError
from bot.fetch.page import FEED_TYPES, NotModified, Validators
from bot.intake.feed import read_feed

if TYPE_CHECKING:
    from bot.fetch.page import Fetcher
    from bot.intake.feed import Feed
    from bot.storage.feeds import KeptFeed
    from bot.storage.store import Store

_log = logging.getLogger(__name__)
_AT_ONCE = 4
"""Slow feeds must not keep the others waiting, and no site is asked by more than so many connections."""


async def read_due_feeds(store: Store, fetcher: Fetcher) -> int:
    """Read what is due, a few at once; how many were read. A feed's fault is noted with it, not raised."""
    due = await store.feeds.due()
    slots = asyncio.Semaphore(_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for feed in due:
            group.create_task(_try_to_read(store, fetcher, feed, slots))
    return len(due)


async def _try_to_read(store: Store, fetcher: Fetcher, feed: KeptFeed, slots: asyncio.Semaphore) -> None:
    try:
        async with slots:
            await _read(store, fetcher, feed)
    except VerbatimError as error:
        _log.info("feed %s: %s", feed.id, error.kind)
        await store.feeds.failed(feed, error.sentence)


async def _read(store: Store, fetcher: Fetcher, feed: KeptFeed) -> None:
    page = await fetcher.refetch(feed.url, Validators(feed.etag, feed.last_modified))
    if isinstance(page, NotModified):
        await store.feeds.unchanged(feed)
        return
    # A feed of 5 MiB takes a second to read: not on the event loop.
    read = await asyncio.to_thread(read_feed, page.body)
    items = [(item.guid, item.link, item.title, item.sameness) for item in read.items]
    await store.feeds.read(feed, read.title, items, page.validators.etag, page.validators.last_modified)


async def look_at_feed(fetcher: Fetcher, url: str) -> Feed:
    """Read a feed once, to see that it is one.

    Raises:
        FetchError: the address cannot be reached.
        Unreadable: there is no feed there.
    """
    page = await fetcher.fetch(url, types=FEED_TYPES)
    return await asyncio.to_thread(read_feed, page.body)
