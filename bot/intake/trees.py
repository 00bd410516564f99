"""The boosted trees that give each block's probability of being body; they are made by `bot.training.body`.

Gradient boosting (Friedman 2001, "Greedy Function Approximation") was better held out than perceptrons over a block or
over the sequence of blocks, and on a page unlike any it was trained on it stays within what it has seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = "body.safetensors"


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in one row.

    A node sends a block left where its feature is at most the threshold; a leaf leads to itself. `roots` are the places
    of the first nodes, `start` is what the sum of the leaves' values begins with.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    start: NDArray[np.float64]

    def probabilities(self, features: Matrix) -> NDArray[np.float64]:
        """Give the probability that each row's block is body."""
        rows = np.arange(len(features))[:, None]
        nodes = np.tile(self.roots, (len(features), 1))
        while True:
            goes_left = features[rows, self.feature[nodes]] <= self.threshold[nodes]
            below = np.where(goes_left, self.left[nodes], self.right[nodes])
            if np.array_equal(below, nodes):
                break
            nodes = below
        score: NDArray[np.float64] = self.start + self.value[nodes].sum(axis=1)
        return 1 / (1 + np.exp(-score))


def from_arrays(arrays: dict[str, NDArray[Any]]) -> Trees:
    """Put the trees together from their arrays by name."""
    return Trees(**arrays)


@cache
def load_trees() -> Trees:
    """Load the packaged trees, once a process."""
    from safetensors.numpy import load  # noqa: PLC0415  slow to import

    return from_arrays(load(resources.files("bot.intake").joinpath(WEIGHTS).read_bytes()))
