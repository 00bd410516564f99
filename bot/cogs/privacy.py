"""What is stored about a person and a server, and deleting it: /privacy and /forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs import faults
from bot.render.words import words

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot


class Privacy(commands.Cog):
    """Two commands that everybody has everywhere."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @app_commands.command(description=locale_str("What Verbatim stores about you and this server"))
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Count what is kept, and say for how long and where."""
        said = words(str(interaction.locale))
        mine = await self._bot.store.requests.of_user(interaction.user.id)
        here = await self._bot.store.requests.count_guild(interaction.guild_id) if interaction.guild_id else 0
        days = f"{self._bot.config.storage.ttl_days:g}"
        where = said.privacy_server if self._bot.config.models.writer_is_server else said.privacy_here
        text = said.privacy.format(mine=len(mine), here=here, days=days, where=where)
        await interaction.response.send_message(text, ephemeral=True)

    @app_commands.command(description=locale_str("Delete what Verbatim stores about you, or about this server"))
    @app_commands.describe(what=locale_str("Your own requests, or everything of this server (moderators)"))
    @app_commands.choices(
        what=[
            app_commands.Choice(name=locale_str("what I asked for"), value="me"),
            app_commands.Choice(name=locale_str("everything of this server"), value="server"),
        ]
    )
    async def forget(self, interaction: discord.Interaction, what: app_commands.Choice[str]) -> None:
        """Delete requests, the articles that nobody else uses, and a server's settings and digests."""
        said = words(str(interaction.locale))
        whole_server = what.value == "server"
        if whole_server and (interaction.guild_id is None or not interaction.permissions.manage_guild):
            await faults.tell(interaction, said.missing_permissions.format(names="Manage Server"))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        requests = self._bot.store.requests
        if whole_server and interaction.guild_id:
            count = await requests.forget_all(guild=interaction.guild_id)
            await self._bot.store.guilds.forget(interaction.guild_id)
            for digest in await self._bot.store.digests.of_guild(interaction.guild_id):
                await self._bot.store.digests.delete(digest.id)
        else:
            count = await requests.forget_all(user=interaction.user.id)
        await interaction.followup.send(said.forgotten.format(count=count), ephemeral=True)
