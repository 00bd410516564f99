"""Small boosted trees (Friedman 2001, "Greedy Function Approximation"): how much a sentence tells, and a word.

They are fitted by `bot.training.salience` and `bot.training.importance` and committed as data beside this module. Each
tree is complete: the nodes of a level follow one another, and a node that splits nothing sends everything to the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

SALIENCE = Path(__file__).with_name("salience.safetensors")
"""Judge the measures of `bot.core.features`: 0 is the article's usual sentence, 1 a standard deviation above it."""
IMPORTANCE = Path(__file__).with_name("importance.safetensors")
"""Judge the measures of `bot.core.importance`: the share of summaries that have the word."""


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble of complete binary trees of one depth.

    `column` and `threshold` have the shape (trees, 2 ** depth - 1), `leaf` the shape (trees, 2 ** depth): at an inner
    node a row goes right where its measure in `column` is over `threshold`.
    """

    column: NDArray[np.int64]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]

    def judge(self, measures: NDArray[np.float32]) -> NDArray[np.float32]:
        """Judge each row of measures; what the number means is what the trees were fitted to."""
        trees, inner = self.column.shape
        tree = np.arange(trees)
        node = np.zeros((len(measures), trees), dtype=np.int64)
        rows = np.arange(len(measures))[:, None]
        for _ in range(inner.bit_length()):
            right = measures[rows, self.column[tree, node]] > self.threshold[tree, node]
            node = 2 * node + 1 + right
        total: NDArray[np.float32] = self.leaf[tree, node - inner].sum(axis=1)
        return total


@cache
def load_trees(path: Path) -> Trees:
    """Load the committed trees."""
    tensors = load_file(path)
    return Trees(tensors["column"].astype(np.int64), tensors["threshold"], tensors["leaf"])
