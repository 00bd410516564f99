from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.article import Length
from bot.storage.database import Database
from bot.storage.guilds import Guilds, GuildSettings, Style


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "test.sqlite")
    yield opened
    await opened.close()


async def test_choices_are_kept_whole_and_forgotten_whole(database: Database) -> None:
    guilds = Guilds(database)
    chosen = GuildSettings(Length.LONG, Style.THREAD, "de", True, 3, 30, frozenset({7, 8}), frozenset({9}))
    await guilds.save(1, chosen)
    await guilds.save(2, GuildSettings())
    # What another sees that has nothing in memory is what was kept.
    assert await Guilds(database).settings(1) == await guilds.settings(1) == chosen
    assert await guilds.settings(2) == await guilds.settings(None) == GuildSettings()
    await guilds.save(1, GuildSettings(channels=frozenset({8})))
    assert (await Guilds(database).settings(1)).channels == (await guilds.settings(1)).channels == {8}
    await guilds.forget(1)
    assert await Guilds(database).settings(1) == await guilds.settings(1) == GuildSettings()


async def test_a_change_while_the_choices_are_read_is_not_lost(database: Database) -> None:
    guilds, changed = Guilds(database), GuildSettings(user_per_hour=3)
    await asyncio.gather(guilds.settings(1), guilds.save(1, changed), guilds.settings(1))
    assert await guilds.settings(1) == changed
