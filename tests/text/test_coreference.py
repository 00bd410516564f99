"""Pronouns: the named person who fits best; nobody where none fits."""

from __future__ import annotations

import pytest

from bot.article import Span
from bot.text.coreference import referent
from bot.text.segment import segment


def meant(text: str, pronoun: str) -> str | None:
    start = text.rindex(f" {pronoun} ") + 1
    name = referent(segment(text), Span(start, start + len(pronoun)))
    return name.full if name else None


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Anna Berg met Paul Novak. Yesterday she left.", "she", "Anna Berg"),
        ("Anna Berg met Paul Novak. Yesterday he left.", "he", "Paul Novak"),
        ("Paul Novak spoke first. Anna Berg was silent, and he went on.", "he", "Paul Novak"),
        ("Paul Novak left. Then he sold the mill.\n\nNobody knew why he did.", "he", "Paul Novak"),
        ("The mill was sold. Nobody knows if he left.", "he", None),
        ("The woman was seen by Paul Novak, who left town.", "who", "Paul Novak"),
    ],
)
def test_whom_a_pronoun_means(text: str, pronoun: str, expected: str | None) -> None:
    assert meant(text, pronoun) == expected


def test_a_word_that_is_no_mention_means_nobody() -> None:
    assert referent(segment("Anna Berg left."), Span(10, 14)) is None


def test_a_place_beyond_the_text_means_nobody() -> None:
    assert referent(segment(""), Span(3, 5)) is None
