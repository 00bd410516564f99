"""What a moderator types for when a digest runs: a time by the clock, days of the week, a time zone."""

from __future__ import annotations

import re
from datetime import time
from difflib import get_close_matches
from zoneinfo import available_timezones

from bot.errors import UsageError

WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_NAMED = {
    "daily": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    **{f"weekly, {name}": frozenset({number}) for number, name in enumerate(WEEKDAY_NAMES)},
}
"""What may be chosen, and the days it means (0 is Monday)."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?m?\.?")
_NOON = 12


def parse_clock(text: str) -> time:
    """Read "8:00", "08.00", "8h30", "8pm" or "20".

    Raises:
        UsageError: it is no time of day.
    """
    match = _CLOCK.fullmatch(text.strip().lower())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3]:
        # Twelve in the morning is midnight.
        hour = hour % _NOON + (_NOON if match[3] == "p" else 0) if 1 <= hour <= _NOON else 99
    try:
        return time(hour, minute)
    except ValueError as error:
        message = f"“{text[:20]}” is not a time of day."
        raise UsageError(message, "Write it like 8:00, 20:30 or 8pm.") from error


def checked_zone(name: str) -> str:
    """The IANA name of a time zone, in its own spelling.

    Raises:
        UsageError: there is no such zone.
    """
    by_lower = {zone.lower(): zone for zone in available_timezones()}
    wanted = name.strip().lower().replace(" ", "_")
    if wanted in by_lower:
        return by_lower[wanted]
    near = get_close_matches(wanted, by_lower, n=1, cutoff=0.5)
    message = f"“{name[:40]}” is not a time zone."
    hint = f"Did you mean {by_lower[near[0]]}?" if near else "Choose one from the list, such as Europe/Berlin."
    raise UsageError(message, hint)
