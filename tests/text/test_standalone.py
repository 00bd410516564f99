from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Span
from bot.text.standalone import Standing, bare_span, standing


@pytest.mark.parametrize(
    "text",
    [
        "The council approved a new bridge on Tuesday.",
        "“We will build it,” Mayor Ann Lee said on Tuesday.",
        "It is unclear whether the bridge will open in 2031.",
        "In his address, Bush called on all nations to do more.",
        "Ten ministers resigned after the vote in Pretoria.",
        "One in ten people who live in Leeds walks to work.",
        "Two new missile plants opened in Iran on Saturday.",
        "The president said he would not sign the bill.",
        "After Obama lost the vote, he said he was sorry.",
        "One of the biggest names in golf has retired.",
        "A man told police he had seen the car leave the scene.",
    ],
)
def test_a_whole_sentence_stands_alone(text: str) -> None:
    assert standing(text) is Standing.ALONE


@pytest.mark.parametrize(
    "text",
    [
        "He also said that the bridge would cost too much.",
        "But that depends on the weather in March.",
        "This is the third time in a year.",
        "His replacement will be sworn in on Thursday.",
        "It was built by the Romans in the year 80.",
        "“We were never asked about the bridge at all.”",
        "After the match in Leeds, he said nothing.",
        "Brown was killed on the spot, he said.",
        "“There are no plans,” she said on Monday.",
        "However, the council voted for the bridge.",
        "The couple spoke out in response to the law.",
        "The tests were under way, he said on Monday.",
        "We have to build more bridges in this country.",
        "Two of its passengers were found dead.",
        "Critics: The bridge will cost far too much.",
    ],
)
def test_a_sentence_that_points_back_leans(text: str) -> None:
    assert standing(text) is Standing.LEANING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hm.",
        "Not this one.",
        "and the rest of a sentence that was cut.",
        "The sentence that has no end to it",
        "“The quotation that is never closed, he said.",
        "The bracket (that is never closed stays open.",
        "I think that this is a good thing for us.",
        "Scroll down for video of the bridge in Portland.",
        "Ann Lee (left) opens the bridge in Portland.",
        "Arsenal players celebrate during the victory over Reading.",
        "CNN's Niki Cook contributed to this report.",
        "Mayor Ann Lee, pictured in 2019, opens the bridge.",
    ],
)
def test_fragments_captions_and_asides_are_unfit(text: str) -> None:
    assert standing(text) is Standing.UNFIT


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("WASHINGTON (CNN) -- There are no plans.", "There are no plans."),
        ("(Reuters) - There are no plans.", "There are no plans."),
        ("LONDON, England (CNN)  -- There are no plans.", "There are no plans."),
        ("Rome (CNN) Italy is coping with it.", "Italy is coping with it."),
        ("PARIS — “There are no plans,” he said.", "“There are no plans,” he said."),
        ("Governor Mary Fallin (R-OK) said no.", "Governor Mary Fallin (R-OK) said no."),
        ("Premier League (EPL) clubs said no.", "Premier League (EPL) clubs said no."),
        ("Policy (I hope) still matters.", "Policy (I hope) still matters."),
        ("Lee opened it in Cheshire. .", "Lee opened it in Cheshire."),
        ("It stands.", "It stands."),
    ],
)
def test_datelines_and_stray_stops_are_left_out(text: str, bare: str) -> None:
    assert bare_span(text, Span(0, len(text))).of(text) == bare


@given(st.text(max_size=300))
def test_any_text_has_a_standing_and_a_span_within(text: str) -> None:
    assert standing(text) in Standing
    assert Span(0, len(text)).contains(bare_span(text, Span(0, len(text))))
