from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.text.credit import credit_at_end, credit_at_start, credit_of_line
from bot.text.dates import read_date
from bot.text.frontmatter import is_headline, read_front_matter

BODY = (
    "The harbour of Port Ellery will stay closed until Friday after a storm sank two boats, the coastguard said.",
    "Nobody was hurt, but divers have yet to reach the larger boat.",
)
TITLE = "Storm closes Port Ellery harbour"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("March 4, 2024", datetime(2024, 3, 4, tzinfo=UTC)),
        ("Updated 4 March 2024", datetime(2024, 3, 4, tzinfo=UTC)),
        ("2024-03-04", datetime(2024, 3, 4, tzinfo=UTC)),
        ("Nov. 18, 2019 7:04 pm EST", datetime(2019, 11, 18, 19, 4, tzinfo=timezone(timedelta(hours=-5)))),
        ("Posted 12 Sept 2023, 12:30 am GMT", datetime(2023, 9, 12, 0, 30, tzinfo=UTC)),
        ("Nov. 18, 2019 at 25:99 GMT", datetime(2019, 11, 18, tzinfo=UTC)),
        ("February 31, 2024", None),
        ("3/4/2024", None),
        ("no date", None),
    ],
)
def test_reads_dates(line: str, expected: datetime | None) -> None:
    assert read_date(line) == expected


@pytest.mark.parametrize(
    ("paragraph", "name", "rest"),
    [
        ("Rates rose, Xi wrote. — AP", "AP", "Rates rose, Xi wrote."),
        ("“We are ready,” she said. – Reuters", "Reuters", "“We are ready,” she said."),
        ("The talks failed. (AFP)", "AFP", "The talks failed."),
        ("The talks failed. — Bernama", "Bernama", "The talks failed."),
        ("The talks failed.—AFP/Example Post", "AFP/Example Post", "The talks failed."),
    ],
)
def test_finds_a_credit_at_the_end(paragraph: str, name: str, rest: str) -> None:
    credit = credit_at_end(paragraph)
    assert credit is not None
    assert (credit.name, paragraph[: credit.span.start]) == (name, rest)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“It rained.” — Maria Silva",
        "He works for AP.",
        "The strike at AFP",
        "— AP",
        "The firm is called “Ready.” — Or not.",
    ],
)
def test_takes_no_speaker_for_an_agency(paragraph: str) -> None:
    assert credit_at_end(paragraph) is None


def test_finds_a_credit_at_the_start() -> None:
    bare = credit_at_start("(Reuters) — A ship sank.")
    assert bare is not None
    assert (bare.name, bare.span.end) == ("Reuters", len("(Reuters) — "))
    dateline = credit_at_start("NEW YORK (AP) — A ship sank.")
    assert dateline is not None
    assert (dateline.name, len(dateline.span)) == ("AP", 0)
    assert credit_at_start("A ship (the Reuters) sank.") is None


@pytest.mark.parametrize(
    ("line", "name"), [("— AP", "AP"), ("Source: Reuters", "Reuters"), ("(AFP)", "AFP"), ("Nap", None)]
)
def test_knows_a_line_that_is_a_credit(line: str, name: str | None) -> None:
    assert credit_of_line(line) == name


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (("Home", "World news today", TITLE, TITLE, "By Ana Ruiz"), TITLE),
        ((TITLE, "Divers cannot reach the boats, and the island runs short of bread and medicine."), TITLE),
        ((f"{TITLE} | The Daily Post",), TITLE),
        (("Home", "News", "March 4, 2024"), None),
        ((), None),
    ],
)
def test_finds_the_title(head: tuple[str, ...], title: str | None) -> None:
    assert read_front_matter(head, (), BODY).title == title


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (("By Ana Ruiz",), "Ana Ruiz"),
        (("By", "Ana Ruiz"), "Ana Ruiz"),
        (("Written by Ana Ruiz | March 4, 2024",), "Ana Ruiz"),
        (("By Ana Ruiz and Tom Ode, Daily Post",), "Ana Ruiz and Tom Ode, Daily Post"),
        (("Ana Ruiz", "March 4, 2024"), "Ana Ruiz"),
        (("World News", "March 4, 2024"), None),
    ],
)
def test_finds_the_byline(head: tuple[str, ...], byline: str | None) -> None:
    assert read_front_matter(head, (), BODY).byline == byline


def test_takes_a_date_behind_the_body_only_where_it_says_so() -> None:
    assert read_front_matter((), ("News at 10 on April 26, 2024",), BODY).published is None
    assert read_front_matter((), ("First published: April 26, 2024",), BODY).published == datetime(
        2024, 4, 26, tzinfo=UTC
    )


def test_knows_a_headline_over_its_story() -> None:
    assert is_headline(TITLE, BODY)
    assert not is_headline("What happened next", BODY)
    assert not is_headline(BODY[1], BODY)
    assert not is_headline(TITLE, ("Short line",))
