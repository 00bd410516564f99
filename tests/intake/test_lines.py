from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.lines import join_pages

_LONG = "The committee will hear from several of the witnesses"


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([], ""),
        (["", " \n"], ""),
        ([f"{_LONG}\nwhen it meets."], f"{_LONG} when it meets."),
        ([f"{_LONG} in Octo-\nber."], f"{_LONG} in October."),
        ([f"{_LONG} and well-\nknown guests.\nThe well-known guests came."], None),
        ([f"{_LONG}.\n\nNext."], f"{_LONG}.\n\nNext."),
        ([f"{_LONG}:\n- one item\n- another"], f"{_LONG}:\n\n- one item\n\n- another"),
        ([f"{_LONG} in the Anglo-\nSaxon hall."], f"{_LONG} in the Anglo-Saxon hall."),
    ],
)
def test_joins_lines(pages: list[str], text: str | None) -> None:
    expected = f"{_LONG} and well-known guests.\n\nThe well-known guests came." if text is None else text
    assert join_pages(pages) == expected


@given(st.lists(st.text(st.sampled_from("ab \n.-1\x00•A"), max_size=60), max_size=6))
def test_never_fails_and_keeps_no_blank_paragraphs(pages: list[str]) -> None:
    assert "\n\n\n" not in join_pages(pages)
