"""How much each word of an article matters: the share of summaries of it that would have the word, as trees judge it.

The measures are the usual ones (Hong and Nenkova 2014, "Improving the Estimation of Word Importance for News
Multi-Document Summarization"): how often, how early and where a word stands, whether it is a name or a number, and how
much the sentences tell that have it. Nothing here is learned; the order of `MEASURES` is the order of the columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bot.core.features import STOP, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.core.trees import Trees

MEASURES = (
    "count", "spread", "first", "first_share", "in_first", "in_three", "of_five", "capitals", "letters", "number",
    "place", "best", "mean", "rank", "of_top_five", "sentences", "adverb",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_EARLY, _TOP = 5, 5


@dataclass(slots=True)
class _Word:
    """Where and how a word stands in an article."""

    first: int
    place: float
    letters: int
    is_number: bool
    count: int = 0
    inside: int = 0
    capitals: int = 0
    sentences: set[int] = field(default_factory=set)


def weigh(sentences: Sequence[str], salience: NDArray[np.float32], trees: Trees) -> dict[str, float]:
    """Give each content word's stem its importance, 0 to 1; `salience` is how much each of `sentences` tells."""
    words, rows = measure(sentences, salience)
    if not words:
        return {}
    return dict(zip(words, np.clip(trees.judge(rows), 0.0, 1.0).tolist(), strict=True))


def units(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stems(text)) - STOP


def measure(sentences: Sequence[str], salience: NDArray[np.float32]) -> tuple[list[str], NDArray[np.float32]]:
    """The content words' stems of an article in their order, and one row of measures for each."""
    words: dict[str, _Word] = {}
    for index, sentence in enumerate(sentences):
        _read(words, index, _WORD.findall(sentence.replace("’", "'").replace("'s", "")))
    ranks = np.empty(len(sentences))
    ranks[np.argsort(-salience)] = np.arange(len(sentences))
    rows = [_row(stem, word, len(sentences), salience, ranks) for stem, word in words.items()]
    return list(words), np.array(rows, dtype=np.float32).reshape(len(rows), len(MEASURES))


def _read(words: dict[str, _Word], sentence: int, found: Sequence[str]) -> None:
    for place, written in enumerate(found):
        for stem in stems(written):
            if stem in STOP:
                continue
            word = words.setdefault(stem, _Word(sentence, place / len(found), len(written), written[0].isdigit()))
            word.count += 1
            word.inside += place > 0
            word.capitals += place > 0 and written[0].isupper()
            word.sentences.add(sentence)


def _row(
    stem: str, word: _Word, sentences: int, salience: NDArray[np.float32], ranks: NDArray[np.float64]
) -> list[float]:
    places = sorted(word.sentences)
    return [
        float(np.log(word.count)),
        len(places) / sentences,
        word.first,
        word.first / sentences,
        float(places[0] == 0),
        float(places[0] < 3),  # noqa: PLR2004  the lead
        float(sum(place < _EARLY for place in places)),
        word.capitals / max(1, word.inside),
        word.letters,
        float(word.is_number),
        word.place,
        float(salience[places].max()),
        float(salience[places].mean()),
        float(ranks[places].min()),
        float((ranks[places] < _TOP).sum()),
        sentences,
        float(stem.endswith("ly")),
    ]
