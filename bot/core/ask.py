"""Answer a question from one article: the sentences that bear on it, the exact words, or that it does not say.

Every sentence is measured against the question and scored by a small ranker. Where there is a reader, it reads the
likeliest passages, and a second ranker weighs what it marks. A classifier gives the probability that the article
answers at all, and under a threshold nothing is claimed. Nothing is written: an answer is a span of the article. The
weights are fitted by `bot.training.ask`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load

from bot.article import Answer, Span
from bot.core.ranker import Ranker
from bot.core.reading import mark
from bot.core.refusal import weigh
from bot.core.retrieval import measure
from bot.core.survey import survey
from bot.errors import EmptyInput
from bot.text.answer_span import choose
from bot.text.question import read_question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from bot.article import Article
    from bot.core.survey import Survey
    from bot.model.base import Encoder, Reader
    from bot.text.question import Question

_EVIDENCE = 3
_WEIGHTS = "ask.safetensors"


@dataclass(frozen=True, slots=True)
class _Scorers:
    """What was learned: which sentence answers, whether any does, and how sure one has to be."""

    sentence: Ranker
    article: Ranker
    threshold: float

    @classmethod
    def named(cls, weights: Mapping[str, NDArray[np.float32]], name: str) -> _Scorers:
        sentence, article = (Ranker.named(weights, f"{name}.{part}") for part in ("sentence", "article"))
        return cls(sentence, article, float(weights[f"{name}.threshold"][0]))


@dataclass(frozen=True, slots=True)
class _Found:
    """The sentences by how likely they answer, how likely any does, and the words that do so best."""

    order: NDArray[np.intp]
    confidence: float
    threshold: float
    span: Span | None


def ask(article: Article, question: str, encoder: Encoder, reader: Reader | None = None) -> Answer:
    """Answer `question` from `article`; raises EmptyInput where nothing is asked.

    The answer's `evidence` is whole sentences, best first, also where the article does not say.
    """
    read = read_question(question)
    if not read.text:
        message = "The question is empty."
        raise EmptyInput(message, "Ask something about the article.")
    if not article.sentences:
        return Answer(None, 0.0, ())
    surveyed = survey(article, encoder)
    rows = measure(surveyed, read, encoder.encode([read.text])[0])
    found = _by_words(surveyed, read, rows) if reader is None else _by_reading(surveyed, read, rows, reader)
    evidence = tuple(surveyed.sentences[index].span for index in found.order[:_EVIDENCE])
    if found.confidence < found.threshold:
        return Answer(None, found.confidence, evidence)
    return Answer((found.span or evidence[0]).of(article.text), found.confidence, evidence, found.span)


def _by_words(surveyed: Survey, question: Question, rows: NDArray[np.float32]) -> _Found:
    """Find the answer by the measures alone, its words by their kind."""
    scorers = _scorers("plain")
    scores = scorers.sentence.score(rows)
    order = np.argsort(-scores, kind="stable")
    best = surveyed.sentences[order[0]]
    span = choose(surveyed.article.text, best.span, question, best.mentions)
    confidence = _probability(scorers.article, weigh(surveyed, question, rows, scores))
    return _Found(order, confidence, scorers.threshold, span)


def _by_reading(surveyed: Survey, question: Question, rows: NDArray[np.float32], reader: Reader) -> _Found:
    """Find the answer by the measures and by what the reader marks in the likeliest passages."""
    scorers = _scorers("read")
    marked = mark(surveyed, question.text, _scorers("plain").sentence.score(rows), reader)
    scores = scorers.sentence.score(marked.rows)
    order = np.argsort(-scores, kind="stable")
    words = marked.words(int(order[0]), question.kind)
    row = np.concatenate([weigh(surveyed, question, rows, scores), marked.sum_up(int(order[0]))])
    return _Found(order, _probability(scorers.article, row), scorers.threshold, words)


def _probability(scorer: Ranker, row: NDArray[np.float32]) -> float:
    logit = float(scorer.score(row[None])[0])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def _scorers(name: str) -> _Scorers:
    return _Scorers.named(load(files("bot.core").joinpath(_WEIGHTS).read_bytes()), name)
