"""A small scorer: standardise the columns, one hidden layer, one number a row. Its weights are a safetensors file.

It knows nothing of what the columns mean. Where the weights come from is told in `bot.training`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_CLIP = 6.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of one scorer: `mean` and `scale` standardise, `hidden` and `out` are the layers."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    bias: NDArray[np.float32]
    skip: NDArray[np.float32]
    """Straight from the columns to the score, so that the layer has only the curves to learn."""

    @classmethod
    def named(cls, weights: Mapping[str, NDArray[np.float32]], name: str) -> Self:
        """Take the scorer called `name` out of a file's tensors."""
        return cls(*(np.asarray(weights[f"{name}.{field.name}"], dtype=np.float32) for field in fields(cls)))

    def tensors(self, name: str) -> dict[str, NDArray[np.float32]]:
        """Give the tensors that `named` takes."""
        return {
            f"{name}.{field.name}": np.ascontiguousarray(getattr(self, field.name), dtype=np.float32)
            for field in fields(self)
        }

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Score each row: shape (rows,)."""
        standard = np.clip((rows - self.mean) * self.scale, -_CLIP, _CLIP)
        hidden = np.tanh(standard @ self.hidden + self.hidden_bias)
        scores: NDArray[np.float32] = hidden @ self.out + self.bias + standard @ self.skip
        return scores
