"""Planning a digest: /digest create and /digest edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.core.schedule import next_run, schedule_of
from bot.errors import UsageError
from bot.render.words import words
from bot.storage.digests import Digest, DigestPlan, Manner
from bot.text.clock import DAYS_NAMED, checked_zone, parse_clock

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_MOST_DIGESTS = 10
_MOST_CHOICES = 25
_ZONES = sorted(available_timezones())
_DAY_CHOICES = [app_commands.Choice(name=locale_str(name), value=name) for name in DAYS_NAMED]
_STYLE_CHOICES = [app_commands.Choice(name=locale_str(manner.value), value=manner.value) for manner in Manner]


class Plans(commands.Cog):
    """The commands that take a plan; the group they stand in is `Digests`."""

    _bot: VerbatimBot

    @app_commands.command(description=locale_str("Plan a digest; a time is enough"))
    @app_commands.describe(
        time=locale_str("When, by your clock: 8:00 or 8pm"),
        zone=locale_str("Your time zone, such as Europe/Berlin; default: UTC"),
        days=locale_str("Daily, weekdays, or one day a week; default: daily"),
        channel=locale_str("Where it is posted; default: here"),
        source=locale_str("Take what was posted in this channel alone; default: in all"),
        stories=locale_str("How many stories at most; default: 5"),
        style=locale_str("Full, or brief: one sentence a story"),
        silent=locale_str("Post without notifying anybody"),
        name=locale_str("What it is called"),
    )
    @app_commands.choices(days=_DAY_CHOICES, style=_STYLE_CHOICES)
    async def create(  # noqa: PLR0913, PLR0917  a slash command's options
        self,
        interaction: discord.Interaction,
        time: app_commands.Range[str, 1, 10],
        zone: str | None = None,
        days: app_commands.Choice[str] | None = None,
        channel: discord.TextChannel | discord.ForumChannel | None = None,
        source: discord.TextChannel | None = None,
        stories: app_commands.Range[int, 1, 25] = 5,
        style: app_commands.Choice[str] | None = None,
        silent: bool = False,  # noqa: FBT001, FBT002
        name: app_commands.Range[str, 1, 80] | None = None,
    ) -> None:
        """Keep the plan and say when it runs first."""
        guild = interaction.guild_id or 0
        if len(await self._bot.store.digests.of_guild(guild)) >= _MOST_DIGESTS:
            message = f"This server has {_MOST_DIGESTS} digests already."
            raise UsageError(message, "Delete one with /digest delete.")
        plan = DigestPlan(
            guild,
            channel.id if channel else interaction.channel_id or 0,
            interaction.user.id,
            name or words(str(interaction.guild_locale or interaction.locale)).digest_name,
            parse_clock(time),
            checked_zone(zone or "UTC"),
            DAYS_NAMED[days.value if days else "daily"],
            stories,
            Manner(style.value) if style else Manner.FULL,
            silent,
            channels=frozenset({source.id}) if source else frozenset(),
        )
        digest = await self._bot.store.digests.create(plan)
        await self.say_next(interaction, digest)

    @app_commands.command(description=locale_str("Change a digest; what you leave out stays as it is"))
    @app_commands.describe(
        digest=locale_str("Which one"),
        time=locale_str("When, by your clock: 8:00 or 8pm"),
        zone=locale_str("Your time zone, such as Europe/Berlin"),
        days=locale_str("Daily, weekdays, or one day a week"),
        channel=locale_str("Where it is posted"),
        stories=locale_str("How many stories at most"),
        style=locale_str("Full, or brief: one sentence a story"),
        silent=locale_str("Post without notifying anybody"),
        say_empty=locale_str("Say so on a day without news"),
    )
    @app_commands.choices(days=_DAY_CHOICES, style=_STYLE_CHOICES)
    async def edit(  # noqa: PLR0913, PLR0917  a slash command's options
        self,
        interaction: discord.Interaction,
        digest: int,
        time: app_commands.Range[str, 1, 10] | None = None,
        zone: str | None = None,
        days: app_commands.Choice[str] | None = None,
        channel: discord.TextChannel | discord.ForumChannel | None = None,
        stories: app_commands.Range[int, 1, 25] | None = None,
        style: app_commands.Choice[str] | None = None,
        silent: bool | None = None,  # noqa: FBT001
        say_empty: bool | None = None,  # noqa: FBT001
    ) -> None:
        """Put what is given in place of what was planned."""
        kept = await self.chosen(interaction, digest)
        given = {
            "at": parse_clock(time) if time else None,
            "zone": checked_zone(zone) if zone else None,
            "days": DAYS_NAMED[days.value] if days else None,
            "channel": channel.id if channel else None,
            "stories": stories,
            "manner": Manner(style.value) if style else None,
            "silent": silent,
            "say_empty": say_empty,
        }
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        changed = replace(kept, plan=replace(kept.plan, **changes))
        await self._bot.store.digests.change(kept.id, changed.plan)
        await self.say_next(interaction, changed)

    @create.autocomplete("zone")
    @edit.autocomplete("zone")
    async def _zones(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:  # noqa: ARG002
        wanted = current.lower().replace(" ", "_")
        found = [zone for zone in _ZONES if wanted in zone.lower()][:_MOST_CHOICES]
        return [app_commands.Choice(name=zone, value=zone) for zone in found]

    @edit.autocomplete("digest")
    async def _digests_to_edit(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[int]]:
        return await self._bot.digest_choices(interaction.guild_id, current)

    async def say_next(self, interaction: discord.Interaction, digest: Digest) -> None:
        """Tell when a digest runs next."""
        run = next_run(schedule_of(digest), digest.last_day, self._bot.clock())
        said = words(str(interaction.locale))
        text = said.digest_next.format(
            name=discord.utils.escape_markdown(digest.plan.name),
            channel=f"<#{digest.plan.channel}>",
            when=f"<t:{int(run.instant.timestamp())}:F>",
        )
        await interaction.response.send_message(text, ephemeral=True)

    async def chosen(self, interaction: discord.Interaction, number: int) -> Digest:
        """The digest of this server with a number.

        Raises:
            UsageError: there is none.
        """
        found = await self._bot.store.digests.find(interaction.guild_id or 0, number)
        if found is None:
            message = "There is no such digest in this server."
            raise UsageError(message, "Choose one from the list, or see /digest list.")
        return found
