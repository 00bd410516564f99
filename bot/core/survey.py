"""An article made ready for questions: each sentence's words, names and meaning, computed once for all of them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from bot.article import ParagraphKind
from bot.text.answer_span import Mention
from bot.text.names import find_names
from bot.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Hashable

    import numpy as np
    from numpy.typing import NDArray

    from bot.article import Article, Span
    from bot.model.base import Encoder

_PRONOUN = re.compile(r"[\"“]?(?:He|She|They|His|Her|Their|It|Its|The \w+)\b")
_ROOT = 5
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One sentence: the stems of its content words in order, what it names, and how it is set."""

    span: Span
    stems: tuple[str, ...]
    mentions: tuple[Mention, ...]
    paragraph: int
    words: int
    leans: bool
    """Opens with a pronoun or "the …", so that who is meant stands before it."""
    quotes: bool
    asks: bool
    prose: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """An article's sentences, their unit vectors (one row each), and how many of them hold each stem."""

    article: Article
    sentences: tuple[Surveyed, ...]
    vectors: NDArray[np.float32]
    spread: dict[str, int]

    def weight(self, stem: str) -> float:
        """How much a word tells sentences apart: its inverse sentence frequency."""
        return math.log(1 + len(self.sentences) / (self.spread.get(stem, 0) + 0.5))


def survey(article: Article, encoder: Encoder) -> Survey:
    """Read an article for questions; the last few are kept, since questions on one article follow one another."""
    return _surveys(article, cast("Hashable", encoder))


@lru_cache(maxsize=_KEPT)
def _surveys(article: Article, encoder: Encoder) -> Survey:
    sentences = _sentences(article)
    vectors = encoder.encode([sentence.span.of(article.text) for sentence in sentences])
    stems = Counter(stem for sentence in sentences for stem in set(sentence.stems))
    roots = Counter(key for sentence in sentences for key in {root(stem) for stem in sentence.stems})
    return Survey(article, sentences, vectors, {**roots, **stems})


def root(stem: str) -> str:
    """A key shared by "deploy" and "deployment": the first letters, marked so that no stem equals it."""
    return "~" + stem[:_ROOT]


def _sentences(article: Article) -> tuple[Surveyed, ...]:
    starts = [sentence.span.start for sentence in article.sentences]
    mentions: list[list[Mention]] = [[] for _ in starts]
    for name in find_names(article):
        for span in name.mentions:
            mentions[max(0, bisect_right(starts, span.start) - 1)].append(Mention(span, name.kind))
    return tuple(_surveyed(article, index, tuple(here)) for index, here in enumerate(mentions))


def _surveyed(article: Article, index: int, mentions: tuple[Mention, ...]) -> Surveyed:
    sentence = article.sentences[index]
    text = article.sentence_text(index)
    found = words(text)
    return Surveyed(
        span=sentence.span,
        stems=tuple(word.stem for word in found if word.is_content),
        mentions=mentions,
        paragraph=sentence.paragraph,
        words=len(found),
        leans=bool(_PRONOUN.match(text)),
        quotes='"' in text or "“" in text,
        asks=text.endswith("?"),
        prose=article.paragraphs[sentence.paragraph].kind is ParagraphKind.PROSE,
    )
