"""The fitted weights of the linear models that choose speakers and antecedents, and the choice by them.

The weights are data (`speaker_weights.json`: model, feature, weight), made by `bot.training.speakers` and read once,
on first use. A feature is a readable phrase; one that is not in the file weighs nothing.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")
Weights: TypeAlias = "Mapping[str, float]"


@lru_cache(maxsize=1)
def _models() -> dict[str, dict[str, float]]:
    text = files("bot.text").joinpath("speaker_weights.json").read_text(encoding="utf-8")
    models: dict[str, dict[str, float]] = json.loads(text)
    return models


def fitted(model: str) -> Weights:
    """The weights of a model, by feature."""
    return _models()[model]


def score(weights: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of the features."""
    return sum(weights.get(feature, 0.0) for feature in features)


def best(weights: Weights, candidates: Sequence[tuple[T, Sequence[str]]]) -> T:
    """The candidate of the highest score; the first among equals. There must be one."""
    return max(candidates, key=lambda candidate: score(weights, candidate[1]))[0]


def probabilities(scores: Sequence[float]) -> list[float]:
    """The softmax of scores."""
    top = max(scores, default=0.0)
    powers = [math.exp(value - top) for value in scores]
    total = sum(powers)
    return [power / total for power in powers]
