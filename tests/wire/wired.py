"""The real bot in this process, connected to the loopback Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import discord
from fakes import FakeFetcher
from wire.engine import QuickEngine
from wire.server import LoopbackDiscord

from bot.app.bot import VerbatimBot
from bot.app.health import HealthServer
from bot.app.serve import run_bot
from bot.config import Config
from bot.core.caller import InlineCaller
from bot.core.desk import Desk
from bot.core.metrics import Metrics
from bot.core.signature import Signature
from bot.storage.store import Store

_PATIENCE = 8.0


async def until(condition: Callable[[], object], seconds: float = _PATIENCE) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0.01)


@dataclass
class Wired:
    """The bot and the Discord that it is connected to."""

    server: LoopbackDiscord
    store: Store
    fetcher: FakeFetcher
    engine: QuickEngine
    bots: list[VerbatimBot] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    def make(self, *, message_content: bool) -> VerbatimBot:
        signature = Signature("fake", "", "", "")
        caller = InlineCaller(self.engine)  # type: ignore[arg-type]
        desk = Desk(caller, self.fetcher, self.store, Config(), signature, discord.utils.utcnow)
        bot = VerbatimBot(Config(), desk, self.store, Metrics(), message_content=message_content)
        bot._connection.guild_ready_timeout = 0.05  # noqa: SLF001  discord.py would wait two seconds for more servers
        self.bots.append(bot)
        return bot

    async def start(self, token: str | None = None) -> None:
        """Start the bot, and wait until it is connected or has given up."""
        health = HealthServer(0, Metrics(), is_loaded=lambda: True)
        ran = run_bot(self.make, token or self.server.token, health, wants_content=True)
        self.task = asyncio.create_task(ran)
        await until(lambda: self.task is None or self.task.done() or (self.bots and self.bots[-1].is_ready()))
        if self.task.done() and token is None:
            self.task.result()

    async def stop(self) -> None:
        for bot in self.bots:
            await bot.close()
        if self.task:
            with suppress(Exception):
                await self.task

    async def cards(self, number: int = 1) -> None:
        """Wait for so many cards, and until nothing more is under way."""
        await until(lambda: len(self.server.ledger.cards()) >= number)
        await self.rest()

    async def rest(self) -> None:
        """Wait until no request is under way."""
        await until(lambda: not self.bots[-1].answering._tasks)  # noqa: SLF001
