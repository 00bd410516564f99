from __future__ import annotations

import numpy as np

from bot.intake.blocks import cut_blocks
from bot.intake.features import describe
from bot.intake.tree import parse
from bot.intake.trees import load_trees
from bot.intake.votes import cast_votes, opinions, share_in, words_of


def test_a_block_is_looked_up_by_runs_of_four_words() -> None:
    blocks = [
        words_of(text) for text in ("the old bridge will close", "bridge", "close bridge", "", "a new bridge will open")
    ]
    assert share_in(blocks, "The old bridge will close.") == [1.0, 1.0, 0.0, 0.0, 0.0]


def test_every_voter_answers_on_any_page() -> None:
    tree = parse("<html><body><p>x</p></body></html>")
    assert tree is not None
    assert len(opinions(tree)) == 5


def test_blocks_are_described_by_as_many_numbers_as_the_trees_ask_for() -> None:
    tree = parse("<html><body><h1>Title</h1><p>Some text here.</p><ul><li>Item</li></ul></body></html>")
    assert tree is not None
    blocks = cut_blocks(tree)
    features = describe(blocks, cast_votes(blocks, opinions(tree)), "Title")
    assert features.shape[0] == 3
    assert features.shape[1] > int(load_trees().feature.max())
    assert np.isfinite(features).all()
