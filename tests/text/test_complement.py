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
        ("Vega called half of the clerks “thieves” on Monday.", "Vega called half of the clerks."),
        ("Keller wants to deliver a “lesson” to the union.", "Keller wants to deliver a “lesson”."),
        ("The clerk admitted to swapping permits for cash.", "The clerk admitted to swapping permits."),
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
        (
            "The bus left the road about 20 kilometres (12 miles) from its depot in Orne.",
            "The bus left the road about 20 kilometres.",
        ),
        (
            "Keller believes that Vega will keep the club in the first division.",
            "Keller believes that Vega will keep the club.",
        ),
        (
            "A clerk left the boy in a locked room for two hours, the police said.",
            "A clerk left the boy, the police said.",
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
        ("Vega expressed his gratitude at being able to play.", "Vega expressed his gratitude."),
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
        ("The clerk put the cash in a safe on Monday.", "The clerk put the cash in a safe."),
        ("Officials in Orne said the bridge was closed.", "Officials said the bridge was closed."),
        ("The judge upheld the ban on phones on Monday.", "The judge upheld the ban on phones."),
        ("The council closed the mill, but Keller left.", "The council closed the mill."),
        ("Keller won the race in May after a long trial.", "Keller won the race in May."),
    ],
)
def test_what_completes_nothing_may_go(sentence: str, shortening: str) -> None:
    assert passes(shortening, sentence)
