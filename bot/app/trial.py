"""Try the bot without a token: the real bot and models against SimCord, a simulated Discord, with its chat page.

Everything happens on this machine: the page is served on the loopback address, the database lives while it lasts.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import discord

from bot.app.bot import VerbatimBot
from bot.app.trial_page import open_page
from bot.core.assembly import warm_engine
from bot.core.desk import Desk
from bot.core.metrics import Metrics
from bot.core.signature import signature
from bot.core.source import TextSource
from bot.errors import UsageError
from bot.fetch.client import WebClient
from bot.model.worker import Worker
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    import simcord
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle

    from bot.app.trial_page import ChatPage
    from bot.article import Article, Quote, Summary
    from bot.config import Config

_SETTLE_SECONDS = 180.0
"""How long SimCord lets the bot work on one action: a slow machine reads a long article in less."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A running trial: the simulated Discord, its channel, and the people in it."""

    env: simcord.Env
    desk: Desk
    channel: ChannelHandle
    people: tuple[MemberActor, ...]

    async def post_sample(self) -> tuple[Article, Summary, tuple[Quote, ...]]:
        """Post the project's own article as a file, as Discord makes of a long paste; what the bot answered."""
        text = sample()
        await self.people[0].send(self.channel, "Is this true?", attachments=[("message.txt", text.encode())])
        article = await self.desk.open(TextSource(text))
        return article, await self.desk.summarise(article), await self.desk.quotes(article)

    def page(self, port: int | None = None) -> AbstractAsyncContextManager[ChatPage]:
        """Open the chat page; see `open_page`."""
        return open_page(self.env, self.channel, self.people, port)


def sample() -> str:
    """The project's own article."""
    return files("bot.samples").joinpath("harbour_bridge.txt").read_text(encoding="utf-8")


@asynccontextmanager
async def open_trial(config: Config) -> AsyncIterator[Trial]:
    """Run the bot in a simulated server with one channel, a reader and a moderator.

    Raises:
        UsageError: SimCord is not installed.
    """
    try:
        import simcord  # noqa: PLC0415  an extra, wanted here alone
    except ImportError as error:
        message = "Trying the bot without a token needs the package simcord."
        raise UsageError(message, "Install it with: pip install 'verbatim-bot[try]'.") from error
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="verbatim-")))
        config = replace(config, storage=replace(config.storage, path=folder / "trial.sqlite"))
        bot = await _make_bot(config, stack)
        env = await stack.enter_async_context(simcord.run(bot, check_errors=False, settle_timeout=_SETTLE_SECONDS))
        stack.enter_context(env.time_context())
        yield await _set_up(env, bot)


async def _make_bot(config: Config, stack: AsyncExitStack) -> VerbatimBot:
    store = await stack.enter_async_context(await Store.open(config.storage, discord.utils.utcnow))
    worker = await stack.enter_async_context(Worker(partial(warm_engine, config), queue_limit=config.worker.queue))
    fetcher = WebClient(config.fetch, config.limits.page_bytes)
    metrics = Metrics()
    desk = Desk(worker, fetcher, store, config, signature(config), discord.utils.utcnow, metrics)
    bot = VerbatimBot(config, desk, store, metrics)
    bot.shard_count = 1
    return bot


async def _set_up(env: simcord.Env, bot: VerbatimBot) -> Trial:
    if bot.user:
        await bot.user.edit(username="Verbatim")
    guild = env.create_guild()
    channel = guild.create_text_channel("news")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions.all())
    moderator = guild.add_member(env.create_user("you"), roles=[moderators])
    reader = guild.add_member(env.create_user("reader"))
    await bot.store.guilds.save(guild.id, GuildSettings(channels=frozenset({channel.id})))
    return Trial(env, bot.desk, channel, (moderator, reader))
