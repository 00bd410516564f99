"""/digest: see a digest before its time, post it now, pause and delete it; planning is in `plans`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs import present
from bot.cogs.paging import Pages
from bot.cogs.plans import Plans
from bot.cogs.publishing import Publishing
from bot.core.schedule import Run, next_run, run_on, schedule_of
from bot.render.digest import digest_cards
from bot.render.words import words
from bot.storage.digests import Digest, Manner

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Digests(
    Plans, commands.GroupCog, group_name="digest", group_description=locale_str("A digest of what was posted here")
):
    """Commands for moderators."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot
        self._publishing = Publishing(bot)

    @app_commands.command(name="list", description=locale_str("The digests of this server"))
    async def list_all(self, interaction: discord.Interaction) -> None:
        """One line a digest: where, when next, or why not."""
        said = words(str(interaction.locale))
        lines = []
        for digest in await self._bot.store.digests.of_guild(interaction.guild_id or 0):
            run = next_run(schedule_of(digest), digest.last_day, self._bot.clock())
            state = digest.paused or f"<t:{int(run.instant.timestamp())}:F>"
            name = discord.utils.escape_markdown(digest.plan.name)
            lines.append(f"**{name}** (#{digest.id}) · <#{digest.plan.channel}> · {state}")
        text = "\n".join(lines) or said.digest_none
        await interaction.response.send_message(text[:2000], ephemeral=True)

    @app_commands.command(description=locale_str("Show a digest as it would be now, to you alone"))
    @app_commands.describe(digest=locale_str("Which one"))
    async def preview(self, interaction: discord.Interaction, digest: int) -> None:
        """Make the edition of today, post nothing, remember nothing."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await self.chosen(interaction, digest)
        edition = await self._publishing.edition(chosen, self._now(chosen))
        said = words(str(interaction.locale))
        cards = digest_cards(edition, said, brief=chosen.plan.manner is Manner.BRIEF)
        view = Pages([present.embed(card) for card in cards])
        await interaction.followup.send(embed=view.embeds[0], view=view, ephemeral=True)

    @app_commands.command(description=locale_str("Post a digest now, instead of at its time today"))
    @app_commands.describe(digest=locale_str("Which one"))
    async def run(self, interaction: discord.Interaction, digest: int) -> None:
        """Publish the edition of today, once."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await self.chosen(interaction, digest)
        await self._publishing.publish(chosen, self._now(chosen))
        await interaction.followup.send(words(str(interaction.locale)).digest_ran, ephemeral=True)

    def _now(self, digest: Digest) -> Run:
        schedule = schedule_of(digest)
        now = self._bot.clock()
        return replace(run_on(schedule, now.astimezone(ZoneInfo(schedule.zone)).date()), instant=now)

    @app_commands.command(description=locale_str("Stop a digest, or let it run again"))
    @app_commands.describe(digest=locale_str("Which one"))
    async def pause(self, interaction: discord.Interaction, digest: int) -> None:
        """Pause a running digest; let a paused one run."""
        chosen = await self.chosen(interaction, digest)
        said = words(str(interaction.locale))
        reason = None if chosen.paused else said.digest_paused
        await self._bot.store.digests.pause(chosen.id, reason)
        if reason:
            await interaction.response.send_message(reason, ephemeral=True)
        else:
            await self.say_next(interaction, chosen)

    @app_commands.command(description=locale_str("Delete a digest"))
    @app_commands.describe(digest=locale_str("Which one"))
    async def delete(self, interaction: discord.Interaction, digest: int) -> None:
        """Delete a digest for good."""
        chosen = await self.chosen(interaction, digest)
        await self._bot.store.digests.delete(chosen.id)
        await interaction.response.send_message(words(str(interaction.locale)).deleted, ephemeral=True)

    @preview.autocomplete("digest")
    @run.autocomplete("digest")
    @pause.autocomplete("digest")
    @delete.autocomplete("digest")
    async def _digests(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[int]]:
        return await self._bot.digest_choices(interaction.guild_id, current)
