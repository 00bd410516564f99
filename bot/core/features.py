"""What is measured of each sentence before its salience is judged.

Position, length, words shared with the rest of the article and with its title, what kind of words they are, and how
near the sentence's embedding lies to those of the article, the lead and the neighbours. The measures are the usual
ones of extractive summarisation (Edmundson 1969; Erkan and Radev 2004, "LexRank"; Ren et al. 2017). Nothing here is
learned; the order of `FEATURES` is the order of the columns.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.core.passages import Passage

_WORD = re.compile(r"[^\W_]+")
STOP = frozenset(
    "a about after again all also am an and any are as at be because been before being but by can could did do does "
    "down during for from further had has have he her here hers him his how i if in into is it its just me more most "
    "my no nor not now of off on once only or other our out over own same she should so some such t s than that the "
    "their them then there these they this those through to too under until up very was we were what when where "
    "which while who whom why will with would you your said says say told mr mrs ms".split()
)
_PAST = re.compile(r"\b(?:\w{2,}ed|was|were|had|said|told|did|began|came|took|made|went|won|found|held|killed|left)\b")
_SPEECH = re.compile(r"\b(?:said|says|told|added|saying|asked|tweeted|wrote|explained|insisted)\b", re.IGNORECASE)
_SHORTEST_STEM = 3
_TOP_WORDS = 12
_SHORT, _LONG = 10, 40
"""In words."""
_LINK = 0.2
"""Sentences nearer than this are linked in the graph that ranks them."""
_EVEN = 1e-6
"""A measure that varies less within an article tells nothing there."""
_MOSTLY = 0.65
"""A sentence that shares more of its content words with another says the same."""
_DATE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|"
    r"november|december|today|yesterday|week)\b",
    re.IGNORECASE,
)
_QUOTE_MARK = re.compile(r"[\"“”‘]|(?<!\w)'|'(?!\w)")


def stems(text: str) -> list[str]:
    """The words of `text` in lower case without their commonest endings."""
    return [_stem(word) for word in _WORD.findall(text.lower().replace("’", "'").replace("'s", ""))]


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


FEATURES = (
    "place", "inverse_place", "relative_place", "first", "second", "third", "opens_paragraph", "paragraph",
    "length", "short", "long", "content_share", "commonness", "top_words", "repeated_pairs",
    "lead_words", "title_words",
    "numbers", "capitals", "quotation", "speech", "question", "date", "past", "leaning", "colon", "bracket",
    "commas",
    "near_centroid", "near_lead", "near_opening", "near_previous", "near_next", "mean_nearness", "nearest",
    "near_title",
    "rank", "article_length",
)  # fmt: skip
"""The columns of `measure`, in order."""


def measure(
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    title: str | None = None,
    title_vector: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Measure every passage: shape (passages, 2 * len(FEATURES)), as they are and standardised within the article.

    `vectors` are the passages' embeddings, one unit row each.
    """
    bags = [stems(passage.text) for passage in passages]
    columns = np.concatenate(
        [_places(passages), _lengths(bags), _words(bags, title), _kinds(passages), _nearness(vectors, title_vector)],
        axis=1,
    )
    extent = np.full((len(passages), 1), math.log1p(len(passages)))
    columns = np.concatenate([columns, extent], axis=1).astype(np.float32)
    spread = columns.std(axis=0)
    standard = (columns - columns.mean(axis=0)) / np.where(spread > _EVEN, spread, 1.0)
    return np.concatenate([columns, standard], axis=1).astype(np.float32)


def _places(passages: Sequence[Passage]) -> NDArray[np.float64]:
    count = len(passages)
    return np.array(
        [
            (
                math.log1p(index), 1 / (1 + index), index / count, *(index == place for place in range(3)),
                passage.opens_paragraph, math.log1p(passage.paragraph),
            )
            for index, passage in enumerate(passages)
        ],
        dtype=np.float64,
    )  # fmt: skip


