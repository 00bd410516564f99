"""Search what a server has seen: /quotes by speaker, topic and time; /articles by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs import present
from bot.cogs.admission import refusal, spoken
from bot.cogs.paging import Pages
from bot.errors import UsageError
from bot.render.card import CHOICE_NAME, clip
from bot.render.escape import bare
from bot.render.search import FoundArticle, FoundQuote, found_articles, found_quotes
from bot.render.words import words
from bot.text.since import parse_since

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot
    from bot.render.card import Card
    from bot.render.words import Words

_MOST_TYPED = 100


def jump(guild: int, channel: int, message: int) -> str:
    """The link to a message."""
    return f"https://discord.com/channels/{guild}/{channel}/{message}"


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Searching(commands.Cog):
    """Commands over a server's archive; the answers are shown to the asker alone."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @app_commands.command(description=locale_str("Search the quotes that were seen in this server"))
    @app_commands.describe(
        who=locale_str("Who said it"),
        topic=locale_str("Words of the quote or of the article's title"),
        since=locale_str("A date, or how long ago: 30d, 2w, 6m"),
    )
    async def quotes(
        self,
        interaction: discord.Interaction,
        who: app_commands.Range[str, 1, _MOST_TYPED] | None = None,
        topic: app_commands.Range[str, 1, _MOST_TYPED] | None = None,
        since: app_commands.Range[str, 1, _MOST_TYPED] | None = None,
    ) -> None:
        """List the quotes with speaker, article and the message that showed them."""
        guild = await self._admitted(interaction)
        if guild is None:
            return
        start = parse_since(since, self._bot.clock()) if since else None
        if since and start is None:
            message = f"“{since}” is not a time that is understood."
            raise UsageError(message, "Give a date such as 2026-01-31, or how long ago, such as 30d or 2w.")
        seen = await self._bot.store.archive.search(guild, who=who or "", topic=topic or "", since=start)
        found = [
            FoundQuote(
                quote.text,
                quote.speaker,
                quote.inferred,
                quote.title,
                quote.url,
                jump(guild, quote.channel, quote.message),
                quote.seen,
            )
            for quote in seen
        ]
        heading = " · ".join(part for part in (who, topic, since) if part)
        said = self._words(interaction)
        await self._show(interaction, found_quotes(heading or said.quotes, found, said))

    @quotes.autocomplete("who")
    async def _speakers(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        names = await self._bot.store.archive.speakers(interaction.guild_id or 0, current)
        return [app_commands.Choice(name=clip(bare(name), CHOICE_NAME), value=name[:_MOST_TYPED]) for name in names]

    @app_commands.command(description=locale_str("Find articles that were posted here, by what they are about"))
    @app_commands.describe(about=locale_str("What the article is about, in your own words"))
    async def articles(
        self, interaction: discord.Interaction, about: app_commands.Range[str, 1, _MOST_TYPED * 3]
    ) -> None:
        """List the articles nearest in meaning."""
        guild = await self._admitted(interaction)
        if guild is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        archive = self._bot.store.archive
        names = await self._bot.desk.search(guild, about)
        found = [
            FoundArticle(seen.title, seen.url, jump(guild, seen.channel, seen.message), seen.seen)
            for name in names
            if (seen := await archive.seen_article(guild, name))
        ]
        await self._show(interaction, found_articles(about, found, self._words(interaction)))

    async def _admitted(self, interaction: discord.Interaction) -> int | None:
        locale = await spoken(self._bot, interaction.guild, interaction.locale)
        reason = await refusal(self._bot, interaction.user, interaction.guild_id, locale)
        if reason:
            await interaction.response.send_message(reason, ephemeral=True)
            return None
        return interaction.guild_id

    @staticmethod
    def _words(interaction: discord.Interaction) -> Words:
        return words(str(interaction.locale))

    @staticmethod
    async def _show(interaction: discord.Interaction, cards: list[Card]) -> None:
        view = Pages([present.embed(card) for card in cards])
        if interaction.response.is_done():
            await interaction.followup.send(embed=view.embeds[0], view=view, ephemeral=True)
        else:
            await interaction.response.send_message(embed=view.embeds[0], view=view, ephemeral=True)
