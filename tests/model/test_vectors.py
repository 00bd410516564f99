from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.model.vectors import VectorMemory


class _Embedder:
    """Embeds a text as its length, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_only_what_is_new_is_embedded_and_the_order_is_kept() -> None:
    memory, embed = VectorMemory(8), _Embedder()
    memory.recall(["a", "bb"], embed)
    assert memory.recall(["ccc", "a", "ccc", "bb"], embed).ravel().tolist() == [3, 1, 3, 2]
    assert embed.asked == ["a", "bb", "ccc"]


def test_what_was_not_asked_for_the_longest_leaves_first() -> None:
    memory, embed = VectorMemory(2), _Embedder()
    memory.recall(["a", "bb"], embed)
    memory.recall(["a"], embed)
    memory.recall(["ccc"], embed)
    memory.recall(["a", "bb"], embed)
    assert embed.asked == ["a", "bb", "ccc", "bb"]


def test_a_call_larger_than_the_memory_is_answered_whole() -> None:
    memory = VectorMemory(2)
    texts = [f"{number}" for number in range(20)]
    assert memory.recall(texts, _Embedder()).shape == (20, 1)
    assert len(memory) == 2


def test_a_text_with_half_of_a_surrogate_pair_has_a_vector() -> None:
    assert VectorMemory(2).recall(["\ud83d"], _Embedder()).shape == (1, 1)


def test_new_texts_do_not_push_out_a_held_one_that_is_asked_for_with_them() -> None:
    memory, embed = VectorMemory(3), _Embedder()
    memory.recall(["a", "bb"], embed)
    assert memory.recall(["ccc", "dddd", "eeeee", "a"], embed).ravel().tolist() == [3, 4, 5, 1]
    assert memory.recall(["a"], embed).ravel().tolist() == [1]
    assert embed.asked.count("a") == 1
