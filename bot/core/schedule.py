"""When a digest is due: a pure function of its schedule, the local date it last ran for, and the time now.

A run belongs to a local date and happens at most once for it, so a clock that is set back cannot repeat it. A local
time that does not exist (the clock jumps over it) runs as much later as the jump is long; one that happens twice runs
the first time. Both are Python's reading with `fold=0` (PEP 495).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.digests import Digest

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
CATCH_UP = timedelta(hours=6)
"""How late a run may still happen after downtime; later it is left out."""
_A_WEEK_AND_A_DAY = 8


@dataclass(frozen=True, slots=True)
class Schedule:
    """A local time on some days of the week (0 is Monday) in an IANA zone."""

    at: time
    zone: str
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if not self.days or not self.days <= EVERY_DAY:
            reason = f"not days of the week: {sorted(self.days)}"
            raise ValueError(reason)
        if self.at.tzinfo is not None:
            reason = "the time of a schedule is local, without an offset"
            raise ValueError(reason)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the local date that it belongs to, and the instant, in UTC."""

    day: date
    instant: datetime


def schedule_of(digest: Digest) -> Schedule:
    """When a kept digest runs."""
    return Schedule(digest.plan.at, digest.plan.zone, digest.plan.days)


def run_on(schedule: Schedule, day: date) -> Run:
    """The run of one local date, whether or not the schedule has that day of the week."""
    local = datetime.combine(day, schedule.at, ZoneInfo(schedule.zone))
    return Run(day, local.astimezone(UTC))


def next_run(schedule: Schedule, last: date | None, now: datetime) -> Run:
    """The first run after `now` for a date later than `last`."""
    start = _today(schedule, now) - timedelta(days=1)
    if last is not None:
        start = max(start, last + timedelta(days=1))
    return next(run for run in _runs_from(schedule, start) if run.instant > now)


def previous_run(schedule: Schedule, day: date) -> Run:
    """The run before the one of `day`, at most a week earlier: what a digest tells begins there."""
    days = (day - timedelta(days=back) for back in range(1, _A_WEEK_AND_A_DAY))
    return run_on(schedule, next(earlier for earlier in days if earlier.weekday() in schedule.days))


def due_run(schedule: Schedule, last: date | None, now: datetime, window: timedelta = CATCH_UP) -> Run | None:
    """The run that is to happen now, if any: the latest that is past, not older than `window`, and not yet done."""
    today = _today(schedule, now)
    for back in range(_A_WEEK_AND_A_DAY):
        # A zone's date may be ahead of the run's instant, never behind by more than a day.
        run = run_on(schedule, today + timedelta(days=1 - back))
        if run.day.weekday() not in schedule.days or run.instant > now:
            continue
        fresh = now - run.instant <= window and (last is None or run.day > last)
        return run if fresh else None
    return None


def _today(schedule: Schedule, now: datetime) -> date:
    return now.astimezone(ZoneInfo(schedule.zone)).date()


def _runs_from(schedule: Schedule, day: date) -> Iterator[Run]:
    while True:
        if day.weekday() in schedule.days:
            yield run_on(schedule, day)
        day += timedelta(days=1)
