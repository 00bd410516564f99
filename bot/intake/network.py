"""The small network that gives each block's probability of being body; its weights are made by `bot.training.body`.

A few perceptrons with two hidden layers, trained from different starts and averaged: on three hundred pages one alone
differs more between starts than between designs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = "body.safetensors"
LAYERS = 3
FURTHEST = 4.0
"""Features are cut at so many standard deviations, so that an odd page cannot saturate the network."""


@dataclass(frozen=True, slots=True)
class Network:
    """What scales the features, and each perceptron's layers as (weights, bias)."""

    mean: Matrix
    scale: Matrix
    perceptrons: tuple[tuple[tuple[Matrix, Matrix], ...], ...]

    def probabilities(self, features: Matrix) -> Matrix:
        """Give the probability that each row's block is body."""
        scaled = np.clip((features - self.mean) / self.scale, -FURTHEST, FURTHEST)
        votes = [_sigmoid(_forward(scaled, layers)) for layers in self.perceptrons]
        return np.asarray(np.mean(votes, axis=0), dtype=np.float32)


def _forward(values: Matrix, layers: tuple[tuple[Matrix, Matrix], ...]) -> Matrix:
    for place, (weights, bias) in enumerate(layers):
        values = values @ weights.T + bias
        if place < len(layers) - 1:
            values = np.maximum(values, 0)
    return values[:, 0]


def _sigmoid(values: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), dtype=np.float32)


@cache
def load_network() -> Network:
    """Load the packaged weights, once a process."""
    from safetensors.numpy import load  # noqa: PLC0415  slow to import

    return from_tensors(load(resources.files("bot.intake").joinpath(WEIGHTS).read_bytes()))


def from_tensors(tensors: dict[str, Matrix]) -> Network:
    """Put a network together from its named tensors: `mean`, `scale`, and `MEMBER.LAYER.weight` and `.bias`."""
    members = sum(name.endswith(".0.weight") for name in tensors)
    perceptrons = tuple(
        tuple((tensors[f"{member}.{layer}.weight"], tensors[f"{member}.{layer}.bias"]) for layer in range(LAYERS))
        for member in range(members)
    )
    return Network(tensors["mean"], tensors["scale"], perceptrons)
