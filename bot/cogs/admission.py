"""Who may ask, and how often: a moderator's choices for a server, the same for every way in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.render.words import words

if TYPE_CHECKING:
    import discord

    from bot.app.bot import VerbatimBot
    from bot.storage.guilds import GuildSettings

_WINDOW = timedelta(hours=1)


async def refusal(bot: VerbatimBot, user: discord.User | discord.Member, guild: int | None, locale: str) -> str | None:
    """Why this user may not ask here now, as a sentence; None where they may."""
    settings = await bot.store.guilds.settings(guild)
    said = words(locale)
    if not _has_role(user, settings):
        return said.not_allowed
    now = bot.clock()
    by_user, by_guild = await bot.store.requests.count_since(now - _WINDOW, user=user.id, guild=guild)
    if by_user >= settings.user_per_hour or by_guild >= settings.guild_per_hour:
        return said.too_many.format(when=f"<t:{int((now + _WINDOW).timestamp())}:R>")
    return None


def _has_role(user: discord.User | discord.Member, settings: GuildSettings) -> bool:
    if not settings.roles:
        return True
    permissions = getattr(user, "guild_permissions", None)
    if permissions is not None and permissions.manage_guild:
        return True
    return any(role.id in settings.roles for role in getattr(user, "roles", ()))


async def spoken(bot: VerbatimBot, guild: discord.Guild | None, locale: object) -> str:
    """The language of a public answer: the server's choice, else the server's own, else the asker's."""
    settings = await bot.store.guilds.settings(guild.id if guild else None)
    return settings.language or str(guild.preferred_locale if guild else locale or "en")
