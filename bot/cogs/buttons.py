"""The buttons under a card. All they need stands in their ids, so they work tomorrow and after a restart.

An id is `vb:ACTION:REQUEST[:PAGE]`; what a press does is decided in `bot.cogs.pressing`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

import discord

from bot.article import Length
from bot.render.words import words
from bot.storage.requests import Kind

if TYPE_CHECKING:
    import re

    from bot.app.bot import VerbatimBot
    from bot.storage.requests import Request

LENGTHS = (Length.SHORT, Length.MEDIUM, Length.LONG)


class Action(StrEnum):
    """What a button does; the value stands in its id."""

    SHORTER = "shorter"
    LONGER = "longer"
    QUOTES = "quotes"
    EVIDENCE = "evidence"
    ASK = "ask"
    DELETE = "delete"


_STYLES = {Action.ASK: discord.ButtonStyle.primary, Action.DELETE: discord.ButtonStyle.danger}
_SUMMARY_ROWS = ((Action.QUOTES, Action.EVIDENCE, Action.ASK), (Action.SHORTER, Action.LONGER, Action.DELETE))
"""Two rows of three: Discord would put the sixth button of one row alone into the next."""
_ENDS = {Action.SHORTER: LENGTHS[0], Action.LONGER: LENGTHS[-1]}


class CardButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"vb:(?P<action>[a-z]+):(?P<request>\d{1,18})(?::(?P<page>\d{1,4}))?",
):
    """One button of a card; `page` counts from 0."""

    def __init__(
        self, action: Action, request: int, page: int | None = None, label: str = "", *, disabled: bool = False
    ) -> None:
        suffix = "" if page is None else f":{page}"
        super().__init__(
            discord.ui.Button(
                label=label or action.value,
                style=_STYLES.get(action, discord.ButtonStyle.secondary),
                custom_id=f"vb:{action}:{request}{suffix}",
                disabled=disabled,
            )
        )
        self.action, self.request, self.page = action, request, page

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,  # noqa: ARG003  discord.py's signature
        item: discord.ui.Item[discord.ui.View],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Make the button again from its id."""
        page = match["page"]
        return cls(Action(match["action"]), int(match["request"]), None if page is None else int(page))

    async def callback(self, interaction: discord.Interaction[VerbatimBot]) -> None:  # type: ignore[override]
        """Hand the press on."""
        await interaction.client.pressing.press(interaction, self)


def card_buttons(request: Request, kind: Kind = Kind.SUMMARIZE, pages: int = 1) -> discord.ui.View:
    """The buttons under the answer to a request."""
    if kind is Kind.QUOTES:
        view = page_buttons(Action.QUOTES, request.id, 0, pages)
        view.add_item(_button(Action.DELETE, request))
        return view
    view = discord.ui.View(timeout=None)
    for row, actions in enumerate(_SUMMARY_ROWS):
        for action in actions:
            button = _button(action, request, disabled=request.length is _ENDS.get(action))
            button.row = row
            view.add_item(button)
    return view


def _button(action: Action, request: Request, *, disabled: bool = False) -> CardButton:
    label: str = getattr(words(request.locale), action.value)
    return CardButton(action, request.id, None, label, disabled=disabled)


def page_buttons(action: Action, request: int, page: int, pages: int) -> discord.ui.View:
    """◀ and ▶ for what has several pages; nothing for what has one."""
    view = discord.ui.View(timeout=None)
    if pages > 1:
        view.add_item(CardButton(action, request, max(0, page - 1), "◀", disabled=page == 0))
        view.add_item(CardButton(action, request, page + 1, "▶", disabled=page >= pages - 1))
    return view
