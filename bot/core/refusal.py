"""Whether an article answers a question at all, as numbers for a calibrated classifier.

After the measures of Rajpurkar et al. (2018, "Know What You Don't Know") and of open retrieval: how well the best
sentences do, how far they stand out, and which words and names of the question the article never mentions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from bot.core.retrieval import SENTENCE_FEATURES
from bot.core.survey import root
from bot.text.question import AnswerKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.core.survey import Survey
    from bot.text.question import Question

_OF_THE_BEST = (
    "coverage", "root_coverage", "name_coverage", "number_coverage", "wanted", "pairs", "with_both", "similarity",
    "similarity_z", "window_similarity", "fits", "fit_missing_names", "relative_place", "prose",
)  # fmt: skip
_COLUMNS = tuple(SENTENCE_FEATURES.index(name) for name in _OF_THE_BEST)
_PEAKS = tuple(
    SENTENCE_FEATURES.index(name) for name in ("coverage", "with_both", "name_coverage", "pairs", "similarity", "fits")
)
_KINDS = tuple(AnswerKind)

_PLAIN = (
    "score", "margin", "share", "spread",
    *(f"best_{name}" for name in _OF_THE_BEST),
    *(f"peak_{SENTENCE_FEATURES[column]}" for column in _PEAKS),
    "peak_sum", "peak_window_sum", "mean_similarity", "mean_top_five", "mean_top_three",
    "known", "known_names", "unknown_names", "known_wanted",
    "extent", "question_length", "names",
    *(f"wants_{kind}" for kind in _KINDS),
)  # fmt: skip
# A long question that is answered shares much with its article, a short one need not: these count by its length.
_BY_LENGTH = (
    "score", "peak_sum", "peak_similarity", "mean_similarity", "mean_top_three", "best_coverage", "known",
    "known_names", "unknown_names",
)  # fmt: skip
_USUAL_LENGTH = 2.0
"""The logarithm of one and the number of terms of a question of middling length."""

ARTICLE_FEATURES = (*_PLAIN, *(f"{name}_by_length" for name in _BY_LENGTH))
"""The columns of `weigh`, in order."""


def weigh(
    survey: Survey, question: Question, rows: NDArray[np.float32], scores: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Measure what speaks for an answer being there, from the sentences' measures and scores (at least one)."""
    order = np.argsort(-scores, kind="stable")
    best = rows[order[0]]
    values = [
        *_standing(scores[order]),
        *best[list(_COLUMNS)],
        *rows[:, list(_PEAKS)].max(axis=0),
        *_nearness(rows),
        *_knowledge(survey, question),
        math.log1p(len(scores)),
        math.log1p(len(question.terms)),
        math.log1p(len(question.names)),
        *(float(question.kind is kind) for kind in _KINDS),
    ]
    plain = np.array(values, dtype=np.float32)
    by_length = plain[[_PLAIN.index(name) for name in _BY_LENGTH]]
    length = plain[_PLAIN.index("question_length")] - _USUAL_LENGTH
    row: NDArray[np.float32] = np.concatenate([plain, by_length * length])
    return row


def _nearness(rows: NDArray[np.float32]) -> tuple[float, ...]:
    """How near the article comes in words and meaning together, and in meaning over several sentences."""
    coverage, window, similarity = (
        rows[:, SENTENCE_FEATURES.index(name)] for name in ("coverage", "with_both", "similarity")
    )
    falling = np.sort(similarity)[::-1]
    peaks = float((coverage + similarity).max()), float((window + similarity).max())
    return *peaks, float(similarity.mean()), float(falling[:5].mean()), float(falling[:3].mean())


def _standing(falling: NDArray[np.float32]) -> tuple[float, float, float, float]:
    """How the best stands among all: its score, its lead, its share of the probability, and the others' spread."""
    odds = np.exp(falling - falling[0])
    lead = float(falling[0] - falling[1]) if len(falling) > 1 else 0.0
    return float(falling[0]), lead, float(1 / odds.sum()), float(falling[0] - np.median(falling))


def _knowledge(survey: Survey, question: Question) -> tuple[float, float, float, float]:
    """How much of the question the article mentions anywhere: its words, its names, the noun it asks for."""
    weights = {term: survey.weight(term) for term in sorted(set(question.terms))}
    known = {term for term in weights if root(term) in survey.spread}
    share = sum(weights[term] for term in sorted(known)) / (sum(weights.values()) or 1.0)
    named = len(question.names & known) / len(question.names) if question.names else 1.0
    return share, named, float(len(question.names - known)), float(question.wanted is None or question.wanted in known)
