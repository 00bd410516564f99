from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import FakeEncoder, FakeWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.article import Length, Mode
from bot.core.summarise import BUDGETS, WRITTEN_BUDGETS, summarise
from bot.errors import VerbatimError
from bot.model.base import Task
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.base import WriteRequest

STORY = (
    "LONDON (Reuters) - The city council of Portland approved a new bridge over the Willamette River on Tuesday.\n\n"
    "Mayor Ann Lee celebrates with the designers of the bridge.\n\n"
    "Mayor Ann Lee said the bridge will cost $45 million and open in 2031, five years later than planned.\n\n"
    "She also said that the river had divided the town for too long.\n\n"
    "Critics led by Bob Ray complained that 120 trees must be cut down because the road has to be widened.\n\n"
    "The city council of Portland approved a new bridge over the river.\n\n"
    "Scroll down for video.\n\n"
    "Work on the eastern pier begins in March, the council's engineer Carla Diaz told reporters.\n\n"
    "But that depends on the weather.\n\n"
    "Portland's last bridge was opened in 1973 and carries 30,000 cars a day."
)


@pytest.mark.parametrize("length", Length)
def test_every_sentence_is_a_span_of_the_article_in_its_order(length: Length) -> None:
    summary = summarise(segment(STORY), length, FakeEncoder())
    spans = [sentence.evidence[0] for sentence in summary.sentences]
    assert spans == sorted(spans)
    assert all(sentence.text == sentence.evidence[0].of(STORY) for sentence in summary.sentences)
    assert all(sentence.mode is Mode.EXTRACTED for sentence in summary.sentences)


@pytest.mark.parametrize("length", Length)
def test_a_summary_keeps_to_its_budget(length: Length) -> None:
    summary = summarise(segment(STORY), length, FakeEncoder())
    assert len(summary.sentences) <= BUDGETS[length].most
    assert len(summary.text.split()) <= BUDGETS[length].words


def test_a_medium_summary_has_three_sentences() -> None:
    assert len(summarise(segment(STORY), Length.MEDIUM, FakeEncoder()).sentences) == 3


def test_the_dateline_is_left_out() -> None:
    summary = summarise(segment(STORY.split("\n", 1)[0]), Length.SHORT, FakeEncoder())
    assert summary.text.startswith("The city council")


def test_captions_prompts_and_repetitions_are_left_out() -> None:
    text = summarise(segment(STORY), Length.LONG, FakeEncoder()).text
    assert "celebrates" not in text
    assert "Scroll down" not in text
    assert text.count("approved a new bridge") == 1


@pytest.mark.parametrize("length", Length)
def test_a_leaning_sentence_comes_only_after_the_one_before_it(length: Length) -> None:
    text = summarise(segment(STORY), length, FakeEncoder()).text
    assert "She also said" not in text or "than planned. She also said" in text
    assert "But that" not in text or "reporters. But that" in text


def test_a_title_at_the_head_of_the_text_is_not_a_sentence_of_the_summary() -> None:
    title = "Portland approves a bridge over the Willamette at last."
    article = segment(f"{title}\n\n{STORY}", title=title)
    assert title not in summarise(article, Length.LONG, FakeEncoder()).text


def test_a_text_of_leaning_sentences_alone_is_summarised_all_the_same() -> None:
    text = "They went away in the middle of the night. He also said nothing of it to anyone at home."
    assert summarise(segment(text), Length.MEDIUM, FakeEncoder()).sentences


@pytest.mark.parametrize("text", ["", "   ", "Hm.", "\x00"])
def test_a_text_without_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(VerbatimError):
        summarise(segment(text), Length.MEDIUM, FakeEncoder())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.text(max_size=400), st.sampled_from(Length))
def test_any_text_gives_its_own_spans_or_a_plain_refusal(text: str, length: Length) -> None:
    try:
        summary = summarise(segment(text), length, FakeEncoder())
    except VerbatimError:
        return
    assert all(sentence.text == sentence.evidence[0].of(text) for sentence in summary.sentences)


class _Clerk(FakeWriter):
    """Leaves out what follows the first comma, or the last three words."""

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        self.history.extend(requests)
        return [(f"{_shorter(request.sources[0])}.",) for request in requests]


def _shorter(sentence: str) -> str:
    head, comma, _ = sentence.partition(",")
    return head if comma else " ".join(sentence.split()[:-3])


@pytest.mark.parametrize("length", Length)
def test_a_written_summary_tells_more_sentences_in_fewer_words(length: Length) -> None:
    summary = summarise(segment(STORY), length, FakeEncoder(), _Clerk())
    budget = WRITTEN_BUDGETS[length]
    assert budget.fewest <= len(summary.sentences) <= budget.most
    assert len(summary.text.split()) <= budget.words
    spans = [sentence.evidence[0] for sentence in summary.sentences]
    assert spans == sorted(spans)
    for sentence in summary.sentences:
        source = sentence.evidence[0].of(STORY)
        assert sentence.text == (source if sentence.mode is Mode.EXTRACTED else f"{_shorter(source)}.")


def test_where_the_writer_gives_nothing_the_sentences_are_the_articles_own() -> None:
    summary = summarise(segment(STORY), Length.MEDIUM, FakeEncoder(), FakeWriter())
    assert summary == summarise(segment(STORY), Length.MEDIUM, FakeEncoder())


def test_a_writer_that_only_summarises_is_asked_for_a_summary() -> None:
    written = "The city council of Portland approved a new bridge over the Willamette River."
    writer = FakeWriter((written,), tasks=frozenset({Task.SUMMARY}))
    summary = summarise(segment(STORY), Length.MEDIUM, FakeEncoder(), writer)
    assert [(sentence.text, sentence.mode) for sentence in summary.sentences] == [(written, Mode.REWRITTEN)]
    assert [request.task for request in writer.history] == [Task.SUMMARY]


def test_where_such_a_writer_says_nothing_the_article_speaks_for_itself() -> None:
    writer = FakeWriter(("Bananas grow on Mars.",), tasks=frozenset({Task.SUMMARY}))
    summary = summarise(segment(STORY), Length.MEDIUM, FakeEncoder(), writer)
    assert summary == summarise(segment(STORY), Length.MEDIUM, FakeEncoder())
