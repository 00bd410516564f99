"""What may be left out of a sentence, and how the rest is mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.deletions import cuts, without


def _shorter(sentence: str) -> set[str]:
    parsed, found = cuts(sentence)
    return {without(sentence, parsed, [cut]) for cut in found}


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        (
            "Anna Berg, the mayor of Leeds, opened the bridge.",
            "Anna Berg opened the bridge.",
        ),
        (
            "The bridge, which cost 14 million euros, opened to traffic.",
            "The bridge opened to traffic.",
        ),
        (
            "The bridge (built in 1901) opened to traffic.",
            "The bridge opened to traffic.",
        ),
        (
            "The council closed the bridge on Monday.",
            "The council closed the bridge.",
        ),
        (
            "However, the council closed the bridge.",
            "The council closed the bridge.",
        ),
        (
            "The council has also closed the bridge.",
            "The council has closed the bridge.",
        ),
        (
            "The council closed the old bridge after engineers found cracks in it.",
            "The council closed the old bridge.",
        ),
        (
            "After engineers found cracks in it, the council closed the bridge.",
            "The council closed the bridge.",
        ),
        (
            "The council closed the bridge and sold the land.",
            "The council closed the bridge.",
        ),
    ],
    ids=[
        "apposition",
        "clause",
        "parenthesis",
        "day",
        "connective",
        "adverb",
        "clause at the end",
        "clause at the start",
        "second predicate",
    ],
)
def test_what_can_go_is_found(sentence: str, shorter: str) -> None:
    """Marks go with the words that they set off."""
    assert shorter in _shorter(sentence)


def test_a_phrase_that_tells_which_one_is_meant_stays() -> None:
    """A man with a knife is not any man."""
    assert all("with a knife" in text for text in _shorter("The man with a knife ran away on Monday."))


@given(st.text(max_size=200))
def test_any_text_can_be_cut(text: str) -> None:
    """Every cut lies in the sentence, and what is left has no more words."""
    parsed, found = cuts(text)
    for cut in found:
        assert 0 <= cut.first <= cut.last < len(parsed.tokens)
        assert len(without(text, parsed, [cut]).split()) <= len(text.split())
