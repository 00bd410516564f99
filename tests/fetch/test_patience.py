from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.patience import pause, retry_after

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


@given(st.integers(0, 10), st.floats(0, 1))
def test_a_pause_is_short_and_never_nothing(attempt: int, chance: float) -> None:
    assert 0.25 <= pause(attempt, chance) <= 8.0


def test_pauses_double_up_to_a_bound() -> None:
    assert [pause(attempt, 1.0) for attempt in range(7)] == [0.5, 1, 2, 4, 8, 8, 8]


def test_the_server_is_not_asked_before_it_wants_to_be() -> None:
    assert pause(0, 0.0, 12.0) == 12.0
    assert pause(4, 1.0, 1.0) == 8.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Tue, 03 Mar 2026 12:01:00 GMT", 60.0),
        ("Tue, 03 Mar 2026 11:00:00 -0000", 0.0),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("tomorrow", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_no_header_raises(header: str) -> None:
    assert (retry_after(header, NOW) or 0.0) >= 0.0
