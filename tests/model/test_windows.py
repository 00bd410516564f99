from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.model.windows import windows


def count(text: str) -> int:
    return len(text.split())


def test_sentences_are_grouped_in_order_into_few_windows() -> None:
    assert windows(["a b", "c d", "e"], 4, count) == [("a b", "c d"), ("e",)]


def test_a_sentence_longer_than_a_window_is_cut_at_white_space() -> None:
    assert windows(["a b c d"], 2, count) == [("a b",), ("c d",)]


def test_a_word_that_fits_no_window_is_left_out() -> None:
    assert windows(["ab", "abcdef", "c"], 3, len) == [("ab", "c")]


@given(st.lists(st.text("ab ", max_size=40), max_size=8), st.integers(1, 12))
def test_every_window_fits_and_no_word_that_fits_is_lost(sources: list[str], budget: int) -> None:
    cut = windows(sources, budget, count)
    assert all(sum(map(count, window)) <= budget for window in cut)
    assert " ".join(" ".join(window) for window in cut).split() == " ".join(sources).split()
