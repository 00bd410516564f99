"""Is a given summary supported by a given article, statement by statement?

A small model weighs the measures of `support`. A statement's score is the probability that the article says it, and
a summary's the product of its statements' (the noisy-or of multiple-instance learning, Maron and Lozano-Pérez 1998:
labels are known for summaries, not for statements). What is *shown* as rewritten passes `bot.text.verify` instead,
which is stricter and needs no model.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from bot.article import CheckedStatement, Verdict
from bot.core.support import FEATURES, measure, read
from bot.text.given_numbers import GivenNumbers
from bot.text.segment import segment
from bot.text.verify import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.article import Article
    from bot.core.support import Support
    from bot.model.base import Encoder

_MOST_STATEMENTS = 100
_INVENTED = 0.1
_CLIP = 4.0
"""Standard deviations beyond which a measure tells no more."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The weights of the model: a statement's measures to the probability that it is supported."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    threshold: float
    """A summary of this score or more counts as supported: where both kinds of error are equally frequent."""

    def scores(self, measures: NDArray[np.floating]) -> NDArray[np.float64]:
        """The probability of support for each row of measures."""
        doubt = np.clip((measures - self.mean) / self.scale, -_CLIP, _CLIP) @ self.weights + self.bias
        scores: NDArray[np.float64] = np.exp(-np.logaddexp(0.0, doubt))
        return scores


@cache
def judge() -> Judge:
    """Read the committed weights."""
    stored = json.loads(resources.files("bot.core").joinpath("check.json").read_text(encoding="utf-8"))
    rows = [stored["measures"][name] for name in FEATURES]
    mean, scale, weights = np.array(rows, dtype=np.float64).T
    return Judge(mean, scale, weights, float(stored["bias"]), float(stored["threshold"]))


def check(article: Article, summary: str, encoder: Encoder) -> Verdict:
    """Check each statement of `summary`; the verdict's score ranks summaries. An empty summary is not supported."""
    statements = statements_of(summary)
    if not statements:
        return Verdict(supported=False, score=0.0, statements=())
    found = weigh(article, statements, encoder)
    model = judge()
    scores = model.scores(np.stack([support.measures for support in found])) * _penalties(article, found)
    score = float(np.prod(scores))
    supported = score >= model.threshold
    marks = [True] * len(statements) if supported else _marks(found, scores, model.threshold)
    checked = tuple(
        _checked(article, statement, support, float(each), supported=mark)
        for statement, support, each, mark in zip(statements, found, scores, marks, strict=True)
    )
    return Verdict(supported, score, checked)


def _penalties(article: Article, found: Sequence[Support]) -> NDArray[np.float64]:
    """What each score is multiplied by: little where a statement has a number that the article gives nowhere.

    The model saw too few of these to learn it: a wrong score or year in true words looked well supported to it.
    """
    disputed = [
        [problem.words for problem in support.finding.problems if problem.kind is ProblemKind.NUMBER]
        for support in found
    ]
    given = GivenNumbers.of(article.text) if any(disputed) else None
    return np.array([1.0 if given is None or all(map(given.has, words)) else _INVENTED for words in disputed])


def _marks(found: Sequence[Support], scores: NDArray[np.float64], threshold: float) -> list[bool]:
    """Which statements of a summary that is not supported are themselves, never all.

    What would do for a summary of its own, and what the gate has nothing against, is not to blame for the others.
    """
    least = math.pow(threshold, 1 / len(found))
    is_high = [bool(score >= least) for score in scores]
    is_good = [
        high or bool(support.finding.supported and score >= threshold)
        for high, support, score in zip(is_high, found, scores, strict=True)
    ]
    return is_high if all(is_good) else is_good


def statements_of(summary: str) -> list[str]:
    """The sentences of a summary, at most a hundred; the rest is taken as one more."""
    parsed = segment(summary)
    spans = [sentence.span for sentence in parsed.sentences]
    texts = [span.of(summary) for span in spans[:_MOST_STATEMENTS]]
    return texts if len(spans) <= _MOST_STATEMENTS else [*texts, summary[spans[_MOST_STATEMENTS].start :]]


def weigh(article: Article, statements: Sequence[str], encoder: Encoder) -> list[Support]:
    """Measure how well the article supports each statement."""
    reading = read(article, encoder)
    vectors = encoder.encode(statements)
    return [
        measure(reading, statement, vectors[index], statements[:index]) for index, statement in enumerate(statements)
    ]


def _checked(article: Article, statement: str, support: Support, score: float, *, supported: bool) -> CheckedStatement:
    evidence = tuple(article.sentences[index].span for index in support.evidence)
    if supported:
        return CheckedStatement(statement, supported=True, score=score, evidence=evidence)
    reason = support.finding.reason or "The article does not say this in so many words."
    return CheckedStatement(statement, supported=False, score=score, evidence=evidence, reason=reason)
