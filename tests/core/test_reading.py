from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from fakes import FakeEncoder

from bot.core.ask import ask
from bot.core.reading import READ_FEATURES, mark
from bot.core.survey import survey
from bot.model.base import Reading
from bot.text.question import AnswerKind
from bot.text.segment import segment

STORY = "Ann Lee runs the port. Bob Ray owns a red boat. " + "The harbour was calm that day. " * 60 + "Cy Coe sang."


class FakeReader:
    """Marks one name wherever it stands, and keeps what it was given to read."""

    name = "fake-reader"

    def __init__(self, answer: str) -> None:
        self.answer = answer.split()
        self.history: list[str] = []

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        self.history.extend(passages)
        return [self._reading(passage) for passage in passages]

    def _reading(self, passage: str) -> Reading:
        words = list(re.finditer(r"\w+", passage))
        opens = [5.0 if word.group() == self.answer[0] else -5.0 for word in words]
        closes = [5.0 if word.group() == self.answer[-1] else -5.0 for word in words]
        starts, ends = (
            np.array([getattr(word, side)() for word in words], dtype=np.int64) for side in ("start", "end")
        )
        return Reading(starts, ends, np.array(opens, dtype=np.float32), np.array(closes, dtype=np.float32))


def test_the_marked_span_is_in_the_sentence_that_holds_it() -> None:
    article = segment(STORY)
    surveyed = survey(article, FakeEncoder())
    marked = mark(
        surveyed, "Who owns a boat?", np.zeros(len(surveyed.sentences), dtype=np.float32), FakeReader("Bob Ray")
    )
    span = marked.spans[1]
    assert span is not None
    assert span.of(STORY) == "Bob Ray"
    assert marked.rows[:, READ_FEATURES.index("span_score")].argmax() == 1


def test_only_the_likeliest_passages_of_a_long_article_are_read() -> None:
    article = segment(STORY + " More was said of it." * 2_000)
    surveyed = survey(article, FakeEncoder())
    scores = np.zeros(len(surveyed.sentences), dtype=np.float32)
    scores[62] = 9.0
    reader = FakeReader("Cy Coe")
    marked = mark(surveyed, "Who sang?", scores, reader)
    assert len(reader.history) <= 4
    assert marked.spans[62] is not None
    assert marked.spans[-1] is None


def test_every_passage_is_the_articles_own_words() -> None:
    article = segment(STORY)
    reader = FakeReader("Ann Lee")
    ask(article, "Who runs the port?", FakeEncoder(), reader)
    assert reader.history
    assert all(passage in STORY for passage in reader.history)


def test_a_reader_that_finds_no_token_marks_nothing() -> None:
    article = segment("…\n\n?!\n\n--")
    answer = ask(article, "Who?", FakeEncoder(), FakeReader("x"))
    assert answer.span is None


def test_a_reason_is_the_whole_sentence_and_a_name_is_words() -> None:
    surveyed = survey(segment(STORY), FakeEncoder())
    marked = mark(surveyed, "Who?", np.zeros(len(surveyed.sentences), dtype=np.float32), FakeReader("Bob Ray"))
    assert marked.words(1, AnswerKind.PERSON) == marked.spans[1]
    assert marked.words(1, AnswerKind.REASON) is None
