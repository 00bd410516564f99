"""A message for Discord as a plain value, and Discord's limits, which no card goes over.

Knows no Discord library. Sizes are counted in UTF-16 code units: Discord's documents do not say which unit they
mean, and this is the largest of the candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

CONTENT = 2000
TITLE = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
URL = 2048
TOTAL = 6000
"""Over all embeds of a message together."""
BUTTON_LABEL = 80
MODAL_TITLE = 45
THREAD_NAME = 100
CHOICE_NAME = 100

PAGE = 3600
"""What a page's description is filled to: well below DESCRIPTION, and leaves TOTAL room for the rest."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)|\n")
_SPACE = re.compile(r"\s+")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Field:
    """A named part of a card; neither may be empty."""

    name: str
    value: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One embed: all texts are escaped already and within the limits (see `fitted`)."""

    title: str = ""
    description: str = ""
    url: str | None = None
    author: str = ""
    footer: str = ""
    fields: tuple[Field, ...] = ()
    colour: int = 0x4A6FA5
    published: datetime | None = None
    """Aware; Discord shows it in each reader's own time."""

    @property
    def total(self) -> int:
        """What counts towards TOTAL."""
        texts = [self.title, self.description, self.author, self.footer]
        texts += [part for field in self.fields for part in (field.name, field.value)]
        return sum(map(size, texts))


def size(text: str) -> int:
    """The length of a text as Discord may count it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def clip(text: str, most: int) -> str:
    """Shorten to at most `most` units, at a word where one is near, with an ellipsis; for titles and names."""
    if size(text) <= most:
        return text
    kept = _head(text, most - 1)
    at = kept.rfind(" ")
    kept = kept[:at] if at > most // 2 else kept
    return _whole(kept).rstrip(" ,;:–—-") + _ELLIPSIS


def _head(text: str, most: int) -> str:
    """The longest beginning of at most `most` units."""
    kept = text[:most]
    while size(kept) > most:
        kept = kept[: len(kept) - max(1, (size(kept) - most) // 2)]
    return kept


def _whole(text: str) -> str:
    """Leave out a backslash at the end that has lost the mark it escaped."""
    slashes = len(text) - len(text.rstrip("\\"))
    return text[:-1] if slashes % 2 else text


def pieces(text: str, most: int) -> Iterator[str]:
    """Cut a long text into parts of at most `most` units: after a sentence, else after a word, else anywhere."""
    rest = text.strip()
    while size(rest) > most:
        head = _whole(_head(rest, most))
        at = max((match.end() for match in _SENTENCE_END.finditer(head)), default=0)
        if not at:
            at = max((match.start() for match in _SPACE.finditer(head)), default=0)
        cut = at or len(head)
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def pages(blocks: Iterable[str], most: int = PAGE, gap: str = "\n\n") -> list[str]:
    """Fill pages with blocks of text, in order; a block goes to the next page whole unless it is longer than one."""
    filled: list[str] = []
    for block in blocks:
        for part in pieces(block, most):
            joined = f"{filled[-1]}{gap}{part}" if filled else part
            if filled and size(joined) <= most:
                filled[-1] = joined
            else:
                filled.append(part)
    return filled


def fitted(card: Card) -> Card:
    """Bring a card within every limit. Texts too long by far are paged before; this is the last guard."""
    fields = tuple(
        replace(field, name=clip(field.name, FIELD_NAME) or "\u200b", value=clip(field.value, FIELD_VALUE) or "\u200b")
        for field in card.fields[:FIELDS]
    )
    card = replace(
        card,
        title=clip(card.title, TITLE),
        author=clip(card.author, AUTHOR),
        footer=clip(card.footer, FOOTER),
        fields=fields,
        url=card.url if card.url and len(card.url) <= URL and card.url.startswith(("https://", "http://")) else None,
    )
    while card.total - size(card.description) > TOTAL and card.fields:
        card = replace(card, fields=card.fields[:-1])
    room = min(DESCRIPTION, TOTAL - (card.total - size(card.description)))
    return replace(card, description=clip(card.description, room))


def within_limits(cards: Sequence[Card]) -> bool:
    """Tell whether Discord takes these cards in one message."""
    return len(cards) <= 10 and sum(card.total for card in cards) <= TOTAL and all(_within(card) for card in cards)  # noqa: PLR2004


def _within(card: Card) -> bool:
    pairs = [(card.title, TITLE), (card.description, DESCRIPTION), (card.author, AUTHOR), (card.footer, FOOTER)]
    pairs += [(field.name, FIELD_NAME) for field in card.fields] + [(field.value, FIELD_VALUE) for field in card.fields]
    filled = all(field.name.strip() and field.value.strip() for field in card.fields)
    return filled and len(card.fields) <= FIELDS and all(size(text) <= most for text, most in pairs)
