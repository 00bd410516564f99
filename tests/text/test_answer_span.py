from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Span
from bot.text.answer_span import Mention, candidates, choose
from bot.text.names import NameKind
from bot.text.question import AnswerKind, read_question


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("It fell on Monday, March 3, 2025.", AnswerKind.TIME, ["Monday, March 3, 2025"]),
        ("They left two weeks ago, at 5 p.m.", AnswerKind.TIME, ["two weeks ago", "5 p.m."]),
        ("A 15-month inquiry cost $7.8 million.", AnswerKind.DURATION, ["15-month"]),
        ("A 15-month inquiry cost $7.8 million.", AnswerKind.MONEY, ["$7.8 million"]),
        ("They asked for 60 euros.", AnswerKind.MONEY, ["60 euros"]),
        ("About 12 percent, or 3,500 voters.", AnswerKind.PERCENT, ["12 percent"]),
        ("About 12 percent, or 3,500 voters.", AnswerKind.COUNT, ["12", "3,500"]),
        ("Twenty-three died and two hundred were hurt.", AnswerKind.COUNT, ["Twenty-three", "two hundred"]),
        ("Jane Roe, 45, lives there.", AnswerKind.AGE, ["45"]),
        ("Nothing here.", AnswerKind.THING, []),
    ],
)
def test_candidates_have_the_shape_of_the_kind(text: str, kind: AnswerKind, found: list[str]) -> None:
    assert [span.of(text) for span in candidates(text, Span(0, len(text)), kind, ())] == found


def test_of_two_names_the_one_that_the_question_does_not_give_is_chosen() -> None:
    text = "Ann Lee, the mayor, met Bob Ray on Tuesday."
    mentions = tuple(
        Mention(Span(text.index(name), text.index(name) + 7), NameKind.PERSON) for name in ("Ann Lee", "Bob Ray")
    )
    chosen = choose(text, Span(0, len(text)), read_question("Who did Ann Lee meet?"), mentions)
    assert chosen is not None
    assert chosen.of(text) == "Bob Ray"


def test_a_question_for_a_reason_wants_no_exact_words() -> None:
    text = "It fell because of rain."
    assert choose(text, Span(0, len(text)), read_question("Why did it fall?"), ()) is None


@given(st.text(max_size=300), st.sampled_from(AnswerKind))
def test_candidates_lie_inside_any_text(text: str, kind: AnswerKind) -> None:
    within = Span(len(text) // 3, len(text))
    assert all(within.contains(span) for span in candidates(text, within, kind, ()))
