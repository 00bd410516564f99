from __future__ import annotations

import pytest

from bot.text.verify import shortens


def passes(shortening: str, sentence: str) -> bool:
    return shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("A boy threw a stone at the mayor on Monday.", "A boy threw a stone on Monday."),
        ("The clerk put the cash in a safe on Monday.", "The clerk put the cash on Monday."),
        ("The new rules were aimed at ending the strike.", "The new rules were aimed."),
        ("The council compared the bridge to a tower in Leeds.", "The council compared the bridge."),
        ("The tenants met this week with Keller.", "The tenants met this week."),
        (
            "The jury charged both brokers with fraud.",
            "The jury charged both brokers.",
        ),
        ("Vega went to Orne, pressing owners in private to lower the rent.", "Vega went to Orne, pressing owners."),
        (
            "The ruling had the effect of denying the clerks a fair trial.",
            "The ruling had the effect of denying the clerks.",
        ),
    ],
)
def test_a_verb_keeps_its_goal(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Clerks say efforts to reopen the mill are futile.", "Clerks say efforts are futile."),
        (
            "The owners spoke in response to consultation on the new rent.",
            "The owners spoke in response to consultation.",
        ),
        ("Members refused to withdraw support for the strike.", "Members refused to withdraw support."),
        ("Keller is about to be the star of the show.", "Keller is about to be the star."),
        ("The judge upheld the ban on phones for young pupils.", "The judge upheld the ban on phones."),
        ("The boat was found a mile from the harbour.", "The boat was found a mile."),
        ("Keller left the hall hours after the vote was held.", "Keller left the hall hours."),
    ],
)
def test_a_noun_keeps_what_it_is_of(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Teenagers in care in Orne are moved too often.", "Teenagers in care are moved too often."),
        ("The mill will cost $2 billion a year.", "The mill will cost $2 billion."),
        (
            "Keller and Vega were jailed for 4 and 7 years, respectively.",
            "Keller and Vega were jailed for 4 and 7 years.",
        ),
        ("The firm had fewer clerks in July than it did in March.", "The firm had fewer clerks than it did in July."),
        ("Vega flew higher than any pilot has flown since the war.", "Vega flew higher than any pilot has flown."),
        ("Sales were up for the fourth straight week.", "Sales were up for the fourth week."),
        ("The trains typically stop at Orne.", "The trains stop at Orne."),
    ],
)
def test_a_claim_keeps_its_bounds(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        (
            "The mill faces a cut, a step described as “shameful” by the union.",
            "The mill faces a cut, a step described as “shameful”.",
        ),
        ("Vega may have won the title, but the night was Keller's.", "Vega may have won the title."),
        ("Keller had intended to paint the hall, but the paint was late.", "Keller had intended to paint the hall."),
        ("The clerks faced a long term, but were released in May.", "The clerks faced a long term."),
        ("Some girls leave early so they can reach the school.", "Some girls leave early."),
        ("The fire occurred when the crowd left the hall.", "The fire occurred."),
    ],
)
def test_a_claim_keeps_its_source_and_its_turn(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The clerk put the cash in a safe on Monday.", "The clerk put the cash in a safe."),
        ("Officials in Orne said the bridge was closed.", "Officials said the bridge was closed."),
        ("The judge upheld the ban on phones on Monday.", "The judge upheld the ban on phones."),
        ("The council closed the mill, but Keller left.", "The council closed the mill."),
        ("Keller won the race in May after a long trial.", "Keller won the race in May."),
    ],
)
def test_what_completes_nothing_may_go(sentence: str, shortening: str) -> None:
    assert passes(shortening, sentence)
