"""What the buttons under a card do. A press is answered within the three seconds that Discord gives.

Whoever asked for a card may change it in place, and so may a moderator; everybody else gets a version of their own,
shown to them alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.cogs import faults, present
from bot.cogs.buttons import LENGTHS, Action, CardButton, card_buttons, page_buttons
from bot.render import cards
from bot.render.words import words

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot
    from bot.article import Article, Length
    from bot.render.card import Card
    from bot.render.words import Words
    from bot.storage.requests import Request

Interaction = discord.Interaction["VerbatimBot"]
_MOST_QUESTION = 300


class Pressing:
    """Answers the buttons of every card that the bot ever posted."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._desk, self._store = bot.desk, bot.store

    async def press(self, interaction: Interaction, button: CardButton) -> None:
        """Do what a button says, or say why not."""
        said = words(str(interaction.locale))
        try:
            request = await self._store.requests.find(button.request)
            article = await self._desk.find(request.article) if request and request.article else None
            if request is None:
                await faults.tell(interaction, said.gone)
            elif button.action is Action.DELETE:
                await self._delete(interaction, request, said)
            elif article is None:
                await faults.tell(interaction, said.gone)
            else:
                await self._act(interaction, button, request, article, said)
        except Exception as error:  # noqa: BLE001  an outermost door
            await faults.tell(interaction, faults.explain(error, said))

    async def _act(
        self, interaction: Interaction, button: CardButton, request: Request, article: Article, said: Words
    ) -> None:
        if button.action is Action.ASK:
            await interaction.response.send_modal(QuestionModal(article, said))
        elif button.action in {Action.SHORTER, Action.LONGER}:
            step = 1 if button.action is Action.LONGER else -1
            await self._resize(interaction, request, article, _stepped(request.length, step))
        else:
            await self._show_pages(interaction, button, request, article, said)

    async def _resize(self, interaction: Interaction, request: Request, article: Article, length: Length) -> None:
        may_edit = _is_asker_or_moderator(interaction, request)
        await interaction.response.defer(ephemeral=not may_edit, thinking=not may_edit)
        summary = await self._desk.summarise(article, length)
        quotes = await self._desk.quotes(article)
        resized = replace(request, length=length)
        card = present.embed(cards.summary_card(article, summary, quotes, words(request.locale)))
        if may_edit:
            await self._store.requests.set_length(request.id, length)
            await interaction.edit_original_response(embed=card, view=card_buttons(resized))
        else:
            await interaction.followup.send(embed=card, ephemeral=True)

    async def _show_pages(
        self, interaction: Interaction, button: CardButton, request: Request, article: Article, said: Words
    ) -> None:
        turning = button.page is not None
        await interaction.response.defer(ephemeral=True, thinking=not turning)
        made = await self._pages(button.action, request, article, said)
        page = min(button.page or 0, len(made) - 1)
        card, view = present.embed(made[page]), page_buttons(button.action, request.id, page, len(made))
        if turning:
            await interaction.edit_original_response(embed=card, view=view)
        else:
            await interaction.followup.send(embed=card, view=view, ephemeral=True)

    async def _pages(self, action: Action, request: Request, article: Article, said: Words) -> list[Card]:
        quotes = await self._desk.quotes(article)
        if action is Action.QUOTES:
            return cards.quote_cards(article, quotes, said)
        summary = await self._desk.summarise(article, request.length)
        return cards.evidence_cards(article, summary, said)

    async def _delete(self, interaction: Interaction, request: Request, said: Words) -> None:
        if not _is_asker_or_moderator(interaction, request):
            await faults.tell(interaction, said.only_requester)
            return
        await interaction.response.defer()
        await interaction.delete_original_response()
        await self._store.requests.forget([request.id])
        if request.article and not await self._store.requests.uses(request.article):
            await self._store.articles.forget(request.article)


def _stepped(length: Length, step: int) -> Length:
    index = LENGTHS.index(length) + step
    return LENGTHS[min(max(index, 0), len(LENGTHS) - 1)]


def _is_asker_or_moderator(interaction: Interaction, request: Request) -> bool:
    return interaction.user.id == request.user or interaction.permissions.manage_messages


class QuestionModal(discord.ui.Modal):
    """Takes one question about an article; the answer is shown to the asker alone."""

    def __init__(self, article: Article, said: Words) -> None:
        super().__init__(title=said.ask_title)
        self._article, self._said = article, said
        self._question: discord.ui.TextInput[QuestionModal] = discord.ui.TextInput(
            placeholder=said.ask_placeholder, max_length=_MOST_QUESTION
        )
        self.add_item(discord.ui.Label(text=said.ask_label, component=self._question))

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Answer the question."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        question = self._question.value
        answer = await interaction.client.desk.ask(self._article, question)
        card = cards.answer_card(self._article, question, answer, self._said)
        await interaction.followup.send(embed=present.embed(card), ephemeral=True)

    async def on_error(self, interaction: Interaction, error: Exception) -> None:  # type: ignore[override]
        """Say what went wrong."""
        await faults.tell(interaction, faults.explain(error, self._said))
