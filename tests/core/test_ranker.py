from __future__ import annotations

import numpy as np

from bot.core.ranker import Ranker

RANKER = Ranker(
    mean=np.array([1.0, 0.0], dtype=np.float32),
    scale=np.array([2.0, 1.0], dtype=np.float32),
    hidden=np.zeros((2, 3), dtype=np.float32),
    hidden_bias=np.zeros(3, dtype=np.float32),
    out=np.ones(3, dtype=np.float32),
    bias=np.array([0.5], dtype=np.float32),
    skip=np.array([1.0, -1.0], dtype=np.float32),
)


def test_columns_are_standardised_and_summed() -> None:
    assert RANKER.score(np.array([[2.0, 1.0], [1.0, 0.0]], dtype=np.float32)).tolist() == [1.5, 0.5]


def test_an_outlandish_value_is_clipped() -> None:
    assert RANKER.score(np.array([[1e9, 0.0]], dtype=np.float32)).tolist() == [6.5]


def test_tensors_give_the_ranker_back() -> None:
    again = Ranker.named(RANKER.tensors("x"), "x")
    rows = np.array([[0.3, 0.7]], dtype=np.float32)
    assert again.score(rows) == RANKER.score(rows)
