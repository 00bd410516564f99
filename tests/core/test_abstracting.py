"""Whole summaries by a writer: what the article says is shown as written, what it does not is replaced."""

from __future__ import annotations

import pytest
from fakes import FakeEncoder, FakeWriter

from bot.article import Mode
from bot.core.abstracting import abstract
from bot.model.base import Task
from bot.text.segment import segment

FIRST = "The council of Leeds voted on Monday to close 14 libraries, which will save two million pounds a year."
SECOND = "Mayor Ann Lee said that the bridge over the river will open in 2031."
ARTICLE = segment(f"{FIRST} {SECOND}\n\nThe market stays as it is, traders were told by the council in the morning.")


def test_a_sentence_that_the_article_says_is_shown_as_written() -> None:
    writer = FakeWriter(("The council of Leeds voted to close 14 libraries.",))
    (sentence,) = abstract(ARTICLE, FakeEncoder(), writer)
    assert (sentence.text, sentence.mode) == ("The council of Leeds voted to close 14 libraries.", Mode.REWRITTEN)
    assert [span.of(ARTICLE.text) for span in sentence.evidence] == [FIRST]
    assert writer.history[0].task is Task.SUMMARY


def test_what_the_article_does_not_say_is_replaced_by_the_sentence_it_comes_nearest_to() -> None:
    writer = FakeWriter(("The council of Leeds voted to close 15 libraries.",))
    (sentence,) = abstract(ARTICLE, FakeEncoder(), writer)
    assert (sentence.text, sentence.mode) == (FIRST, Mode.EXTRACTED)


def test_sentences_stand_in_the_order_of_the_article_and_each_source_once() -> None:
    written = f"{SECOND} The council closed 99 libraries in Leeds on Monday. The council of Leeds voted against it."
    sentences = abstract(ARTICLE, FakeEncoder(), FakeWriter((written,)))
    assert [sentence.text for sentence in sentences] == [FIRST, SECOND]


@pytest.mark.parametrize("answer", [(), ("",), ("—",), ("\x00 \ud83d",)], ids=["none", "empty", "a mark", "broken"])
def test_where_nothing_is_written_nothing_is_shown(answer: tuple[str, ...]) -> None:
    assert abstract(ARTICLE, FakeEncoder(), FakeWriter(answer)) == ()
