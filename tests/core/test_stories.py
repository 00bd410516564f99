from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fakes import FakeEncoder

from bot.core.disagreement import find_disagreements
from bot.core.stories import group, weight, why
from bot.story import Post, Report
from bot.text.segment import segment

NOW = datetime(2026, 3, 6, tzinfo=UTC)
FIRE = "A fire in the Marrow market hall in Port Ellery killed {} people on Monday, the fire chief Ana Ruiz said."
RATES = "The central bank kept its interest rate at two percent on Tuesday, governor Jon Berg said in Oslo."


def report(text: str, outlet: str, *posts: Post, hours: int = 0) -> Report:
    article = segment(text, url=f"https://{outlet}/x")
    vector = tuple(float(value) for value in FakeEncoder().encode([text])[0])
    return Report(article, vector, NOW + timedelta(hours=hours), posts)


def test_reports_of_one_event_make_one_story() -> None:
    reports = [report(FIRE.format(12), "a.example"), report(RATES, "b.example"), report(FIRE.format(15), "c.example")]
    stories = group(reports)
    assert sorted(len(story) for story in stories) == [1, 2]
    assert sum(map(len, stories)) == len(reports)


def test_no_reports_make_no_story() -> None:
    assert group([]) == []


def test_outlets_that_differ_are_set_side_by_side() -> None:
    reports = [report(FIRE.format(12), "a.example"), report(FIRE.format(15), "b.example")]
    (found,) = find_disagreements(reports)
    assert found.about == "dead"
    assert [(claim.text, claim.outlet, claim.paragraph) for claim in found.claims] == [
        ("12 people", "a.example", 1),
        ("15 people", "b.example", 1),
    ]


def test_agreement_and_updates_are_no_disagreement() -> None:
    assert find_disagreements([report(FIRE.format(12), "a.example"), report(FIRE.format("twelve"), "b.example")]) == ()
    later = report(FIRE.format(15), "a.example", hours=5)
    assert find_disagreements([report(FIRE.format(12), "a.example"), later]) == ()


@pytest.mark.parametrize(
    ("other", "shown"), [("Anna", ["Ana Ruiz", "Anna Ruiz"]), ("Ana", []), ("Maria", []), ("Alba", []), ("A-na", [])]
)
def test_a_name_that_outlets_spell_in_two_ways_is_shown(other: str, shown: list[str]) -> None:
    spelt = FIRE.format(12).replace("Ana Ruiz", f"{other} Ruiz")
    found = find_disagreements([report(FIRE.format(12), "a.example"), report(spelt, "b.example")])
    assert [claim.text for one in found for claim in one.claims] == shown


def test_figures_of_other_matters_are_not_compared() -> None:
    other = "Police in Madrid said 3 people were killed when a bus left the road near the airport on Friday."
    assert find_disagreements([report(FIRE.format(12), "a.example"), report(other, "b.example")]) == ()


def test_a_story_rises_with_posts_outlets_and_talk_and_falls_when_told_before() -> None:
    plain = [report(FIRE.format(12), "a.example")]
    lively = [report(FIRE.format(12), "a.example", Post("j", 5, 3)), report(FIRE.format(12), "b.example", Post("k"))]
    assert weight(why(lively, [])) > weight(why(plain, []))
    told = why(plain, [plain[0].vector])
    assert not told.is_new
    assert weight(told) < weight(why(plain, []))
