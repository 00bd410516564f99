from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.card import (
    DESCRIPTION,
    TITLE,
    Card,
    Field,
    clip,
    fitted,
    pages,
    pieces,
    size,
    within_limits,
)

ANY_TEXT = st.text(max_size=300) | st.sampled_from(
    ["😀" * 3000, "a" * 50_000, "\\" * 5000, "e\u0301" * 4000, "שלום " * 2000]
)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=30))
def test_no_card_is_over_a_limit(title: str, description: str, footer: str, fields: list[tuple[str, str]]) -> None:
    card = Card(title, description, "https://x.example/", "author", footer, tuple(Field(*pair) for pair in fields))
    assert within_limits([fitted(card)])


@given(st.text(max_size=500), st.integers(min_value=2, max_value=60))
def test_clipping_keeps_to_the_limit_and_to_the_text(text: str, most: int) -> None:
    clipped = clip(text, most)
    assert size(clipped) <= most
    assert clipped == text or text.startswith(clipped.removesuffix("…"))


@given(st.lists(st.text(max_size=200), max_size=20), st.integers(min_value=10, max_value=100))
def test_pages_lose_no_word_and_keep_to_the_limit(blocks: list[str], most: int) -> None:
    filled = pages(blocks, most)
    assert all(0 < size(page) <= most for page in filled)
    assert "".join("".join(filled).split()) == "".join("".join(blocks).split())


def test_a_page_is_never_cut_in_mid_sentence() -> None:
    text = "One is here. Two is here! “Three is here?” Four is here."
    assert list(pieces(text, 30)) == ["One is here. Two is here!", "“Three is here?” Four is here."]


def test_a_block_goes_whole_to_the_next_page() -> None:
    assert pages(["a" * 6, "b" * 6], 10) == ["a" * 6, "b" * 6]
    assert pages(["a" * 4, "b" * 4], 10) == ["aaaa\n\nbbbb"]


def test_an_emoji_counts_as_two() -> None:
    assert size("😀") == 2
    assert size(fitted(Card(title="😀" * 200)).title) <= TITLE
    assert size(fitted(Card(description="😀" * 3000)).description) <= DESCRIPTION


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example", "https://x.example/" + "a" * 3000])
def test_a_link_that_discord_refuses_is_left_out(url: str) -> None:
    assert fitted(Card(url=url)).url is None
