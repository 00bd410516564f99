"""Choose sentences and, for each, how short it is told: the set that tells most of what matters in few words.

Joint extraction and compression (Martins and Smith 2009; Berg-Kirkpatrick, Gillick and Klein 2011, "Jointly Learning
to Extract and Compress"): what a set tells is the importance of the different words that it has (coverage, Gillick and
Favre 2009) and the salience of its sentences, less what it repeats and a price for each word. Knows indices and
numbers, no model and no article.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING

from bot.core.selection import REPETITION, Choice, says_twice, tells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bot.core.selection import Budget

_WORD_PRICE = 0.1
_SALIENCE_WEIGHT = 2.0
"""What a word costs, and what a standard deviation of salience is worth, in the importance of words. Chosen among 0.04
to 0.2 and 1 to 3, on articles held out from the writer."""
_OVER_PRICE = 10.0
"""What each word over the budget costs: more than any word is worth, so that a set shrinks until it fits."""


@dataclass(frozen=True, slots=True)
class Version:
    """One way of telling a sentence: how many words it takes, and the stems of those that carry matter."""

    words: int
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with its versions; the first is the article's own. `choice.words` is not looked at."""

    choice: Choice
    versions: tuple[Version, ...]


def choose_versions(
    tellings: Sequence[Telling], nearness: NDArray[np.float32], importance: Mapping[str, float], budget: Budget
) -> tuple[tuple[int, int], ...]:
    """Choose sentences in their order, each with the index of its version; empty only where there are none.

    `nearness` says of each two sentences how alike they are. A sentence that another leans on stays as the article has
    it, so that what points back to it finds what it means.
    """
    search = _Search(tellings, nearness, importance, budget)
    told = [search.told(chosen) for chosen in search.sets()]
    return max(told, key=lambda one: one[0])[1] if told else ()


@dataclass(frozen=True, slots=True)
class _Search:
    """What is chosen from, and by what."""

    tellings: Sequence[Telling]
    nearness: NDArray[np.float32]
    importance: Mapping[str, float]
    budget: Budget

    def sets(self) -> Iterator[tuple[int, ...]]:
        """Sets of sentences that may be shown together: of as many as are wanted, of fewer where there are none."""
        found = False
        for size in range(min(self.budget.most, len(self.tellings)), 0, -1):
            if found and size < self.budget.fewest:
                return
            for chosen in combinations(range(len(self.tellings)), size):
                if self._may_stand_together(chosen):
                    found = True
                    yield chosen

    def told(self, chosen: tuple[int, ...]) -> tuple[float, tuple[tuple[int, int], ...]]:
        """Change one version at a time for the better, from the article's own on; gives the worth and the versions."""
        needed = {self.tellings[index].choice.needs for index in chosen}
        current = dict.fromkeys(chosen, 0)
        best, improved = self._worth(current), True
        while improved:
            improved = False
            for index in chosen:
                for version in range(1 if index in needed else len(self.tellings[index].versions)):
                    changed = current | {index: version}
                    if (worth := self._worth(changed)) > best:
                        current, best, improved = changed, worth, True
        told = tells(chosen, [telling.choice for telling in self.tellings], self.nearness, REPETITION)
        return best + _SALIENCE_WEIGHT * told, tuple(sorted(current.items()))

    def _may_stand_together(self, chosen: tuple[int, ...]) -> bool:
        needed = (self.tellings[index].choice.needs for index in chosen)
        if any(index is not None and index not in chosen for index in needed):
            return False
        return not says_twice(chosen, self.nearness)

    def _worth(self, versions: Mapping[int, int]) -> float:
        """The importance of the words shown, less their price."""
        shown = [self.tellings[index].versions[version] for index, version in versions.items()]
        covered = frozenset[str]().union(*(version.units for version in shown))
        words = sum(version.words for version in shown)
        price = _WORD_PRICE * words + _OVER_PRICE * max(0, words - self.budget.words)
        # fsum, since a set has another order in every process, and equals must be told apart the same way.
        return fsum(self.importance.get(unit, 0.0) for unit in covered) - price
