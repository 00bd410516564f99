"""What a reader makes of an article's likely passages: for each sentence its best answer span, as numbers for a ranker.

Only passages around the sentences that rank best are read, since reading costs far more than ranking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.article import Span
from bot.text.question import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bot.core.survey import Survey
    from bot.model.base import Reader, Reading

_PASSAGE_WORDS = 110
_PASSAGES = 4
_LONGEST = 24
"""Tokens of the longest answer span."""
_UNREAD = -12.0
_SURE = 0.1

READ_FEATURES = ("rank_score", "rank_gap", "rank_share", "read", "span_score", "span_gap", "span_mass")
"""The columns of `Marked.rows`, in order."""
READ_ARTICLE_FEATURES = ("span_here", "mass_here", "span_best", "span_lead", "agreed")
"""The columns of `Marked.sum_up`, in order."""


@dataclass(frozen=True, slots=True)
class Marked:
    """For each sentence: the columns `READ_FEATURES`, and its likeliest answer (None where it was not read)."""

    rows: NDArray[np.float32]
    spans: tuple[Span | None, ...]

    def words(self, chosen: int, kind: AnswerKind) -> Span | None:
        """The words of sentence `chosen` that answer a question of `kind`; None where the whole sentence does better.

        Measured: a reason or a statement is mostly more than the reader marks, and so is a thing it is not sure of.
        """
        sure = self.rows[chosen, READ_FEATURES.index("span_mass")] >= _SURE
        return self.spans[chosen] if kind.is_exact or (kind is AnswerKind.THING and sure) else None

    def sum_up(self, chosen: int) -> NDArray[np.float32]:
        """Measure what the reader says for an answer being there, where sentence `chosen` ranks first."""
        span_score, mass = (self.rows[:, READ_FEATURES.index(name)] for name in ("span_score", "span_mass"))
        falling = np.sort(span_score)[::-1]
        lead = falling[0] - falling[1] if len(falling) > 1 else 0.0
        agreed = float(span_score[chosen] == falling[0])
        return np.array([span_score[chosen], mass[chosen], falling[0], lead, agreed], dtype=np.float32)


def mark(survey: Survey, question: str, scores: NDArray[np.float32], reader: Reader) -> Marked:
    """Read the passages around the sentences with the best scores (there is at least one sentence)."""
    passages = _likely(list(_passages(survey)), scores)
    text = survey.article.text
    bounds = [Span(survey.sentences[first].span.start, survey.sentences[last].span.end) for first, last in passages]
    readings = reader.read(question, [bound.of(text) for bound in bounds])
    best = np.full(len(scores), _UNREAD, dtype=np.float32)
    mass = np.zeros(len(scores), dtype=np.float32)
    spans: list[Span | None] = [None] * len(scores)
    for (first, last), bound, reading in zip(passages, bounds, readings, strict=True):
        shares = _shares(reading)
        for index in range(first, last + 1):
            inside = _inside(reading, survey.sentences[index].span, bound.start)
            found = _best(reading, inside)
            if found is not None and found[0] > best[index]:
                best[index], mass[index] = found[0], shares[inside].sum()
                spans[index] = Span(bound.start + found[1], bound.start + found[2])
    return Marked(_rows(scores, best, mass), tuple(spans))


def _passages(survey: Survey) -> Iterator[tuple[int, int]]:
    """Cut the article into runs of sentences (first and last), each beginning with the last of the one before."""
    sentences = survey.sentences
    first = 0
    while True:
        last, count = first, sentences[first].words
        while last + 1 < len(sentences) and count + sentences[last + 1].words <= _PASSAGE_WORDS:
            last += 1
            count += sentences[last].words
        yield first, last
        if last + 1 >= len(sentences):
            return
        first = max(first + 1, last)


def _likely(passages: Sequence[tuple[int, int]], scores: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The passages with the best sentences, in the order of the article."""
    best = sorted(passages, key=lambda passage: -float(scores[passage[0] : passage[1] + 1].max()))
    return sorted(best[:_PASSAGES])


def _inside(reading: Reading, sentence: Span, offset: int) -> NDArray[np.intp]:
    """The tokens of a sentence, in a passage that begins at `offset`."""
    return np.flatnonzero((reading.starts + offset >= sentence.start) & (reading.ends + offset <= sentence.end))


def _best(reading: Reading, inside: NDArray[np.intp]) -> tuple[float, int, int] | None:
    """The likeliest span among some tokens: its score and its offsets in the passage."""
    if not len(inside):
        return None
    pairs = reading.opens[inside][:, None] + reading.closes[inside][None, :]
    allowed = np.triu(np.ones_like(pairs, dtype=bool)) & ~np.triu(np.ones_like(pairs, dtype=bool), _LONGEST)
    pairs = np.where(allowed, pairs, -np.inf)
    opening, closing = divmod(int(pairs.argmax()), len(inside))
    return float(pairs[opening, closing]), int(reading.starts[inside[opening]]), int(reading.ends[inside[closing]])


def _shares(reading: Reading) -> NDArray[np.float32]:
    """The probability that the answer starts at each token; what is missing to one is that there is none."""
    odds = np.exp(np.clip(reading.opens, -30, 30))
    shares: NDArray[np.float32] = odds / (1 + odds.sum())
    return shares


def _rows(scores: NDArray[np.float32], best: NDArray[np.float32], mass: NDArray[np.float32]) -> NDArray[np.float32]:
    odds = np.exp(scores - scores.max())
    columns = (scores, scores - scores.max(), odds / odds.sum(), best > _UNREAD, best, best - best.max(), mass)
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
