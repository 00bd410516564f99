from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.since import parse_since

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("30d", NOW - timedelta(days=30)),
        ("2 weeks", NOW - timedelta(days=14)),
        ("12h", NOW - timedelta(hours=12)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T08:00+02:00", datetime(2026, 1, 31, 6, tzinfo=UTC)),
        ("yesterday-ish", None),
        ("", None),
        ("9999y", None),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, since: datetime | None) -> None:
    assert parse_since(text, NOW) == since


@given(st.text(max_size=30))
def test_any_text_is_taken(text: str) -> None:
    parse_since(text, NOW)
