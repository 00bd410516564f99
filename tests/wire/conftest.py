"""The loopback Discord, and the real bot connected to it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from fakes import FakeFetcher
from wire.engine import QuickEngine
from wire.server import LoopbackDiscord
from wire.things import CHANNEL, GUILD
from wire.wired import Wired
from world import LINK, PAGE

from bot.app.serve import point_elsewhere
from bot.config import Storage
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as opened:
        yield opened
        assert opened.violations == []


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(Storage(path=tmp_path / "test.sqlite"), discord.utils.utcnow) as opened:
        await opened.guilds.save(GUILD, GuildSettings(channels=frozenset({CHANNEL}), user_per_hour=1000))
        yield opened


@pytest.fixture
async def unstarted(server: LoopbackDiscord, store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wired]:
    # discord.py keeps its addresses in classes: put them back afterwards.
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.asset.Asset, "BASE", discord.asset.Asset.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)
    point_elsewhere(os.environ | server.environment)
    wired = Wired(server, store, FakeFetcher({LINK: PAGE}), QuickEngine())
    yield wired
    await wired.stop()


@pytest.fixture
async def wired(unstarted: Wired) -> Wired:
    await unstarted.start()
    return unstarted
