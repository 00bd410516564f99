"""/feeds: what a digest reads besides the posts of its server; lists in and out as OPML."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs.sources import read_file
from bot.core.following import look_at_feed
from bot.errors import UsageError
from bot.intake.opml import read_opml, write_opml
from bot.render.escape import escape, inline
from bot.render.words import words
from bot.text.links import canonical_link

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_MOST_FEEDS = 50


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Feeds(commands.GroupCog, group_name="feeds", group_description=locale_str("The feeds that a digest reads")):
    """Commands for moderators."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @app_commands.command(description=locale_str("Let a digest read a feed"))
    @app_commands.describe(digest=locale_str("Which digest"), link=locale_str("Address of an RSS, Atom or JSON feed"))
    async def add(self, interaction: discord.Interaction, digest: int, link: app_commands.Range[str, 8, 2000]) -> None:
        """Read the feed once, to see that it is one, and follow it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._check(interaction, digest)
        feed = await look_at_feed(self._bot.fetcher, link)
        await self._follow(digest, [(canonical_link(link), feed.title)])
        said = words(str(interaction.locale))
        text = said.feed_added.format(title=inline(feed.title or link), count=len(feed.items))
        await interaction.followup.send(text, ephemeral=True)

    @app_commands.command(description=locale_str("Let a digest read a feed no more"))
    @app_commands.describe(digest=locale_str("Which digest"), link=locale_str("Address of the feed"))
    async def remove(self, interaction: discord.Interaction, digest: int, link: str) -> None:
        """Unfollow a feed."""
        await self._check(interaction, digest)
        if not await self._bot.store.feeds.unfollow(digest, canonical_link(link)):
            message = "That digest does not read that feed."
            raise UsageError(message, "See /feeds list.")
        await interaction.response.send_message(words(str(interaction.locale)).deleted, ephemeral=True)

    @app_commands.command(name="list", description=locale_str("The feeds of a digest, and which of them fail"))
    @app_commands.describe(digest=locale_str("Which digest"))
    async def list_all(self, interaction: discord.Interaction, digest: int) -> None:
        """A line a feed; a broken one with the reason."""
        await self._check(interaction, digest)
        lines = []
        for feed in await self._bot.store.feeds.of_digest(digest):
            fault = f" — {escape(feed.fault)}" if feed.fault else ""
            lines.append(f"{'❌' if feed.is_broken else '✅'} {inline(feed.title or feed.url)}{fault}")
        text = "\n".join(lines) or words(str(interaction.locale)).nothing_found
        await interaction.response.send_message(text[:2000], ephemeral=True)

    @app_commands.command(name="import", description=locale_str("Let a digest read every feed of an OPML file"))
    @app_commands.describe(digest=locale_str("Which digest"), file=locale_str("An OPML file from a feed reader"))
    async def import_list(self, interaction: discord.Interaction, digest: int, file: discord.Attachment) -> None:
        """Follow each feed of the file; those that fail are told by /feeds list."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._check(interaction, digest)
        found = read_opml(await read_file(file, self._bot.config.limits.attachment_bytes))
        await self._follow(digest, [(canonical_link(url), title) for url, title in found])
        said = words(str(interaction.locale))
        await interaction.followup.send(said.feeds_imported.format(count=len(found)), ephemeral=True)

    @app_commands.command(description=locale_str("The feeds of a digest as an OPML file"))
    @app_commands.describe(digest=locale_str("Which digest"))
    async def export(self, interaction: discord.Interaction, digest: int) -> None:
        """Give the list to the moderator alone."""
        await self._check(interaction, digest)
        feeds = [(feed.url, feed.title or feed.url) for feed in await self._bot.store.feeds.of_digest(digest)]
        file = discord.File(io.BytesIO(write_opml(feeds).encode()), "feeds.opml")
        await interaction.response.send_message(file=file, ephemeral=True)

    async def _follow(self, digest: int, feeds: list[tuple[str, str]]) -> None:
        known = {feed.url for feed in await self._bot.store.feeds.of_digest(digest)}
        if len(known | {url for url, _ in feeds}) > _MOST_FEEDS:
            message = f"A digest reads at most {_MOST_FEEDS} feeds."
            raise UsageError(message, "Remove some with /feeds remove.")
        for url, title in feeds:
            await self._bot.store.feeds.follow(digest, url, title)

    async def _check(self, interaction: discord.Interaction, digest: int) -> None:
        if await self._bot.store.digests.find(interaction.guild_id or 0, digest) is None:
            message = "There is no such digest in this server."
            raise UsageError(message, "Choose one from the list, or see /digest list.")

    @add.autocomplete("digest")
    @remove.autocomplete("digest")
    @list_all.autocomplete("digest")
    @import_list.autocomplete("digest")
    @export.autocomplete("digest")
    async def _digests(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[int]]:
        return await self._bot.digest_choices(interaction.guild_id, current)
