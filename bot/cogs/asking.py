"""The commands that ask for an article: /summarize, and Summarize and Quotes on a message's menu."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.article import Length
from bot.cogs import faults
from bot.cogs.admission import refusal, spoken
from bot.cogs.sources import article_links, read_file, wishes_of
from bot.errors import EmptyInput
from bot.render.words import Words, words
from bot.storage.requests import Kind, Wish

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_log = logging.getLogger(__name__)
_TOKEN_LIFE = timedelta(minutes=15)
_MODAL_TEXT = 4000


class Asking(commands.Cog):
    """Commands that take an article in."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot
        self._menus = [
            app_commands.ContextMenu(name=locale_str("Summarize"), callback=self.summarize_message),
            app_commands.ContextMenu(name=locale_str("Quotes"), callback=self.quotes_of_message),
        ]

    async def cog_load(self) -> None:
        """Add the message menus, which discord.py does not find in a cog."""
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take the message menus away."""
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    @app_commands.command(description=locale_str("Summarise an article: a link, a file, or a text that you paste"))
    @app_commands.describe(
        link=locale_str("The article's address"),
        file=locale_str("A .txt, .md, .html or .pdf file"),
        length=locale_str("How long the summary is to be"),
        private=locale_str("Show the answer to me alone"),
    )
    @app_commands.choices(
        length=[app_commands.Choice(name=locale_str(length.value), value=length.value) for length in Length]
    )
    async def summarize(
        self,
        interaction: discord.Interaction,
        link: str | None = None,
        file: discord.Attachment | None = None,
        length: app_commands.Choice[str] | None = None,
        private: bool | None = None,  # noqa: FBT001  a slash command's option
    ) -> None:
        """Take a link or a file; with neither, show a box for a long paste."""
        with self._bot.answering.arrivals.arriving():
            await self._summarize(interaction, link, file, Length(length.value) if length else None, private=private)

    async def _summarize(
        self,
        interaction: discord.Interaction,
        link: str | None,
        file: discord.Attachment | None,
        length: Length | None,
        *,
        private: bool | None,
    ) -> None:
        locale = await spoken(self._bot, interaction.guild, interaction.locale)
        if reason := await refusal(self._bot, interaction.user, interaction.guild_id, locale):
            await faults.tell(interaction, reason)
            return
        settings = await self._bot.store.guilds.settings(interaction.guild_id)
        hidden = settings.private if private is None else private
        chosen = length or settings.length
        form = Form(self._bot, chosen, locale, private=hidden)
        if link is None and file is None:
            await interaction.response.send_modal(PasteModal(form, words(str(interaction.locale))))
        elif file is not None:
            data = await read_file(file, self._bot.config.limits.attachment_bytes)
            await form.submit(interaction, "file", data, file.filename)
        else:
            await form.submit_text(interaction, link or "")

    async def summarize_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Summarise what a message links to, holds or says."""
        with self._bot.answering.arrivals.arriving():
            await self._take_message(interaction, message, Kind.SUMMARIZE)

    async def quotes_of_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """List the quotes of what a message links to, holds or says."""
        with self._bot.answering.arrivals.arriving():
            await self._take_message(interaction, message, Kind.QUOTES)

    async def _take_message(self, interaction: discord.Interaction, message: discord.Message, kind: Kind) -> None:
        locale = await spoken(self._bot, interaction.guild, interaction.locale)
        if reason := await refusal(self._bot, interaction.user, interaction.guild_id, locale):
            await faults.tell(interaction, reason)
            return
        settings = await self._bot.store.guilds.settings(interaction.guild_id)
        form = Form(self._bot, settings.length, locale, private=settings.private, kind=kind)
        most = self._bot.config.limits.attachment_bytes
        wishes = await wishes_of(message, interaction.user.id, kind, settings.length, locale, most)
        if wishes:
            first = wishes[0]
            await form.submit(interaction, first.source_kind, first.source, first.filename, message.id)
        elif message.content.strip():
            await form.submit_text(interaction, message.content)
        else:
            reason = "That message has no link, no text and no file that can be read."
            raise EmptyInput(reason)


class Form:
    """A request in the making: everything but its source."""

    def __init__(
        self, bot: VerbatimBot, length: Length, locale: str, *, private: bool, kind: Kind = Kind.SUMMARIZE
    ) -> None:
        self._bot = bot
        self._length, self._locale, self._private, self._kind = length, locale, private, kind

    async def submit_text(self, interaction: discord.Interaction, text: str) -> None:
        """Take a link, or a text that is an article itself."""
        links = article_links(text)
        if links and len(text.split()) == 1:
            await self.submit(interaction, "link", links[0].encode("utf-8", "replace"))
        elif "://" in text and len(text.split()) == 1:
            # Any other address is handed on too, so that the fetcher can say what is wrong with it.
            await self.submit(interaction, "link", text.strip().encode("utf-8", "replace"))
        else:
            await self.submit(interaction, "text", text.encode("utf-8", "surrogatepass"))

    async def submit(
        self,
        interaction: discord.Interaction,
        source_kind: str,
        source: bytes,
        filename: str | None = None,
        message: int | None = None,
    ) -> None:
        """Keep the request, then acknowledge it, then answer it."""
        wish = Wish(
            self._kind,
            interaction.guild_id,
            interaction.channel_id or 0,
            interaction.user.id,
            source_kind,
            source,
            filename,
            message=message,
            token=interaction.token,
            token_expires=interaction.created_at + _TOKEN_LIFE,
            private=self._private,
            length=self._length,
            locale=self._locale,
        )
        requests = await self._bot.answering.keep([wish])
        try:
            await interaction.response.defer(ephemeral=self._private, thinking=True)
        except faults.REFUSED as error:
            # Too late, or lost on the way: what was kept is answered all the same, if need be by a message.
            _log.warning("interaction %s: was not acknowledged (%s)", interaction.id, error)
        self._bot.answering.start(requests)


class PasteModal(discord.ui.Modal):
    """A box for a long paste, in as many parts as Discord's limit on one box needs."""

    def __init__(self, form: Form, said: Words) -> None:
        super().__init__(title=said.paste_title)
        self._form = form
        self._boxes: list[discord.ui.TextInput[PasteModal]] = []
        for number in range(4):
            box: discord.ui.TextInput[PasteModal] = discord.ui.TextInput(
                style=discord.TextStyle.paragraph, max_length=_MODAL_TEXT, required=number == 0
            )
            self._boxes.append(box)
            label = said.paste_label if number == 0 else said.paste_more
            self.add_item(discord.ui.Label(text=label, component=box))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Take the parts as one text."""
        await self._form.submit_text(interaction, "\n".join(box.value for box in self._boxes if box.value))

    async def on_error(self, interaction: discord.Interaction, error: Exception) -> None:  # type: ignore[override]
        """Say what went wrong."""
        await faults.tell(interaction, faults.explain(error, words(str(interaction.locale))))
