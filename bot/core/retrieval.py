"""How well each sentence of an article may answer a question, as numbers for a ranker.

The measures are the levers of passage retrieval for question answering: shared words weighted by rarity, meaning,
the kind of answer wanted, names, neighbours and place. What they are worth is learned (`bot.training.ask`).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.core.survey import root
from bot.text.answer_span import candidates
from bot.text.question import AnswerKind
from bot.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from bot.core.survey import Survey, Surveyed
    from bot.text.question import Question

Column = list[float]
_KINDS = tuple(AnswerKind)
_LONG = 40

SENTENCE_FEATURES = (
    "coverage", "root_coverage", "coverage_gap", "name_coverage", "name_missing", "number_coverage", "wanted", "pairs",
    "density", "with_previous", "with_both", "paragraph_coverage", "lean_on_name", "similarity", "similarity_gap",
    "similarity_z", "previous_similarity", "next_similarity", "window_similarity", "centrality", "fits", "fit_count",
    "fit_missing_names", "place", "relative_place", "first", "length", "short", "long", "leans", "quotes", "asks",
    "prose", "extent", "question_length", "names_asked",
    *(f"wants_{kind}" for kind in _KINDS),
    *(f"fits_{kind}" for kind in _KINDS),
)  # fmt: skip
"""The columns of `measure`, in order."""


def measure(survey: Survey, question: Question, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Measure every sentence against a question: shape (sentences, len(SENTENCE_FEATURES))."""
    columns = [*_overlaps(survey, question), *_meanings(survey, vector), *_fits(survey, question)]
    columns += [*_settings(survey), *_question(survey, question)]
    columns += [*_kinds(survey, question, columns[SENTENCE_FEATURES.index("fits")])]
    return np.array(columns, dtype=np.float32).T.reshape(len(survey.sentences), len(SENTENCE_FEATURES))


def _overlaps(survey: Survey, question: Question) -> list[Column]:
    sentences = survey.sentences
    bags = [set(sentence.stems) for sentence in sentences]
    rooted = [{root(stem) for stem in bag} for bag in bags]
    asked = set(question.terms)
    cover = _coverer(survey, asked)
    alone = [cover(bag) for bag in bags]
    in_root = _coverer(survey, {root(term) for term in asked})
    on_names = _coverer(survey, question.names)
    on_numbers = _coverer(survey, {term for term in asked if term[:1].isdigit()})
    named = [on_names(bag) for bag in bags]
    previous = [rooted[index - 1] if index else set() for index in range(len(bags))]
    following = [*rooted[1:], set()]
    by_paragraph: dict[int, set[str]] = {}
    for sentence, bag in zip(sentences, rooted, strict=True):
        by_paragraph.setdefault(sentence.paragraph, set()).update(bag)
    best = max(alone, default=0.0)
    return [
        alone,
        [in_root(bag) for bag in rooted],
        [value - best for value in alone],
        named,
        [float(bool(question.names) and value == 0) for value in named],
        [on_numbers(bag) for bag in bags],
        [float(question.wanted in bag) for bag in bags],
        [_pairs(question.terms, sentence.stems) for sentence in sentences],
        [value / math.log(8 + sentence.words) for value, sentence in zip(alone, sentences, strict=True)],
        [in_root(bag | before) for bag, before in zip(rooted, previous, strict=True)],
        [in_root(bag | before | after) for bag, before, after in zip(rooted, previous, following, strict=True)],
        [in_root(by_paragraph[sentence.paragraph]) for sentence in sentences],
        [
            float(sentence.leans) * on_names(bags[index - 1]) if index else 0.0
            for index, sentence in enumerate(sentences)
        ],
    ]


def _coverer(survey: Survey, asked: Iterable[str]) -> Callable[[set[str]], float]:
    """Make the measure of how much of what is asked a bag of words holds, rare words counting more."""
    weights = {key: survey.weight(key) for key in sorted(asked)}
    whole = sum(weights.values()) or 1.0
    return lambda bag: sum(weight for key, weight in weights.items() if key in bag) / whole


def _pairs(asked: tuple[str, ...], said: tuple[str, ...]) -> float:
    """The share of the question's neighbouring words that are neighbours in the sentence."""
    pairs = set(pairwise(asked))
    near = set(pairwise(said)) | set(zip(said, said[2:], strict=False))
    return len(pairs & near) / len(pairs) if pairs else 0.0


def _meanings(survey: Survey, vector: NDArray[np.float32]) -> list[Column]:
    vectors = survey.vectors
    near = vectors @ vector
    before = np.concatenate([[0.0], near[:-1]])
    after = np.concatenate([near[1:], [0.0]])
    padded = np.pad(vectors, ((1, 1), (0, 0)))
    window = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    window /= np.maximum(np.linalg.norm(window, axis=1, keepdims=True), 1e-9)
    centre = vectors.mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    spread = max(float(near.std()), 1e-3)
    columns = (near, near - near.max(), (near - near.mean()) / spread, before, after, window @ vector, vectors @ centre)
    return [column.tolist() for column in columns]


def _fits(survey: Survey, question: Question) -> list[Column]:
    counts = [_new_candidates(survey, sentence, question) for sentence in survey.sentences]
    named = [any(stem in question.names for stem in sentence.stems) for sentence in survey.sentences]
    return [
        [float(count > 0) for count in counts],
        [math.log1p(count) for count in counts],
        [float(count > 0 and not has) for count, has in zip(counts, named, strict=True)],
    ]


def _new_candidates(survey: Survey, sentence: Surveyed, question: Question) -> int:
    """Count the spans of the kind wanted that say something that the question does not."""
    text = survey.article.text
    asked = set(question.terms)
    found = candidates(text, sentence.span, question.kind, sentence.mentions)
    return sum(any(word.stem not in asked for word in words(span.of(text))) for span in found)


def _settings(survey: Survey) -> list[Column]:
    sentences = survey.sentences
    count = max(1, len(sentences))
    return [
        [math.log1p(index) for index in range(len(sentences))],
        [index / count for index in range(len(sentences))],
        [float(index == 0) for index in range(len(sentences))],
        [math.log1p(sentence.words) for sentence in sentences],
        [float(sentence.words < 8) for sentence in sentences],  # noqa: PLR2004
        [float(sentence.words > _LONG) for sentence in sentences],
        [float(sentence.leans) for sentence in sentences],
        [float(sentence.quotes) for sentence in sentences],
        [float(sentence.asks) for sentence in sentences],
        [float(sentence.prose) for sentence in sentences],
    ]


def _question(survey: Survey, question: Question) -> list[Column]:
    count = len(survey.sentences)
    values = (math.log1p(count), math.log1p(len(question.terms)), math.log1p(len(question.names)))
    return [[value] * count for value in values]


def _kinds(survey: Survey, question: Question, fits: Column) -> list[Column]:
    count = len(survey.sentences)
    wants = [[float(question.kind is kind)] * count for kind in _KINDS]
    return [*wants, *([float(question.kind is kind) * fit for fit in fits] for kind in _KINDS)]
