"""/settings: a panel on which moderators choose for their server. Every choice is kept at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.article import Length
from bot.cogs import faults
from bot.cogs.permissions import report
from bot.render.words import LANGUAGES, Words, words
from bot.storage.guilds import GuildSettings, Style

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_PANEL_SECONDS = 14 * 60
_MOST_CHOSEN = 25
_MOST_AN_HOUR = 10_000


class Settings(commands.Cog):
    """The command that opens the panel."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @app_commands.command(description=locale_str("Choose how Verbatim works in this server"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show the panel to the moderator alone."""
        if interaction.guild is None:
            return
        chosen = await self._bot.store.guilds.settings(interaction.guild.id)
        panel = Panel(self._bot, interaction.guild, chosen, words(str(interaction.locale)))
        await interaction.response.send_message(embed=panel.summary(), view=panel, ephemeral=True)


class Panel(discord.ui.View):
    """Selects and buttons over the settings of one server."""

    def __init__(self, bot: VerbatimBot, guild: discord.Guild, chosen: GuildSettings, said: Words) -> None:
        super().__init__(timeout=_PANEL_SECONDS)
        self._bot, self._guild, self._chosen, self._said = bot, guild, chosen, said
        self.channels.placeholder, self.roles.placeholder = said.settings_channels, said.settings_roles
        self.channels.default_values = [discord.Object(number) for number in sorted(chosen.channels)[:_MOST_CHOSEN]]
        self.roles.default_values = [discord.Object(number) for number in sorted(chosen.roles)[:_MOST_CHOSEN]]
        self.length.options = [
            discord.SelectOption(label=label, value=value, default=value == chosen.length)
            for value, label in zip(Length, said.settings_lengths.split("|"), strict=True)
        ]
        self.language.options = [
            discord.SelectOption(label=label, value=value or "server", default=value == chosen.language)
            for value, label in zip(("", *LANGUAGES), said.settings_languages.split("|"), strict=True)
        ]
        labels = (said.settings_style, said.settings_private, said.settings_limits, said.settings_check)
        for button, label in zip((self.style, self.private, self.limits, self.check), labels, strict=True):
            button.label = label

    def summary(self) -> discord.Embed:
        """What is chosen, in words."""
        chosen, said = self._chosen, self._said
        rows = {
            said.settings_channels: " ".join(f"<#{number}>" for number in sorted(chosen.channels)) or "—",
            said.settings_roles: " ".join(f"<@&{number}>" for number in sorted(chosen.roles))
            or said.settings_everybody,
            said.settings_style: said.settings_styles.split("|")[list(Style).index(chosen.style)],
            said.settings_private: said.yes if chosen.private else said.no,
            said.settings_limits: said.settings_per_hour.format(user=chosen.user_per_hour, guild=chosen.guild_per_hour),
        }
        lines = [f"**{name}**: {value}" for name, value in rows.items()]
        return discord.Embed(title=said.settings_title, description="\n".join(lines)[:4096])

    async def keep(self, interaction: discord.Interaction, **changes: Any) -> None:  # noqa: ANN401  fields of the settings
        """Keep a choice and show the panel anew."""
        # Read again: two moderators may have the panel open.
        current = await self._bot.store.guilds.settings(self._guild.id)
        chosen = replace(current, **changes)
        await self._bot.store.guilds.save(self._guild.id, chosen)
        panel = Panel(self._bot, self._guild, chosen, self._said)
        await interaction.response.edit_message(embed=panel.summary(), view=panel)

    async def on_error(
        self, interaction: discord.Interaction, error: Exception, _item: discord.ui.Item[Any], /
    ) -> None:
        """Say what went wrong."""
        await faults.tell(interaction, faults.explain(error, self._said))

    @discord.ui.select(
        cls=discord.ui.ChannelSelect,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum],
        min_values=0,
        max_values=_MOST_CHOSEN,
    )
    async def channels(self, interaction: discord.Interaction, select: discord.ui.ChannelSelect[Panel]) -> None:
        """Where posted links are answered unasked."""
        await self.keep(interaction, channels=frozenset(channel.id for channel in select.values))

    @discord.ui.select(cls=discord.ui.RoleSelect, min_values=0, max_values=_MOST_CHOSEN)
    async def roles(self, interaction: discord.Interaction, select: discord.ui.RoleSelect[Panel]) -> None:
        """Who may ask."""
        await self.keep(interaction, roles=frozenset(role.id for role in select.values))

    @discord.ui.select(cls=discord.ui.Select, options=[discord.SelectOption(label="…")])
    async def length(self, interaction: discord.Interaction, select: discord.ui.Select[Panel]) -> None:
        """How long summaries are."""
        await self.keep(interaction, length=Length(select.values[0]))

    @discord.ui.select(cls=discord.ui.Select, options=[discord.SelectOption(label="…")])
    async def language(self, interaction: discord.Interaction, select: discord.ui.Select[Panel]) -> None:
        """The language of what the bot itself says."""
        chosen = select.values[0]
        await self.keep(interaction, language="" if chosen == "server" else chosen)

    @discord.ui.button()
    async def style(self, interaction: discord.Interaction, _button: discord.ui.Button[Panel]) -> None:
        """Reply or thread."""
        other = Style.REPLY if self._chosen.style is Style.THREAD else Style.THREAD
        await self.keep(interaction, style=other)

    @discord.ui.button()
    async def private(self, interaction: discord.Interaction, _button: discord.ui.Button[Panel]) -> None:
        """Whether answers to commands are private where the asker does not say."""
        await self.keep(interaction, private=not self._chosen.private)

    @discord.ui.button()
    async def limits(self, interaction: discord.Interaction, _button: discord.ui.Button[Panel]) -> None:
        """How much may be asked for in an hour."""
        await interaction.response.send_modal(LimitsModal(self, self._chosen, self._said))

    @discord.ui.button()
    async def check(self, interaction: discord.Interaction, _button: discord.ui.Button[Panel]) -> None:
        """What the bot lacks, and where."""
        said = self._said
        channels = self._chosen.channels or {interaction.channel_id or 0}
        text = report(self._guild, channels, said.check_fine, said.check_missing, said.check_gone)
        if not self._bot.intents.message_content:
            text += f"\n{said.check_no_content}"
        await interaction.response.send_message(text[:2000], ephemeral=True)


class LimitsModal(discord.ui.Modal):
    """Two numbers: requests an hour of one user, and of the server."""

    def __init__(self, panel: Panel, chosen: GuildSettings, said: Words) -> None:
        super().__init__(title=said.settings_limits)
        self._panel, self._said = panel, said
        self._user: discord.ui.TextInput[LimitsModal] = discord.ui.TextInput(
            default=str(chosen.user_per_hour), max_length=5
        )
        self._guild: discord.ui.TextInput[LimitsModal] = discord.ui.TextInput(
            default=str(chosen.guild_per_hour), max_length=5
        )
        self.add_item(discord.ui.Label(text=said.limits_user, component=self._user))
        self.add_item(discord.ui.Label(text=said.limits_guild, component=self._guild))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Keep both, where they are numbers."""
        values = [box.value.strip() for box in (self._user, self._guild)]
        if not all(value.isascii() and value.isdigit() and 0 < int(value) <= _MOST_AN_HOUR for value in values):
            await faults.tell(interaction, self._said.limits_wrong)
            return
        await self._panel.keep(interaction, user_per_hour=int(values[0]), guild_per_hour=int(values[1]))

    async def on_error(self, interaction: discord.Interaction, error: Exception) -> None:  # type: ignore[override]
        """Say what went wrong."""
        await faults.tell(interaction, faults.explain(error, self._said))
