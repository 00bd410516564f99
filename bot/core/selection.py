"""Choose the set of sentences that says the most without saying it twice, and that reads on its own.

A beam search over sets. What a set is worth is the salience of its sentences less what they repeat of one another
(Carbonell and Goldstein 1998, "The Use of MMR"). A sentence that leans on the one before it comes only together with
it. Knows indices and numbers, no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_BEAM = 24
_POOL = 16
REPETITION = 1.5
"""What it costs to say a sentence again in the very same words, in standard deviations of salience."""
_SAME = 0.8
"""Two sentences nearer than this say the same, and are never shown together."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be shown: from `fewest` to `most` sentences, and fewer where they would have too many words."""

    fewest: int
    most: int
    words: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a sentence brings to the search: `needs` is the index of the sentence it must come with, or None."""

    salience: float
    words: int
    needs: int | None = None


def choose(
    choices: Sequence[Choice], nearness: NDArray[np.float32], budget: Budget, repetition: float
) -> tuple[int, ...]:
    """Choose the indices of the best set, in order; empty only where there is nothing to choose from.

    `nearness` says of each two sentences how alike they are, 1 for the same; `repetition` is the price of that 1.
    """
    groups = sorted({_with_needs(choices, index) for index in _pool(choices)})
    best: dict[tuple[int, ...], float] = {}
    beam: list[tuple[int, ...]] = [()]
    while beam:
        grown = {
            tuple(sorted({*chosen, *group})) for chosen in beam for group in groups if not set(group) <= set(chosen)
        }
        worth = {
            chosen: tells(chosen, choices, nearness, repetition)
            for chosen in grown
            if _fits(chosen, choices, budget) and not says_twice(chosen, nearness)
        }
        best |= worth
        beam = sorted(worth, key=lambda chosen: (-worth[chosen] / len(chosen), chosen))[:_BEAM]
    return _best(best, budget.fewest) if best else _shortest(choices)


def _pool(choices: Sequence[Choice]) -> list[int]:
    return sorted(range(len(choices)), key=lambda index: (-choices[index].salience, index))[:_POOL]


def _with_needs(choices: Sequence[Choice], index: int) -> tuple[int, ...]:
    group = [index]
    while (needed := choices[group[-1]].needs) is not None:
        group.append(needed)
    return tuple(sorted(group))


def _fits(chosen: tuple[int, ...], choices: Sequence[Choice], budget: Budget) -> bool:
    words = sum(choices[index].words for index in chosen)
    return len(chosen) <= budget.most and (words <= budget.words or len(chosen) == 1)


def says_twice(chosen: tuple[int, ...], nearness: NDArray[np.float32]) -> bool:
    """Tell whether two of the sentences say the same."""
    return any(nearness[one, other] > _SAME for one, other in combinations(chosen, 2))


def tells(
    chosen: tuple[int, ...], choices: Sequence[Choice], nearness: NDArray[np.float32], repetition: float
) -> float:
    """What the sentences tell, less the price of what each repeats of the most alike of those before it."""
    told = sum(choices[index].salience for index in chosen)
    again = sum(
        max(float(nearness[index, other]) for other in chosen[:place]) for place, index in enumerate(chosen) if place
    )
    return told - repetition * again


def _best(worth: dict[tuple[int, ...], float], fewest: int) -> tuple[int, ...]:
    """The best of the sets that hold enough sentences, or of the fullest where none does."""
    enough = min(fewest, max(map(len, worth)))
    return max((chosen for chosen in worth if len(chosen) >= enough), key=lambda chosen: worth[chosen])


def _shortest(choices: Sequence[Choice]) -> tuple[int, ...]:
    return (min(range(len(choices)), key=lambda index: choices[index].words),) if choices else ()
