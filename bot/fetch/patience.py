"""How long to wait before a server is asked again: as long as it says, else longer each time. Pure but for the date.

The wait is drawn from the upper half of a doubling bound, so that many who failed together do not come back together
(after "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIRST = 0.5
_MOST = 8.0
"""Seconds of the longest wait that nobody asked for."""


def pause(attempt: int, chance: float, asked: float | None = None) -> float:
    """Seconds before the attempt that follows number `attempt` (0 the first).

    `chance` is a number from 0 to 1, and `asked` the seconds that the server asks for.
    """
    bound = min(_MOST, float(_FIRST * 2**attempt))
    return max(asked or 0.0, bound / 2 * (1 + chance))


def retry_after(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for: a number or a date (RFC 9110, 10.2.3); None where it is neither."""
    try:
        seconds = float(header)
    except ValueError:
        seconds = _until(header, now)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _until(date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return math.nan
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - now).total_seconds()
