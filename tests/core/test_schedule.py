from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.schedule import EVERY_DAY, WEEKDAYS, Run, Schedule, due_run, next_run, previous_run, run_on

ZONES = sorted(available_timezones())
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
SCHEDULES = st.builds(Schedule, TIMES, st.sampled_from(ZONES), DAYS)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(lambda value: value.replace(tzinfo=UTC))  # noqa: DTZ001


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def berlin(at: str, days: frozenset[int] = EVERY_DAY) -> Schedule:
    return Schedule(time.fromisoformat(at), "Europe/Berlin", days)


@pytest.mark.parametrize(
    ("schedule", "day", "instant"),
    [
        (berlin("08:00"), date(2026, 3, 28), utc("2026-03-28T07:00")),
        (berlin("08:00"), date(2026, 3, 29), utc("2026-03-29T06:00")),
        (berlin("02:30"), date(2026, 3, 29), utc("2026-03-29T01:30")),  # does not exist: runs at 03:30
        (berlin("02:30"), date(2026, 10, 25), utc("2026-10-25T00:30")),  # happens twice: runs the first time
        (Schedule(time(23, 59), "Pacific/Kiritimati"), date(2028, 2, 29), utc("2028-02-29T09:59")),
    ],
)
def test_a_local_time_becomes_an_instant(schedule: Schedule, day: date, instant: datetime) -> None:
    assert run_on(schedule, day) == Run(day, instant)


def test_the_next_run_is_on_one_of_the_days() -> None:
    friday_noon = utc("2026-03-06T12:00")
    assert next_run(berlin("08:00", WEEKDAYS), None, friday_noon).day == date(2026, 3, 9)
    assert next_run(berlin("08:00", frozenset({4})), None, friday_noon).day == date(2026, 3, 13)


def test_after_downtime_one_run_is_caught_up_and_only_within_the_window() -> None:
    schedule = berlin("08:00")
    last = date(2026, 3, 1)
    assert due_run(schedule, last, utc("2026-03-06T09:00")) == run_on(schedule, date(2026, 3, 6))
    assert due_run(schedule, last, utc("2026-03-06T20:00")) is None
    assert due_run(schedule, date(2026, 3, 6), utc("2026-03-06T09:00")) is None


def test_a_change_of_zone_does_not_repeat_a_date() -> None:
    done = date(2026, 3, 6)
    moved = Schedule(time(8), "Pacific/Honolulu")
    assert due_run(moved, done, utc("2026-03-06T18:30")) is None
    assert next_run(moved, done, utc("2026-03-06T18:30")).day == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("days", "before"),
    [(EVERY_DAY, date(2026, 3, 8)), (WEEKDAYS, date(2026, 3, 6)), (frozenset({0}), date(2026, 3, 2))],
)
def test_a_digest_tells_what_came_since_its_previous_run(days: frozenset[int], before: date) -> None:
    assert previous_run(berlin("08:00", days), date(2026, 3, 9)).day == before


@given(SCHEDULES, INSTANTS)
def test_the_next_run_comes_and_is_then_due(schedule: Schedule, now: datetime) -> None:
    run = next_run(schedule, None, now)
    assert now < run.instant <= now + timedelta(days=9)
    assert due_run(schedule, run.day - timedelta(days=1), run.instant) == run
    assert due_run(schedule, run.day, run.instant) is None


@given(SCHEDULES, INSTANTS, st.integers(1, 50))
def test_a_minute_loop_runs_each_date_once_and_misses_none(schedule: Schedule, now: datetime, hours: int) -> None:
    last, ran = None, []
    for minute in range(0, hours * 60, 15):
        if run := due_run(schedule, last, now + timedelta(minutes=minute), timedelta(minutes=15)):
            ran.append(run.day)
            last = run.day
    assert len(ran) == len(set(ran))
    end = now + timedelta(minutes=hours * 60 - 15)
    days = [now.astimezone(UTC).date() + timedelta(days=offset) for offset in range(-2, hours // 24 + 3)]
    wanted = [day for day in days if day.weekday() in schedule.days and now <= run_on(schedule, day).instant <= end]
    assert set(wanted) <= set(ran)


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_has_one_run_a_day_for_ten_years(zone: str) -> None:
    schedule = Schedule(time(2, 30), zone)
    instant = datetime(2024, 1, 1, tzinfo=UTC)
    last = None
    # Every 19 days hits each weekday and each season; the days around a change of the clock are all tried below.
    for _ in range(190):
        run = next_run(schedule, last, instant)
        following = next_run(schedule, run.day, run.instant)
        assert following.day == run.day + timedelta(days=1)
        assert timedelta(hours=20) <= following.instant - run.instant <= timedelta(hours=28)
        instant, last = run.instant + timedelta(days=19), run.day


def test_the_days_around_every_change_of_the_clock() -> None:
    for zone in ZONES:
        place = ZoneInfo(zone)
        offsets = [(day, _noon(day, place).utcoffset()) for day in _days(2024, 2034, step=7)]
        for (before, old), (after, new) in pairwise(offsets):
            if old == new:
                continue
            days = [before + timedelta(days=offset) for offset in range((after - before).days + 1)]
            instants = [run_on(Schedule(time(2, 30), zone), day).instant for day in days]
            assert instants == sorted(set(instants)), zone


def _days(first: int, last: int, step: int) -> list[date]:
    count = (date(last, 1, 1) - date(first, 1, 1)).days
    return [date(first, 1, 1) + timedelta(days=offset) for offset in range(0, count, step)]


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), zone)


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({7})])
def test_a_schedule_needs_days_of_the_week(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="not days of the week"):
        Schedule(time(8), "UTC", days)
