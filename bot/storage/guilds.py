"""What moderators chose for their server: all SQL on settings inside Discord."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.article import Length

if TYPE_CHECKING:
    from bot.storage.database import Database


class Style(StrEnum):
    """Where an answer to a posted link goes."""

    REPLY = "reply"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The choices of one server; the limits count requests an hour."""

    length: Length = Length.MEDIUM
    style: Style = Style.REPLY
    language: str = ""
    """A language of the interface, or empty for the server's own."""
    private: bool = False
    user_per_hour: int = 20
    guild_per_hour: int = 200
    channels: frozenset[int] = frozenset()
    """Where links are answered unasked."""
    roles: frozenset[int] = frozenset()
    """Who may ask; empty for everybody."""


class Guilds:
    """The settings kept in a database, and in memory what was read: they are asked for with every message.

    Memory can be trusted because one process alone uses a database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, GuildSettings] = {}

    async def settings(self, guild: int | None) -> GuildSettings:
        """The choices of a server; the defaults for one without any, and for direct messages (None)."""
        if guild is None:
            return GuildSettings()
        if guild not in self._known:
            read = await self._read(guild)
            # Unless they were changed meanwhile.
            self._known.setdefault(guild, read)
        return self._known[guild]

    async def _read(self, guild: int) -> GuildSettings:
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT length, style, language, private, user_per_hour, guild_per_hour FROM guilds WHERE guild = ?",
                (guild,),
            )
            channels = await connection.execute_fetchall("SELECT channel FROM guild_channels WHERE guild = ?", (guild,))
            roles = await connection.execute_fetchall("SELECT role FROM guild_roles WHERE guild = ?", (guild,))
        chosen = frozenset(int(row[0]) for row in channels), frozenset(int(row[0]) for row in roles)
        for length, style, language, private, user, everyone in rows:
            return GuildSettings(Length(length), Style(style), language, bool(private), user, everyone, *chosen)
        return GuildSettings(channels=chosen[0], roles=chosen[1])

    async def save(self, guild: int, settings: GuildSettings) -> None:
        """Keep the choices of a server, all of them at once."""
        row = (
            guild,
            settings.length,
            settings.style,
            settings.language,
            int(settings.private),
            settings.user_per_hour,
            settings.guild_per_hour,
        )
        async with self._database.write() as connection:
            await connection.execute("INSERT OR REPLACE INTO guilds VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            for table, ids in (("guild_channels", settings.channels), ("guild_roles", settings.roles)):
                await connection.execute(f"DELETE FROM {table} WHERE guild = ?", (guild,))  # noqa: S608
                await connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(guild, one) for one in ids])  # noqa: S608
        self._known[guild] = settings

    async def forget(self, guild: int) -> None:
        """Delete the choices of a server."""
        async with self._database.write() as connection:
            for table in ("guilds", "guild_channels", "guild_roles"):
                await connection.execute(f"DELETE FROM {table} WHERE guild = ?", (guild,))  # noqa: S608
        self._known[guild] = GuildSettings()
