"""A simulated Discord around the real bot: real core, real SQLite file, an encoder that counts words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import discord
import simcord
from fakes import FakeEncoder, FakeFetcher
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from bot.app.bot import VerbatimBot
from bot.config import Config
from bot.core.caller import InlineCaller
from bot.core.desk import Desk
from bot.core.engine import Engine
from bot.core.metrics import Metrics
from bot.core.signature import Signature
from bot.model.base import Writer
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store

SAMPLE = (Path(__file__).parents[1] / "bot" / "samples" / "harbour_bridge.txt").read_text()
LINK = "https://news.example/bridge"
PAGE = "<html><head><title>City to close harbour bridge</title></head><body><article><h1>City to close harbour bridge"
PAGE += "</h1>" + "".join(f"<p>{line}</p>" for line in SAMPLE.split("\n\n")[2:]) + "</article></body></html>"


@dataclass
class World:
    """One server with a channel, a moderator and a reader."""

    env: simcord.Env
    bot: VerbatimBot
    guild: GuildHandle
    channel: ChannelHandle
    reader: MemberActor
    moderator: MemberActor
    fetcher: FakeFetcher

    async def choose(self, **settings: object) -> None:
        await self.bot.store.guilds.save(self.guild.id, GuildSettings(**settings))  # type: ignore[arg-type]

    async def restart(self) -> None:
        self.bot = make_bot(self.bot.config, self.bot.store, self.fetcher)
        await self.env.restart_bot(self.bot)


def make_bot(config: Config, store: Store, fetcher: FakeFetcher, writer: Writer | None = None) -> VerbatimBot:
    engine = Engine(FakeEncoder, lambda: writer)
    signature = Signature("fake", writer.name if writer else "", "", "")
    desk = Desk(InlineCaller(engine), fetcher, store, config, signature, discord.utils.utcnow)
    bot = VerbatimBot(config, desk, store, Metrics())
    # Discord would say how many shards to use; the simulation wants to be told.
    bot.shard_count = 1
    return bot
