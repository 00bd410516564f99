from __future__ import annotations

from typing import Any

import pytest

from bot.core.scoring import SCORERS, Case


def _case(expected: Any, answer: dict[str, Any], text: str = "") -> Case:
    return Case({"text": text}, expected, answer)


def test_the_same_text_extracts_perfectly() -> None:
    words = "one two three four five six"
    assert SCORERS["extract"]([_case(words, {"text": words})])["f1"] == 100
    assert SCORERS["extract"]([_case(words, {"error": {}})])["f1"] == 0


def test_rouge_takes_the_best_reference() -> None:
    answer = {"summary": [{"text": "The bridge closes on Monday."}]}
    figures = SCORERS["summarize"]([_case(["Nothing alike here", "The bridge closes on Monday."], answer)])
    assert figures["rougeLsum"] == 100
    assert figures["words"] == 5


def test_quotes_are_matched_by_place_and_speakers_by_surname() -> None:
    expected = [{"start": 0, "end": 10, "speaker": "Ines Calder"}, {"start": 20, "end": 30, "speaker": None}]
    found = [{"start": 1, "end": 10, "speaker": "Mayor Calder"}, {"start": 50, "end": 60, "speaker": "Tao"}]
    figures = SCORERS["quotes"]([_case(expected, {"quotes": found})])
    assert figures == {"precision": 50.0, "recall": 50.0, "f1": 50.0, "speaker_accuracy": 100.0}


def test_refusals_and_evidence_are_scored_apart() -> None:
    text = "It opened in 1964. It is red."
    right = {"answerable": True, "answer": "1964", "evidence": [{"start": 0, "end": 18}]}
    figures = SCORERS["ask"]([_case(["1964"], right, text), _case([], {"answerable": False}, text)])
    assert figures["evidence_first"] == figures["exact"] == figures["refusal_f1"] == 100


@pytest.mark.parametrize(("supported", "balanced"), [((True, False), 100), ((True, True), 50), ((False, True), 0)])
def test_verdicts_are_balanced_over_true_and_false(supported: tuple[bool, bool], balanced: float) -> None:
    cases = [_case(expected, {"supported": given}) for expected, given in zip((True, False), supported, strict=True)]
    assert SCORERS["check"](cases)["balanced_accuracy"] == balanced
