"""The sentences of an article that a summary may show, cut as it would show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import ParagraphKind
from bot.text.standalone import Standing, bare_span, standing

if TYPE_CHECKING:
    from bot.article import Article, Sentence, Span

_SHOWN = frozenset({ParagraphKind.PROSE, ParagraphKind.ITEM})
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that a summary may show, without its dateline, and how it reads alone."""

    span: Span
    text: str
    sentence: int
    paragraph: int
    opens_paragraph: bool
    standing: Standing

    @property
    def leaning(self) -> bool:
        """Tell whether it needs the sentence before it."""
        return self.standing is Standing.LEANING


def find_passages(article: Article) -> tuple[Passage, ...]:
    """Cut the sentences of the article's prose: no heading, caption's paragraph, overlong line or repeated title."""
    title = _words(article.title or "")
    return tuple(
        _passage(article, index, sentence)
        for index, sentence in enumerate(article.sentences)
        if article.paragraphs[sentence.paragraph].kind in _SHOWN
        and len(sentence.span) <= _LONGEST
        and _words(sentence.span.of(article.text)) != title
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _passage(article: Article, index: int, sentence: Sentence) -> Passage:
    span = bare_span(article.text, sentence.span)
    text = span.of(article.text)
    opens = index == 0 or article.sentences[index - 1].paragraph != sentence.paragraph
    return Passage(span, text, index, sentence.paragraph, opens, standing(text))
