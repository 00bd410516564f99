"""Questions about an article that was answered before: /ask, a reply to the bot's card, a message in its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.cogs import faults, present
from bot.cogs.admission import refusal, spoken
from bot.core.source import LinkSource
from bot.errors import EmptyInput, VerbatimError
from bot.render import cards
from bot.render.card import CHOICE_NAME, clip
from bot.render.escape import bare
from bot.render.words import words

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot
    from bot.article import Article

_MOST_QUESTION = 300


class Followups(commands.Cog):
    """Answers questions."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    @app_commands.command(description=locale_str("Ask something about an article; without one, about the newest here"))
    @app_commands.describe(
        question=locale_str("What you want to know"),
        article=locale_str("A link, or an article that was posted here"),
        private=locale_str("Show the answer to me alone"),
    )
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, _MOST_QUESTION],
        article: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002  a slash command's option
    ) -> None:
        """Answer from the article with the passage, or say that it does not say."""
        with self._bot.answering.arrivals.arriving():
            locale = await spoken(self._bot, interaction.guild, interaction.locale)
            if reason := await refusal(self._bot, interaction.user, interaction.guild_id, locale):
                await faults.tell(interaction, reason)
                return
            await interaction.response.defer(ephemeral=private, thinking=True)
        about = await self._article(interaction, article)
        answer = await self._bot.desk.ask(about, question)
        card = cards.answer_card(about, question, answer, words(locale))
        await interaction.followup.send(embed=present.embed(card), ephemeral=private)

    async def _article(self, interaction: discord.Interaction, named: str | None) -> Article:
        if named and "://" in named:
            return await self._bot.desk.open(LinkSource(named))
        channel = interaction.channel_id or 0
        name = named or await self._bot.store.requests.newest_article(channel)
        found = await self._bot.desk.find(name) if name else None
        if found is None:
            message = "No article was found to ask about."
            raise EmptyInput(message, "Give a link, choose an article from the list, or reply to one of my cards.")
        return found

    @ask.autocomplete("article")
    async def _titles(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = await self._bot.store.requests.titles(interaction.guild_id, interaction.user.id, current)
        return [app_commands.Choice(name=clip(bare(title), CHOICE_NAME), value=name) for name, title in found]

    def concerns(self, message: discord.Message) -> bool:
        """Tell whether a message is a question to a card, which then is not read as an article."""
        me = self._bot.user
        if me is None or not message.content.strip() or "://" in message.content or message.attachments:
            return False
        resolved = message.reference.resolved if message.reference else None
        replied = isinstance(resolved, discord.Message) and resolved.author.id == me.id
        return replied or (isinstance(message.channel, discord.Thread) and message.channel.owner_id == me.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a reply to a card, or a question in its thread."""
        if message.author.bot or not self.concerns(message):
            return
        article = await self._answered(message)
        if article is None:
            return
        locale = await spoken(self._bot, message.guild, None)
        reason = await refusal(self._bot, message.author, message.guild.id if message.guild else None, locale)
        if reason is not None:
            await message.reply(reason, mention_author=False, silent=True)
            return
        await self._reply(message, article, locale)

    async def _reply(self, message: discord.Message, article: Article, locale: str) -> None:
        question = self._without_mention(message.content)
        try:
            async with message.channel.typing():
                answer = await self._bot.desk.ask(article, question)
        except VerbatimError as error:
            await message.reply(faults.explain(error, words(locale)), mention_author=False)
            return
        card = cards.answer_card(article, question, answer, words(locale))
        await message.reply(embed=present.embed(card), mention_author=False)

    def _without_mention(self, text: str) -> str:
        identifier = self._bot.user.id if self._bot.user else 0
        return text.replace(f"<@{identifier}>", "").replace(f"<@!{identifier}>", "").strip()

    async def _answered(self, message: discord.Message) -> Article | None:
        """The article of the card that is replied to, or of the thread."""
        reference = message.reference
        candidates = [reference.message_id if reference else None, message.channel.id]
        for identifier in candidates:
            for request in await self._bot.store.requests.by_message(identifier) if identifier else ():
                if request.article and (article := await self._bot.desk.find(request.article)):
                    return article
        return None
