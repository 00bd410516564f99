"""What is answered without a command, and what happens when its cause is deleted.

Posted links and files where a moderator wants it, mentions, direct messages, the 📰 reaction. When a message is
deleted, so is what was made of it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.cogs import faults
from bot.cogs.admission import refusal, spoken
from bot.cogs.sources import has_source, wishes_of
from bot.errors import VerbatimError
from bot.render.words import words
from bot.storage.requests import Kind

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_log = logging.getLogger(__name__)
NEWSPAPER = "📰"


class Listening(commands.Cog):
    """Hears messages and reactions."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer an article posted where that is wanted, or addressed to the bot."""
        if message.author.bot or self._bot.user is None or self._bot.followups.concerns(message):
            return
        called = message.guild is None or self._bot.user in message.mentions
        if not called and not await self._is_watched(message):
            return
        target = await self._referenced(message) if called and not has_source(message) else message
        if target is not None and has_source(target):
            await self._bot.answering.arrivals.quiet()
            await self.read(target, message.author)
        elif called:
            said = words(await spoken(self._bot, message.guild, None))
            await message.reply(said.how_to_ask, mention_author=False)

    async def _is_watched(self, message: discord.Message) -> bool:
        settings = await self._bot.store.guilds.settings(message.guild.id if message.guild else None)
        parent = getattr(message.channel, "parent_id", None)
        return bool({message.channel.id, parent} & settings.channels) and has_source(message)

    async def _referenced(self, message: discord.Message) -> discord.Message | None:
        """The message that this one replies to: "@Verbatim" under somebody's link asks for that link."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        try:
            return await message.channel.fetch_message(reference.message_id)
        except discord.HTTPException:
            return None

    async def read(self, message: discord.Message, asker: discord.User | discord.Member) -> None:
        """Take what is in a message, or say in a reply why not."""
        guild = message.guild.id if message.guild else None
        locale = await spoken(self._bot, message.guild, None)
        reason = await refusal(self._bot, asker, guild, locale)
        if reason is None:
            settings = await self._bot.store.guilds.settings(guild)
            most = self._bot.config.limits.attachment_bytes
            try:
                wishes = await wishes_of(message, asker.id, Kind.SUMMARIZE, settings.length, locale, most)
            except VerbatimError as error:
                reason = faults.explain(error, words(locale))
            else:
                self._bot.answering.start(await self._bot.answering.keep(wishes))
                return
        try:
            await message.reply(reason, mention_author=False, silent=True)
        except discord.Forbidden:
            _log.info("message %s: may not reply in channel %s", message.id, message.channel.id)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Read the message that somebody marked with a newspaper."""
        member = payload.member
        if (
            str(payload.emoji) != NEWSPAPER
            or (member and member.bot)
            or (self._bot.user and payload.user_id == self._bot.user.id)
        ):
            return
        channel = self._bot.get_partial_messageable(payload.channel_id, guild_id=payload.guild_id)
        try:
            message = await channel.fetch_message(payload.message_id)
        except discord.HTTPException as error:
            _log.info("message %s: cannot be read (%s)", payload.message_id, error.code)
            return
        if await self._bot.store.requests.by_message(message.id):
            # Marked twice, or answered already: once is enough.
            return
        asker = member or await self._bot.fetch_user(payload.user_id)
        if has_source(message):
            await self.read(message, asker)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete what was made of a message."""
        await self._forget(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete what was made of each message."""
        for message in payload.message_ids:
            await self._forget(message)

    async def _forget(self, message: int) -> None:
        for request in await self._bot.store.requests.by_message(message):
            await self._bot.store.requests.forget([request.id])
            if request.article and not await self._bot.store.requests.uses(request.article):
                await self._bot.store.articles.forget(request.article)
            if request.answer and request.answer_channel and request.answer != message:
                channel = self._bot.get_partial_messageable(request.answer_channel)
                try:
                    await channel.get_partial_message(request.answer).delete()
                except discord.HTTPException as error:
                    _log.info("answer %s: was not deleted (%s)", request.answer, error.code)
