"""Times as the database keeps them: whole milliseconds since 1970, UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Gives the time now, aware. Injected, so that tests and the demo's virtual time rule it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(milliseconds=1)


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def to_stored(time: datetime) -> int:
    """An aware time as the database keeps it."""
    return (time - _EPOCH) // _TICK


def from_stored(milliseconds: int) -> datetime:
    """A kept time, in UTC."""
    return _EPOCH + milliseconds * _TICK
