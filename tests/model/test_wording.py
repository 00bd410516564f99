from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.wording import tidy


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  The bridge opened.\n", "The bridge opened."),
        ("Here is the sentence:\n\nThe bridge opened.", "The bridge opened."),
        ("The bridge opened.\n\nI left out the date.", "The bridge opened."),
        ('"The bridge opened."', "The bridge opened."),
        ("“The bridge opened.”", "The bridge opened."),
        ('"Stop," he said, "now."', '"Stop," he said, "now."'),
        ("He said: “Stop.”", "He said: “Stop.”"),
        ("", None),
        ('""', None),
        ("\n\n", None),
    ],
)
def test_the_answer_alone_is_kept(written: str, kept: str | None) -> None:
    assert tidy(written, finished=True, one_line=True) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("The bridge opened. It was", "The bridge opened."),
        ("He said “stop.” Then", "He said “stop.”"),
        ("It rose by 12.5", None),
        ("The bridge", None),
    ],
)
def test_what_broke_off_is_cut_back_to_its_last_whole_sentence(written: str, kept: str | None) -> None:
    assert tidy(written, finished=False, one_line=False) == kept


def test_a_first_line_is_whole_though_a_later_one_broke_off() -> None:
    assert tidy("The bridge opened\nand th", finished=False, one_line=True) == "The bridge opened"


def test_a_summary_may_have_several_lines() -> None:
    assert tidy("One.\nTwo.", finished=True, one_line=False) == "One. Two."


@given(st.text(), st.booleans(), st.booleans())
def test_no_text_is_too_odd(written: str, finished: bool, one_line: bool) -> None:  # noqa: FBT001  drawn by hypothesis
    kept = tidy(written, finished=finished, one_line=one_line)
    assert kept is None or kept.strip()
