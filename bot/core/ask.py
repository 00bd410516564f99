"""Answer a question from one article: the sentences that bear on it, the exact words, or that it does not say.

Every sentence is measured against the question and scored by a small ranker; a second scorer gives the probability
that the article answers at all, and under a threshold nothing is claimed. Nothing is written: an answer is a span of
the article. The weights are fitted by `bot.training.ask`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load

from bot.article import Answer
from bot.core.ranker import Ranker
from bot.core.refusal import weigh
from bot.core.retrieval import measure
from bot.core.survey import survey
from bot.errors import EmptyInput
from bot.text.answer_span import choose
from bot.text.question import read_question

if TYPE_CHECKING:
    from bot.article import Article
    from bot.model.base import Encoder

_EVIDENCE = 3
_WEIGHTS = "ask.safetensors"


@dataclass(frozen=True, slots=True)
class _Scorers:
    """What was learned: which sentence answers, whether any does, and how sure one has to be."""

    sentence: Ranker
    article: Ranker
    threshold: float


def ask(article: Article, question: str, encoder: Encoder) -> Answer:
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
    scorers = _scorers()
    rows = measure(surveyed, read, encoder.encode([read.text])[0])
    scores = scorers.sentence.score(rows)
    order = np.argsort(-scores, kind="stable")[:_EVIDENCE]
    evidence = tuple(surveyed.sentences[index].span for index in order)
    confidence = _sigmoid(float(scorers.article.score(weigh(surveyed, read, rows, scores)[None])[0]))
    if confidence < scorers.threshold:
        return Answer(None, confidence, evidence)
    best = surveyed.sentences[order[0]]
    span = choose(article.text, best.span, read, best.mentions)
    return Answer((span or best.span).of(article.text), confidence, evidence, span)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def _scorers() -> _Scorers:
    weights = load(files("bot.core").joinpath(_WEIGHTS).read_bytes())
    return _Scorers(Ranker.named(weights, "sentence"), Ranker.named(weights, "article"), float(weights["threshold"][0]))
