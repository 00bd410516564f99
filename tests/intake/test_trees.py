from __future__ import annotations

import numpy as np
import pytest

from bot.intake.trees import from_arrays, load_trees


def test_follows_each_tree_to_its_leaf_and_adds_them_up() -> None:
    trees = from_arrays(
        {
            "feature": np.array([0, 0, 0, 1, 0, 0], dtype=np.int32),
            "threshold": np.array([0.5, 0, 0, 10.0, 0, 0]),
            "left": np.array([1, 1, 2, 4, 4, 5], dtype=np.int32),
            "right": np.array([2, 1, 2, 5, 4, 5], dtype=np.int32),
            "value": np.array([0, -1.0, 1.0, 0, -2.0, 2.0]),
            "roots": np.array([0, 3], dtype=np.int32),
            "start": np.array([0.5]),
        }
    )
    chances = trees.probabilities(np.array([[0.5, 10.0], [0.6, 10.0], [0.6, 11.0]], dtype=np.float32))
    assert chances == pytest.approx(1 / (1 + np.exp(-np.array([-2.5, -0.5, 3.5]))))


def test_the_packaged_trees_are_well_formed() -> None:
    trees = load_trees()
    size = len(trees.feature)
    for branch in (trees.left, trees.right, trees.roots):
        assert 0 <= int(branch.min()) <= int(branch.max()) < size
    leaves = trees.left == np.arange(size)
    assert np.array_equal(leaves, trees.right == np.arange(size))
    assert (trees.left >= np.arange(size)).all()