def _lengths(bags: Sequence[list[str]]) -> NDArray[np.float64]:
    return np.array([(math.log1p(len(bag)), len(bag) < _SHORT, len(bag) > _LONG) for bag in bags], dtype=np.float64)


def _words(bags: Sequence[list[str]], title: str | None) -> NDArray[np.float64]:
    content = [[word for word in bag if word not in STOP] for bag in bags]
    # Each word once in the order of the text, since a set has another order in every process, and which of two equally
    # frequent words is among the top ones, and the last digit of a sum, would hang on it.
    spread = Counter(word for bag in content for word in dict.fromkeys(bag))
    top = {word for word, count in spread.most_common(_TOP_WORDS) if count > 1}
    pairs = [set(pairwise(bag)) for bag in bags]
    pair_spread = Counter(pair for group in pairs for pair in group)
    title_words = set(stems(title or "")) - STOP
    lead = set(content[0])
    rows = []
    for index, (bag, words, group) in enumerate(zip(bags, content, pairs, strict=True)):
        kinds = dict.fromkeys(words).keys()
        rows.append((
            len(words) / max(1, len(bag)),
            sum(math.log(spread[word]) for word in kinds) / max(1, len(kinds)),
            len(kinds & top) / max(1, len(top)),
            sum(pair_spread[pair] > 1 for pair in group) / max(1, len(group)),
            len(kinds & lead) / max(1, len(lead)) if index else 0.0,
            len(kinds & title_words) / max(1, len(title_words)),
        ))  # fmt: skip
    return np.array(rows, dtype=np.float64)


def _kinds(passages: Sequence[Passage]) -> NDArray[np.float64]:
    return np.array([_kind(passage) for passage in passages], dtype=np.float64)


def _kind(passage: Passage) -> tuple[float, ...]:
    text = passage.text
    words = text.split()
    return (
        math.log1p(sum(any(mark.isdigit() for mark in word) for word in words)),
        sum(word[:1].isupper() for word in words[1:]) / max(1, len(words) - 1),
        bool(_QUOTE_MARK.search(text)), bool(_SPEECH.search(text)), "?" in text, bool(_DATE.search(text)),
        bool(_PAST.search(text)), passage.leaning, ":" in text, "(" in text, math.log1p(text.count(",")),
    )  # fmt: skip


def _nearness(vectors: NDArray[np.float32], title: NDArray[np.float32] | None) -> NDArray[np.float64]:
    count = len(vectors)
    near = (vectors @ vectors.T).astype(np.float64)
    others = near - np.eye(count) * near
    previous = np.concatenate([[0.0], np.diagonal(near, -1)])
    following = np.concatenate([np.diagonal(near, 1), [0.0]])
    return np.stack(
        [
            _unit(vectors.mean(axis=0)) @ vectors.T, near[0], _unit(vectors[:4].mean(axis=0)) @ vectors.T,
            previous, following,
            others.sum(axis=1) / max(1, count - 1), others.max(axis=1),
            np.zeros(count) if title is None else vectors @ title, _rank(others),
        ],
        axis=1,
    )  # fmt: skip


def nearness(passages: Sequence[Passage], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """How alike each two are: the cosine of their embeddings, or 1 where the words of one are mostly the other's."""
    bags = [set(stems(passage.text)) - STOP for passage in passages]
    near = (vectors @ vectors.T).astype(np.float32)
    for one, other in combinations(range(len(bags)), 2):
        if len(bags[one] & bags[other]) > _MOSTLY * min(len(bags[one]), len(bags[other])):
            near[one, other] = near[other, one] = 1.0
    return near


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def _rank(others: NDArray[np.float64]) -> NDArray[np.float64]:
    """LexRank over the similarities above a floor, times the number of sentences, so that 1 is the mean."""
    count = len(others)
    links = np.where(others > _LINK, others, 0.0) + 1e-6
    links /= links.sum(axis=1, keepdims=True)
    weight = np.full(count, 1 / count)
    for _ in range(20):
        weight = 0.15 / count + 0.85 * weight @ links
    return weight * count
