from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.tokens import stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith’s", ["Smith", "’s"]),
        ("didn't can’t", ["did", "n't", "ca", "n’t"]),
        ("two-stage U.S. O'Brien", ["two", "-", "stage", "U.S.", "O'Brien"]),
        ("£1.2m, 1,200", ["£", "1.2", "m", ",", "1,200"]),
    ],
)
def test_words_are_cut_as_treebanks_cut_them(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@pytest.mark.parametrize(
    "forms", ["carry carries carried carrying", "make makes made making", "hope hoped hoping", "stop stopped", "be was"]
)
def test_the_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["resign resignation", "new news", "bed be", "thing th"])
def test_other_words_do_not(pair: str) -> None:
    first, second = pair.split()
    assert stem(first) != stem(second)


@given(st.text(max_size=200))
def test_every_token_is_its_slice_of_the_text(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in tokens(text))


def test_a_word_of_any_length_is_cut_in_linear_time() -> None:
    assert len(tokens("a" * 200_000)) == 1
