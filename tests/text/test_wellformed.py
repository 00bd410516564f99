from __future__ import annotations

import pytest

from bot.text.verify import ProblemKind, shortens

_SENTENCE = "The council of Orne (the old town) was told on Monday that “the bridge” is in need of a new coat of paint."


@pytest.mark.parametrize(
    "shortening",
    [
        "Council of Orne was told on Monday that “the bridge” is in need of a new coat of paint.",
        "The council of Orne told on Monday that “the bridge” is in need of a new coat of paint.",
        "The council of Orne was told on Monday that “the bridge” is in need of.",
        "The council of Orne was told on Monday that “the bridge” is in need of a.",
        "The council of Orne was told on on Monday that “the bridge” is in need of a new coat of paint.",
        "The council of Orne was told on Monday that “the bridge is in need of a new coat of paint.",
        "The council of Orne (the old town was told on Monday that “the bridge” is in need of a new coat of paint.",
        "The council of Orne, , was told on Monday that “the bridge” is in need of a new coat of paint.",
        "The council Orne was told on Monday that “the bridge” is in need of a new coat of paint.",
    ],
)
def test_a_broken_sentence_is_refused(shortening: str) -> None:
    assert not shortens(shortening, [_SENTENCE]).supported


def test_a_question_does_not_become_a_claim() -> None:
    finding = shortens("Will the council close the bridge.", ["Will the council close the bridge in May?"])
    assert ProblemKind.FORM in {problem.kind for problem in finding.problems}


def test_a_sentence_keeps_its_main_verb() -> None:
    assert not shortens(
        "The bridge that the town built.", ["The bridge that the town built was closed in May."]
    ).supported


def test_a_whole_sentence_passes() -> None:
    shortening = "The council of Orne was told on Monday that “the bridge” is in need of a new coat of paint."
    assert shortens(shortening, [_SENTENCE]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Keller, a keen painter, left the town in May.", "Keller, a keen painter left the town in May."),
        ("The club won the cup, sold its star and built a stand.", "The club won the cup, sold its star."),
        ("Keller reported, the club sold its star in May.", "Keller reported."),
        ("Keller told a meeting in Orne: “The club is sold.”", "Keller told a meeting in Orne."),
        ("The family running for office have left the town.", "The family running have left the town."),
    ],
)
def test_an_end_that_lets_wait_for_more_is_refused(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        (
            "Keller called the ruling ' senseless and cruel ' on Monday.",
            "Keller called the ruling ' senseless and cruel.",
        ),
        ("Keller wants to end the rule in Orne on “the old mill.”", "Keller wants to end the “the old mill.”"),
        ("Martin O’Malley spoke at the hall on Sunday.", "Martin O’malley spoke at the hall."),
        ("Beer drinkers along the river often discard bottles on the walks.", "Beer drinkers along the river."),
    ],
)
def test_an_open_quotation_a_misspelt_name_and_a_lack_of_verbs_are_refused(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


def test_an_apostrophe_opens_no_quotation() -> None:
    sentence = "The workers' union left the council's hall in Orne in the '90s."
    assert shortens("The workers' union left the council's hall in Orne.", [sentence]).supported
