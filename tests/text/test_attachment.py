from __future__ import annotations

import pytest

from bot.text.verify import shortens


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The law passed on Monday after the mayor, who resigned in 2019, backed it.", "The law passed in 2019."),
        (
            "The law passed on Monday after the mayor, who resigned in 2019, backed it.",
            "The mayor backed it on Monday.",
        ),
        ("The bank closed the branch after a clerk was robbed in Orne.", "The bank closed the branch in Orne."),
        ("The firm hired Keller when Vega left on Friday.", "The firm hired Keller on Friday."),
        ("Keller won the race that Vega lost in 2011.", "Keller won the race in 2011."),
        ("The mayor praised the police because they found the boy in Tarn.", "The mayor praised the police in Tarn."),
    ],
)
def test_a_time_or_place_stays_with_its_verb(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Keller said the union had rejected the offer.", "Keller had rejected the offer."),
        ("The mayor left the hall after the judge read the verdict.", "The mayor read the verdict."),
        ("The son of the minister was fined for speeding.", "The minister was fined for speeding."),
        ("The man who shot the guard fled to Varna.", "The guard fled to Varna."),
        ("A lawyer for Keller told the court that Vega lied.", "Keller told the court that Vega lied."),
    ],
)
def test_a_verb_stays_with_its_subject(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The board approved the plan on Monday.", "The board approved on Monday."),
        ("The mayor said that the bridge was safe.", "The mayor said."),
        ("The bridge became a symbol of the town.", "The bridge became."),
        ("The firm was charged with fraud and theft.", "The firm was charged."),
    ],
)
def test_a_verb_keeps_what_it_needs(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The law passed on Monday after the mayor, who resigned in 2019, backed it.", "The law passed on Monday."),
        ("Anna Keller, a nurse from Lyon, drove 900 miles on Friday.", "Anna Keller drove 900 miles on Friday."),
        ("On Monday, the council closed the library.", "The council closed the library."),
        ("The council closed the library (the oldest in Orne) on Monday.", "The council closed the library on Monday."),
        ("Residents of the village of Orne were moved to a school.", "Residents of Orne were moved to a school."),
        ("The bank raised its rates in May, and shares fell in London.", "The bank raised its rates in May."),
        (
            "The council voted on Tuesday night to close the library.",
            "The council voted on Tuesday to close the library.",
        ),
        (
            "The mayor has also promised to open a new school in Orne.",
            "The mayor has promised to open a new school in Orne.",
        ),
    ],
)
def test_what_hangs_where_it_hung_passes(sentence: str, shortening: str) -> None:
    assert shortens(shortening, [sentence]).supported
