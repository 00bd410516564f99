from __future__ import annotations

from pathlib import Path

from bot.article import Length
from bot.storage.database import Database
from bot.storage.guilds import Guilds, GuildSettings, Style


async def test_choices_are_kept_whole_and_forgotten_whole(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "test.sqlite")
    guilds = Guilds(database)
    chosen = GuildSettings(Length.LONG, Style.THREAD, "de", True, 3, 30, frozenset({7, 8}), frozenset({9}))
    await guilds.save(1, chosen)
    await guilds.save(2, GuildSettings())
    assert await guilds.settings(1) == chosen
    assert await guilds.settings(2) == await guilds.settings(None) == GuildSettings()
    await guilds.save(1, GuildSettings(channels=frozenset({8})))
    assert (await guilds.settings(1)).channels == {8}
    await guilds.forget(1)
    assert await guilds.settings(1) == GuildSettings()
    await database.close()
