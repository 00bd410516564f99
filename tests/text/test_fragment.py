from __future__ import annotations

import pytest

from bot.text.verify import shortens


def passes(shortening: str, sentence: str) -> bool:
    return shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Just hours after he had left the hall, Keller was arrested.", "Just hours after he had left the hall."),
        ("When the council announced the sale, it looked like a win.", "When the council announced the sale."),
        (
            "Four years after a fire left the mill empty, Orne will sell it.",
            "Four years after a fire left the mill empty.",
        ),
        ("The boat that the town built was sold in May.", "The boat that the town built."),
        (
            "Tributes were paid to Vega after the singer, actor and writer died on Monday.",
            "Tributes were paid to Vega after the singer.",
        ),
        (
            "Keller, a painter in a town where few people vote, won the seat.",
            "Keller, a painter in a town where few people vote.",
        ),
        ("A clerk told the Orne Times the mill had burned.", "A clerk told the Orne Times."),
        ("From the stand “it was the best ever”, Keller said of the win.", "From the stand, Keller said of the win."),
        ("The remains are of soldiers killed in the war.", "The remains are of soldiers killed."),
    ],
)
def test_a_clause_alone_is_refused(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        (
            "Police foiled an attack on the bank, the court and the museum.",
            "Police foiled an attack, the court and the museum.",
        ),
        ("The boy studies the game and his style is shaped by Vega.", "The boy studies the game is shaped by Vega."),
        (
            "It was a raid on a base in Tarn, which was annexed in May.",
            "It was a raid on a base, which was annexed in May.",
        ),
        (
            "Voters expect Keller to win the debate, the first of three.",
            "Voters expect Keller to win, the first of three.",
        ),
        (
            "The boy studies the game and his style is shaped by Vega.",
            "The boy studies the game and is shaped by Vega.",
        ),
        ("A friend revealed the moment the clerks were taken to Orne.", "A friend revealed the moment."),
        ("The club made mistake after mistake in May.", "The club made mistake."),
        (
            "They made two films; the former was a hit, and the latter was a loss.",
            "They made two films; the former was a hit.",
        ),
        ("The plane is going red, white and blue in May.", "The plane is going red."),
        (
            "It backs a firm that employs, directly or through others, at least 40 people.",
            "It backs a firm that employs.",
        ),
    ],
)
def test_half_of_a_pair_or_list_is_refused(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("It was not clear when the mill would reopen the hall.", "The mill would reopen the hall."),
        ("Keller should be fired, a headline in the Orne Times reads.", "Keller should be fired."),
        ("To the tenants, the new rent is a blow.", "The new rent is a blow."),
        (
            "Bail has been paid for both clerks, their lawyer said, but a judge has to sign.",
            "Bail has been paid for both clerks.",
        ),
    ],
)
def test_a_question_or_view_is_not_told_as_a_fact(sentence: str, shortening: str) -> None:
    assert not passes(shortening, sentence)


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("After the vote was held, Keller left the hall in Orne.", "Keller left the hall in Orne."),
        ("The mayor of Orne, who resigned in May, won the seat.", "The mayor of Orne won the seat."),
        ("The mill closed in May, the union said.", "The mill closed, the union said."),
        ("Keller won the race, lost the cup and left.", "Keller won the race."),
        (
            "The club of the town (TFC), which was founded in May, won.",
            "The club of the town, which was founded in May, won.",
        ),
    ],
)
def test_a_whole_clause_passes(sentence: str, shortening: str) -> None:
    assert passes(shortening, sentence)
