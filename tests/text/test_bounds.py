from __future__ import annotations

import pytest

from bot.text.verify import shortens


def passes(shortening: str, sentence: str) -> bool:
    return shortens(shortening, [sentence]).supported


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
        ("Clerks generally gain from a strike.", "Clerks gain from a strike."),
        ("The trains typically stop at Orne.", "The trains stop at Orne."),
        ("The park of Orne hosted the game against Brel in 2007.", "The park of Orne hosted the game against Brel."),
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
