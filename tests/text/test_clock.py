from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.text.clock import checked_zone, parse_clock


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8:00", time(8)),
        ("08.30", time(8, 30)),
        ("8pm", time(20)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("20", time(20)),
        ("7h05", time(7, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, at: time) -> None:
    assert parse_clock(text) == at


@pytest.mark.parametrize("text", ["", "25:00", "8:61", "13pm", "0am", "noon", "8:0"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_clock(text)
    assert "8:00" in caught.value.hint


@given(st.text(max_size=12))
def test_any_text_gives_a_time_or_a_reason(text: str) -> None:
    try:
        parse_clock(text)
    except UsageError:
        return


def test_a_zone_is_known_in_any_case_and_a_slip_is_corrected() -> None:
    assert checked_zone("europe/berlin") == "Europe/Berlin"
    with pytest.raises(UsageError) as caught:
        checked_zone("Europe/Berlim")
    assert "Europe/Berlin" in caught.value.hint
