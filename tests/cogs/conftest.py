"""The simulated Discord for every test of a cog."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import simcord
from fakes import FakeFetcher
from world import LINK, PAGE, World, make_bot

from bot.app.bot import VerbatimBot
from bot.config import Config, Storage
from bot.storage.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(Storage(path=tmp_path / "test.sqlite"), discord.utils.utcnow) as opened:
        yield opened


@pytest.fixture
def fetcher() -> FakeFetcher:
    return FakeFetcher({LINK: PAGE})


@pytest.fixture
def simcord_bot(store: Store, fetcher: FakeFetcher) -> VerbatimBot:
    return make_bot(Config(), store, fetcher)


@pytest.fixture
def world(simcord_env: simcord.Env, simcord_bot: VerbatimBot, fetcher: FakeFetcher) -> World:
    """One server with a channel, a moderator and a reader."""
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("news")
    reader = guild.add_member(simcord_env.create_user("reader"))
    mods = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    moderator = guild.add_member(simcord_env.create_user("moderator"), roles=[mods])
    return World(simcord_env, simcord_bot, guild, channel, reader, moderator, fetcher)
