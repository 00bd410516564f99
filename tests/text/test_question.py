from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.question import AnswerKind, read_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who said there are no plans?", AnswerKind.PERSON),
        ("Which president signed the bill?", AnswerKind.PERSON),
        ("Which popular US retailer announced lower prices?", AnswerKind.NAME),
        ("Which continent will soon require one charger?", AnswerKind.PLACE),
        ("Where did the bridge fall?", AnswerKind.PLACE),
        ("When was the vote?", AnswerKind.TIME),
        ("What day were they found?", AnswerKind.TIME),
        ("How long did the inquiry last?", AnswerKind.DURATION),
        ("How old is the pilot?", AnswerKind.AGE),
        ("How much did the house cost?", AnswerKind.MONEY),
        ("What percentage of voters agreed?", AnswerKind.PERCENT),
        ("How many people were killed?", AnswerKind.COUNT),
        ("Why was the flight late?", AnswerKind.REASON),
        ("What caused the fire?", AnswerKind.REASON),
        ("What did the mayor say about the fire?", AnswerKind.STATEMENT),
        ("How did they escape?", AnswerKind.MANNER),
        ("Is the road open?", AnswerKind.YES_NO),
        ("Wer hat das gesagt?", AnswerKind.THING),
        ("", AnswerKind.THING),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(question: str, kind: AnswerKind) -> None:
    assert read_question(question).kind is kind


def test_names_are_told_but_not_the_word_that_opens_the_question() -> None:
    assert read_question("Which bill did Mayor Adams sign?").names == {"mayor", "adam"}


def test_the_noun_after_which_is_what_is_wanted() -> None:
    assert read_question("Which major US retailer announced this week it is closing?").wanted == "retailer"
    assert read_question("Who closed?").wanted is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read_question(text)
