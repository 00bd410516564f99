"""Read the date of publication from a line such as "Updated Nov. 19, 2019 8:21 am ET".

English month names and the ISO form only: "3/4/2019" means two days, so it is not read.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s{{1,3}}{_MONTH},?\s{{1,3}}(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap])?\.?(?:m\b\.?)?\s?(?P<zone>[A-Z]{1,4}\b)?",
    re.IGNORECASE,
)
_CLOCK_REACH = 30
_NOON = 12
_ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0.0),
    **dict.fromkeys(("bst", "cet", "wat"), 1.0),
    **dict.fromkeys(("cest", "eet", "sast", "cat"), 2.0),
    **dict.fromkeys(("msk", "eat", "eest"), 3.0),
    **dict.fromkeys(("sgt", "hkt", "awst", "myt"), 8.0),
    **dict.fromkeys(("jst", "kst"), 9.0),
    "ist": 5.5,
    "aest": 10.0,
    "aedt": 11.0,
    "edt": -4.0,
    "est": -5.0,
    "cdt": -5.0,
    "cst": -6.0,
    "mdt": -6.0,
    "mst": -7.0,
    "pdt": -7.0,
    "pst": -8.0,
}


def read_date(line: str) -> datetime | None:
    """Read the first full date of a line, with the time behind it where its zone is known; midnight UTC otherwise."""
    found = [match for form in _FORMS if (match := form.search(line))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    try:
        day = datetime(int(first["year"]), _month(first["month"]), int(first["day"]), tzinfo=UTC)
    except ValueError:
        return None
    return _with_clock(day, line[first.end() : first.end() + _CLOCK_REACH])


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1


def _with_clock(day: datetime, rest: str) -> datetime:
    clock = _CLOCK.search(rest)
    hours = _ZONES.get((clock["zone"] or "").lower()) if clock else None
    if clock is None or hours is None:
        return day
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % _NOON + (_NOON if clock["half"].lower() == "p" else 0)
    try:
        return day.replace(hour=hour, minute=int(clock["minute"]), tzinfo=timezone(timedelta(hours=hours)))
    except ValueError:
        return day
