"""The clock of the digests: publishes what is due, and reads the feeds that are."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from discord.ext import commands, tasks

from bot.cogs.publishing import Publishing
from bot.core.following import read_due_feeds
from bot.core.schedule import Run, due_run, next_run, schedule_of

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot
    from bot.storage.digests import Digest

_log = logging.getLogger(__name__)
_AT_ONCE = 8
"""Digests that are made and posted at the same time; see benchmarks/digest_load.py."""


class Ticking(commands.Cog):
    """Two loops that run while the bot runs; what is due stands in the database, not in them."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot
        self._publishing = Publishing(bot)
        self._next = datetime.min.replace(tzinfo=UTC)
        self._seen = -1

    async def cog_load(self) -> None:
        """Start the clock."""
        self.publish.start()
        self.follow.start()

    async def cog_unload(self) -> None:
        """Stop the clock."""
        self.publish.cancel()
        self.follow.cancel()

    @tasks.loop(seconds=30)
    async def publish(self) -> None:
        """Publish what is due; one digest's fault does not stop the others."""
        digests, now = self._bot.store.digests, self._bot.clock()
        if now < self._next and digests.version == self._seen:
            return
        self._seen = digests.version
        await self._publish_due(now)
        waiting = [next_run(schedule_of(digest), digest.last_day, now).instant for digest in await digests.running()]
        self._next = min(waiting, default=datetime.max.replace(tzinfo=UTC))

    async def _publish_due(self, now: datetime) -> None:
        """A few at once: while one waits for Discord, another is made."""
        slots = asyncio.Semaphore(_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for digest in await self._bot.store.digests.running():
                if run := due_run(schedule_of(digest), digest.last_day, now):
                    group.create_task(self._publish(digest, run, slots))

    async def _publish(self, digest: Digest, run: Run, slots: asyncio.Semaphore) -> None:
        try:
            async with slots:
                await self._publishing.publish(digest, run)
        except Exception:  # noqa: BLE001  an outermost door: the loop must go on
            _log.exception("digest %s: failed for %s", digest.id, run.day)

    @publish.before_loop
    async def _connected(self) -> None:
        await self._bot.wait_until_ready()
        await self._publishing.resume()

    @tasks.loop(minutes=1)
    async def follow(self) -> None:
        """Read the feeds that are due."""
        try:
            await read_due_feeds(self._bot.store, self._bot.fetcher)
        except Exception:  # noqa: BLE001  an outermost door: the loop must go on
            _log.exception("feeds: not read")
