from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.text.align import align, fragments
from bot.text.tokens import tokens


def test_a_copy_with_a_gap_is_two_fragments() -> None:
    evidence = tokens("The mayor of Leeds, Ann Lee, has resigned.")
    links = align(tokens("The mayor has resigned."), evidence)
    assert links == [0, 1, 8, 9, 10]
    assert [(piece.start, piece.end, piece.source) for piece in fragments(links)] == [(0, 2, 0), (2, 5, 8)]


def test_a_word_without_a_source_has_no_place() -> None:
    assert align(tokens("Gladly resigned"), tokens("The mayor resigned")) == [None, 2]


def test_an_inflected_word_has_its_place() -> None:
    assert align(tokens("resigns"), tokens("He resigned")) == [1]


@given(st.text(max_size=60), st.text(max_size=60))
def test_linked_words_have_the_same_stem(statement: str, evidence: str) -> None:
    ours, theirs = tokens(statement), tokens(evidence)
    links = align(ours, theirs)
    assert len(links) == len(ours)
    assert all(place is None or theirs[place].stem == ours[at].stem for at, place in enumerate(links))
