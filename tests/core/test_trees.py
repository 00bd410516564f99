from __future__ import annotations

import numpy as np

from bot.core.features import FEATURES
from bot.core.importance import MEASURES
from bot.core.trees import IMPORTANCE, SALIENCE, Trees, load_trees


def test_a_row_falls_to_its_leaf() -> None:
    trees = Trees(
        np.array([[0, 1, 1]]),
        np.array([[0.5, 0.5, 0.5]], dtype=np.float32),
        np.array([[1.0, 2.0, 3.0, 4.0]], dtype=np.float32),
    )
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
    assert trees.judge(rows).tolist() == [1.0, 2.0, 3.0, 4.0]


def test_trees_add_up() -> None:
    trees = Trees(
        np.array([[0], [0]]),
        np.array([[0.5], [np.inf]], dtype=np.float32),
        np.array([[1.0, 2.0], [10.0, 0.0]], dtype=np.float32),
    )
    assert trees.judge(np.array([[0.0], [1.0]], dtype=np.float32)).tolist() == [11.0, 12.0]


def test_the_committed_trees_look_at_measures_that_exist() -> None:
    assert int(load_trees(SALIENCE).column.max()) < 2 * len(FEATURES)
    assert int(load_trees(IMPORTANCE).column.max()) < len(MEASURES)
