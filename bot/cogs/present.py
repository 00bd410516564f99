"""Cards as discord.py's embeds: the only translator. Knows no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.render.card import Card


def embed(card: Card) -> discord.Embed:
    """The embed of one card; a card is within Discord's limits already."""
    made = discord.Embed(
        title=card.title or None,
        description=card.description or None,
        url=card.url,
        colour=card.colour,
        timestamp=card.published,
    )
    if card.author:
        made.set_author(name=card.author)
    if card.footer:
        made.set_footer(text=card.footer)
    for field in card.fields:
        made.add_field(name=field.name, value=field.value, inline=field.inline)
    return made
