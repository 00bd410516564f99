"""Where in the article something stands, and what stands there: the parts that terminal and cards share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.article import Article, Span, Speaker

_WORDS_A_MINUTE = 230
"""Adults read English non-fiction at 238 words a minute (Brysbaert 2019); rounded down."""
_PRONOUNS = frozenset("he she it they this that who which one i we you".split())


def paragraph_number(article: Article, span: Span) -> int:
    """The paragraph that a span begins in, counted from 1."""
    return max(1, sum(paragraph.span.start <= span.start for paragraph in article.paragraphs))


def places(article: Article, spans: Iterable[Span]) -> str:
    """The paragraphs that some spans begin in, as "¶2, ¶5"."""
    return ", ".join(f"¶{number}" for number in sorted({paragraph_number(article, span) for span in spans}))


def is_named(speaker: Speaker | None) -> TypeGuard[Speaker]:
    """Tell whether a speaker's name tells a reader anything: a pronoun that was not resolved does not."""
    return speaker is not None and speaker.name.lower() not in _PRONOUNS


def word_count(text: str) -> int:
    """How many words a text has, for a reader."""
    return len(text.split())


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))
