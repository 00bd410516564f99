"""How much each sentence of an article tells: the weights fitted by `bot.training.salience`, applied.

A linear model over the measures of `bot.core.features`. The weights are data beside this module; loading them is the
only file that is read, and it is read once.
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

WEIGHTS = Path(__file__).with_suffix(".safetensors")


@dataclass(frozen=True, slots=True)
class Salience:
    """The fitted weights: `salience = bias + measures @ weight`."""

    weight: NDArray[np.float32]
    bias: float

    def of(self, measures: NDArray[np.float32]) -> NDArray[np.float32]:
        """Judge each row of measures; about 0 is the article's usual sentence, 1 a standard deviation above it."""
        return (measures @ self.weight + self.bias).astype(np.float32)


@cache
def load_salience(path: Path = WEIGHTS) -> Salience:
    """Load the committed weights."""
    tensors = load_file(path)
    return Salience(tensors["weight"], float(tensors["bias"][0]))
