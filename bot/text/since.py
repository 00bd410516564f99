"""What a person types for "since when": a date, or how long ago: 30d, 2w, 6m, 1y, 12h."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_AGO = re.compile(r"(\d{1,4})\s*(h|d|w|m|y)[a-z]*")
_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30.44, "y": 365.25}


def parse_since(text: str, now: datetime) -> datetime | None:
    """The instant meant, in UTC; None where it is none or not a time."""
    said = text.strip().lower()
    if ago := _AGO.fullmatch(said):
        try:
            return now - timedelta(days=int(ago[1]) * _DAYS[ago[2]])
        except OverflowError:
            return None
    try:
        day = datetime.fromisoformat(said)
    except ValueError:
        return None
    return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)
