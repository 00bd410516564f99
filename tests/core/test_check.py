"""The check of a summary on a small article, with an encoder made of words."""

from __future__ import annotations

import pytest
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.check import check
from bot.text.segment import segment

_ARTICLE = segment(
    "The council voted on Tuesday to close the Harbour Street library. Maria Keller, who has led the library since "
    "2011, said she was sad. Some 4,300 residents have signed a petition against the plan.\n"
    "The building will be sold in March. A school wants to buy it."
)
_TRUE = "The council voted to close the Harbour Street library. Maria Keller said she was sad."
_FALSE = "The council voted to buy a school. Residents have sold Maria Keller to the Harbour Street school in 1850."


def test_a_copied_summary_is_supported() -> None:
    verdict = check(_ARTICLE, _TRUE, FakeEncoder())
    assert verdict.supported
    assert all(statement.supported and statement.reason is None for statement in verdict.statements)


def test_a_summary_that_joins_what_the_article_does_not_is_not_supported() -> None:
    verdict = check(_ARTICLE, _FALSE, FakeEncoder())
    assert not verdict.supported
    assert any(statement.reason for statement in verdict.statements)


def test_the_score_ranks_a_true_summary_above_a_false_one() -> None:
    assert check(_ARTICLE, _TRUE, FakeEncoder()).score > check(_ARTICLE, _FALSE, FakeEncoder()).score


def test_a_statement_shows_the_sentence_that_it_rests_on() -> None:
    statement = check(_ARTICLE, "The building will be sold.", FakeEncoder()).statements[0]
    assert [span.of(_ARTICLE.text) for span in statement.evidence] == ["The building will be sold in March."]


def test_the_statements_are_those_of_the_summary_in_order() -> None:
    verdict = check(_ARTICLE, _TRUE, FakeEncoder())
    assert " ".join(statement.text for statement in verdict.statements) == _TRUE


_LIBRARY = segment(
    "The Fairhill library was built in 1911 by the town. The Fairhill library closed in 2016 after a flood. A school "
    "wants to buy the house."
)


def test_a_statement_is_not_blamed_for_another_and_its_pronoun_means_what_stands_before() -> None:
    first, second = check(_LIBRARY, "Nobody in Paris built the library. It closed in 2016.", FakeEncoder()).statements
    assert not first.supported
    assert (second.supported, second.reason) == (True, None)


@pytest.mark.parametrize("wrong", ["in 2012", "on 9 May"])
def test_a_number_that_the_article_gives_nowhere_is_not_supported(wrong: str) -> None:
    (statement,) = check(_ARTICLE, f"The council voted to close the library {wrong}.", FakeEncoder()).statements
    assert not statement.supported
    assert "number" in (statement.reason or "")


@pytest.mark.parametrize("summary", ["", "  \n", "\x00"])
def test_an_empty_summary_is_not_supported(summary: str) -> None:
    assert not check(_ARTICLE, summary, FakeEncoder()).supported


def test_nothing_is_supported_by_an_empty_article() -> None:
    assert not check(segment(""), _TRUE, FakeEncoder()).supported


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_checked_without_failing(article: str, summary: str) -> None:
    verdict = check(segment(article), summary, FakeEncoder())
    assert 0 <= verdict.score <= 1
    assert verdict.supported == all(statement.supported for statement in verdict.statements) or not verdict.statements
