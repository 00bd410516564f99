"""The writer's own words as a row of words in which each quotation is one item.

Who speaks is told by the words around a quotation, so the attribution rules want distances, neighbours and
sentence ends that do not count what is said inside the marks. It knows no names and no verbs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Article, Span
from bot.text import cues
from bot.text.capitals import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.marks import Quotation

_STOP = re.compile(r"[.!?,;\"“]\s|\n")
_TAG_LENGTH = 60
_TAG_WORDS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A word of the writer's, or a whole quotation (`quotation` is its index then, else None)."""

    span: Span
    form: str
    sentence: int
    paragraph: int
    quotation: int | None = None
    possessive: bool = False
    after_comma: bool = False
    """A comma, colon or other stop stands before it."""

    @property
    def lower(self) -> str:
        """The form in lower case, for the word lists."""
        return self.form.lower()


class Frame:
    """The row of items of an article, with the place of each quotation and of each sentence."""

    def __init__(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self.text = article.text
        self.items: tuple[Item, ...] = tuple(_items(article, quotations))
        self.places = {item.quotation: at for at, item in enumerate(self.items) if item.quotation is not None}
        self._starts = [item.span.start for item in self.items]
        self._sentences: dict[int, tuple[int, int]] = {}
        for at, item in enumerate(self.items):
            self._sentences[item.sentence] = (self._sentences.get(item.sentence, (at, at))[0], at)
        self._worded = {item.sentence for item in self.items if item.quotation is None}

    def at(self, offset: int) -> int:
        """The index of the last item that begins at or before `offset`; -1 where there is none."""
        return bisect_right(self._starts, offset) - 1

    def sentence(self, at: int) -> tuple[int, int]:
        """The indices of the first and the last item of the sentence that item `at` stands in."""
        return self._sentences[self.items[at].sentence]

    def has_words(self, at: int) -> bool:
        """Tell whether the sentence of item `at` holds words of the writer's."""
        return self.items[at].sentence in self._worded


def _items(article: Article, quotations: Sequence[Quotation]) -> Iterator[Item]:
    text = article.text
    number, cut = 0, 0
    following = iter(enumerate(quotations))
    index, part = next(following, (0, None))
    for sentence in article.sentences:
        span = sentence.span
        if span.start >= cut and not (cut and _goes_on(text, cut, span.start)):
            number += 1
        position = max(span.start, cut)
        while part is not None and part.outer.start < span.end:
            yield from _words(text, Span(position, max(position, part.outer.start)), number, sentence.paragraph)
            yield Item(part.outer, "", number, sentence.paragraph, index)
            position = cut = part.outer.end
            index, part = next(following, (0, None))
        if position < span.end:
            yield from _words(text, Span(position, span.end), number, sentence.paragraph)


def _goes_on(text: str, cut: int, start: int) -> bool:
    """Tell whether a new sentence after a quotation is but its tag: “Why?” Smith asked."""
    if text[cut - 2] == "." or "\n" in text[cut:start]:
        return False
    tag = _STOP.split(text[start : start + _TAG_LENGTH], maxsplit=1)[0]
    return any(word in cues.VERBS for word in tag.split()[:_TAG_WORDS])


def _words(text: str, within: Span, sentence: int, paragraph: int) -> Iterator[Item]:
    end = within.start
    for word in words_of(text, within):
        gap = text[end : word.span.start] if end > within.start else text[max(0, end - 1) : word.span.start]
        stop = any(char in ",;:()–—" for char in gap)
        yield Item(word.span, word.form, sentence, paragraph, None, word.possessive, stop)
        end = word.span.end
