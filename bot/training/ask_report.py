"""The figures of `bot.training.ask`: the right sentence found, questions refused that have no answer, exact words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from bot.training.ask_cases import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bot.training.ask_cases import Case


def report(
    group: Sequence[Case], scores: Sequence[NDArray[np.float32]], chances: NDArray[np.floating], threshold: float
) -> Iterator[str]:
    """Say for each set how often the right sentence is found, and how well refusals are told."""
    for source in sorted({case.source for case in group}):
        here = [index for index, case in enumerate(group) if case.source == source]
        cases, mine = [group[index] for index in here], chances[here]
        answerable = np.array([case.answerable for case in cases])
        orders = [np.argsort(-scores[index], kind="stable") for index in here]
        refused = mine < threshold
        hits = int((refused & ~answerable).sum())
        f1 = 2 * hits / max(1, int(refused.sum() + (~answerable).sum()))
        yield (
            f"{source} ({answerable.sum()} + {(~answerable).sum()}): "
            f"first {_share_right(cases, orders, 1):.1f}, first three {_share_right(cases, orders, 3):.1f}, "
            f"refusal F1 {100 * f1:.1f}, answered {100 * (1 - refused[answerable].mean()):.1f}, "
            f"AUC {_auc(mine, answerable):.3f}{_words(cases, orders)}"
        )


def _share_right(cases: Sequence[Case], orders: Sequence[NDArray[np.intp]], count: int) -> float:
    hits = [case.right[order[:count]].any() for case, order in zip(cases, orders, strict=True) if case.answerable]
    return 100 * float(np.mean(hits))


def _auc(chances: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    ranks = np.empty(len(chances))
    ranks[np.argsort(chances, kind="stable")] = np.arange(1, len(chances) + 1)
    positive = int(right.sum())
    area = ranks[right].sum() - positive * (positive + 1) / 2
    return float(area / max(1, positive * (len(right) - positive)))


def _words(cases: Sequence[Case], orders: Sequence[NDArray[np.intp]]) -> str:
    """The exact match and word F1 of what the reader marks in the first sentence, where there was a reader."""
    pairs = [
        (_marked(case, int(order[0])), case.answers)
        for case, order in zip(cases, orders, strict=True)
        if case.answerable and case.marked is not None
    ]
    if not pairs:
        return ""
    exact = np.mean([any(given == gold for gold in golds) for given, golds in pairs])
    overlap = np.mean([max((_f1(given, gold) for gold in golds), default=0.0) for given, golds in pairs])
    return f", exact {100 * exact:.1f}, words F1 {100 * overlap:.1f}"


def _marked(case: Case, index: int) -> str:
    span = case.marked.spans[index] if case.marked is not None else None
    return normal(span.of(case.survey.article.text)) if span is not None else ""


def _f1(given: str, gold: str) -> float:
    one, other = given.split(), gold.split()
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / max(1, len(one) + len(other))
