from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.pieces import Piece, may_end, pieces


def _ways(text: str) -> set[str]:
    return {way for piece in pieces(text) for way in piece.inside}


def _openings(text: str) -> set[str]:
    return {way for piece in pieces(text) for way in piece.opening}


def _of(text: str, way: str) -> Piece:
    return next(piece for piece in pieces(text) if way in piece.inside)


def test_a_word_is_written_as_it_stands_or_with_other_marks() -> None:
    assert {"taxes", "taxes,", "taxes.", "taxes;"} <= _ways("The minister raised taxes; nobody minded.")


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("The letter came from Theresa May on Monday.", "Theresa May", "Theresa"),
        ("It cost 1.3 million pounds to build.", "1.3 million pounds", "million"),
        ("It fell by three per cent in the Department of Justice.", "Department of Justice", "Justice"),
    ],
)
def test_names_and_amounts_stand_whole_or_not_at_all(text: str, whole: str, part: str) -> None:
    assert whole in _ways(text)
    assert part not in _ways(text)


def test_a_quotation_stands_whole_or_without_its_marks() -> None:
    ways = _ways("He called it a “very serious problem” for all.")
    assert {"“very serious problem”", "“very serious problem,”", "serious", "problem"} <= ways
    assert not {"“very", "problem”"} & ways


def test_a_quoted_word_stands_with_its_marks_or_without() -> None:
    assert {"“review”", "“review”.", "review"} <= _ways("It was held for a “review” of its content.")


@pytest.mark.parametrize(("text", "stands"), [("This – that – is it.", True), ("That is it. .", False)])
def test_a_dash_may_stand_alone_and_a_stop_may_not(text: str, stands: bool) -> None:  # noqa: FBT001  a case
    assert bool({"–", "."} & _ways(text)) is stands


def test_a_quotation_that_is_left_open_stands_whole_too() -> None:
    ways = _ways("He said: “We have lost a lot.")
    assert "“We have lost a lot." in ways
    assert "“We" not in ways


def test_a_word_stands_no_oftener_than_in_the_text() -> None:
    text = "Taxes rise and taxes fall."
    assert (_of(text, "taxes").times, _of(text, "rise").times) == (2, 1)


def test_a_small_word_may_stand_once_more() -> None:
    assert _of("The bridge and the road.", "the").times == 3


@pytest.mark.parametrize("word", ["not", "may", "never", "without", "more", "it"])
def test_no_word_is_added_that_changes_what_is_said(word: str) -> None:
    assert word not in _ways("The bridge opened.")


def test_the_first_word_gets_a_small_letter_inside_unless_it_is_a_name() -> None:
    assert "residents" in _ways("Residents were told to leave.")
    assert {"London"} == {way for way in _ways("London was told to leave.") if way.lower() == "london"}


def test_another_first_word_gets_a_capital() -> None:
    openings = _openings("Yesterday the bridge opened near iPhone shops.")
    assert {"Bridge", "The", "Yesterday", "iPhone"} <= openings
    assert "bridge" not in openings


def test_text_without_capitals_gets_none() -> None:
    assert "the" in _openings("yesterday the bridge opened.")


def test_an_abbreviation_keeps_its_full_stop() -> None:
    ways = _ways("Mr. Smith of the U.S. said so.")
    assert {"U.S.", "U.S.,"} <= ways
    assert not {"U.S", "Mr"} & ways


@pytest.mark.parametrize(
    ("way", "ends"), [("so.", True), ("so”", False), ("so.”", True), ("so?", True), ("so,", False), ("", False)]
)
def test_a_sentence_ends_where_a_mark_ends_it(way: str, ends: bool) -> None:  # noqa: FBT001  a case
    assert may_end(way) is ends


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    for piece in pieces(text):
        assert piece.times > 0
        assert all(way.strip() == way and way for way in piece.inside)


@given(st.lists(st.sampled_from("the a Theresa May 12 million “so” (or) end. it, U.S. —".split()), max_size=12))
def test_every_word_but_held_ones_is_there(words: list[str]) -> None:
    letters = {letter for way in _ways(" ".join(words)) for letter in way.lower()}
    assert set("".join(words).lower()) <= letters | set("“”()")
