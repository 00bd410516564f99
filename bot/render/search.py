"""What was found in a server's archive, as cards: quotes by speaker and topic, articles by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.render.card import Card, fitted, pages
from bot.render.escape import bare, inline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.render.words import Words

_TITLE_SHOWN = 120


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote with its speaker, its article, and the link to the message that showed it."""

    text: str
    speaker: str | None
    inferred: bool
    title: str | None
    url: str | None
    jump: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with the link to the message that showed it."""

    title: str | None
    url: str | None
    jump: str
    seen: datetime


def found_quotes(heading: str, quotes: Sequence[FoundQuote], words: Words) -> list[Card]:
    """The quotes, the newest first, on as many pages as they need."""
    return _paged(heading, [_quote(quote, words) for quote in quotes], words)


def found_articles(heading: str, articles: Sequence[FoundArticle], words: Words) -> list[Card]:
    """The articles, the nearest in meaning first."""
    blocks = [f"**{_named(article)}**\n{_where(article.jump, article.seen)}" for article in articles]
    return _paged(heading, blocks, words)


def _quote(quote: FoundQuote, words: Words) -> str:
    name = f"**{inline(quote.speaker)}**" if quote.speaker else f"*{words.speaker_unknown}*"
    said = words.speaker_likely.format(name=name) if quote.inferred else name
    return f"“{inline(quote.text)}” — {said}\n{_named(quote)} · {_where(quote.jump, quote.seen)}"


def _named(found: FoundQuote | FoundArticle) -> str:
    title = inline(bare(found.title or found.url or "")[:_TITLE_SHOWN]) or "—"
    # A bracket or space in the address would end the link early; such an address is left out.
    linkable = found.url and not any(mark in found.url for mark in " ()<>[]\\")
    return f"[{title}]({found.url})" if linkable else title


def _where(jump: str, seen: datetime) -> str:
    return f"[↗]({jump}) <t:{int(seen.timestamp())}:D>"


def _paged(heading: str, blocks: Sequence[str], words: Words) -> list[Card]:
    filled = pages(blocks or [words.nothing_found])
    return [
        fitted(
            Card(
                title=inline(heading),
                description=text,
                footer=words.page.format(number=number, all=len(filled)) if len(filled) > 1 else "",
            )
        )
        for number, text in enumerate(filled, start=1)
    ]
