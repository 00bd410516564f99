"""The gate on sentences written for it: what it stops, what it lets pass, and that it never fails on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.segment import segment
from bot.text.verify import ProblemKind, shortens, supports

_FILES = [Path(__file__).parents[1] / "data" / name for name in ("edits.txt", "edits_later.txt")]


def _edits(sign: str) -> list[tuple[str, tuple[str, ...]]]:
    """The statements marked `sign`, each with the sentences it is to be checked against."""
    found: list[tuple[str, tuple[str, ...]]] = []
    evidence: tuple[str, ...] = ()
    for line in (line for file in _FILES for line in file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("="):
            article = segment(line[2:])
            evidence = tuple(article.sentence_text(index) for index in range(len(article.sentences)))
        elif line.startswith(sign):
            found.append((line[2:], evidence))
    return found


def _share_supported(sign: str) -> float:
    edits = _edits(sign)
    return sum(supports(statement, evidence).supported for statement, evidence in edits) / len(edits)


def test_there_are_edits_enough_to_measure_by() -> None:
    assert len(_edits("+")) > 100
    assert len(_edits("-")) > 100


def test_nearly_every_false_edit_is_stopped() -> None:
    assert 1 - _share_supported("-") >= 0.97


def test_most_fair_shortenings_pass() -> None:
    assert _share_supported("+") >= 0.90


def test_no_false_edit_and_most_fair_ones_are_shown() -> None:
    assert not [statement for statement, evidence in _edits("-") if shortens(statement, evidence).supported]
    fair = [shortens(statement, evidence).supported for statement, evidence in _edits("+")]
    assert sum(fair) / len(fair) >= 0.70


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("The mayor fined 31 men in Leeds.", ProblemKind.NUMBER),
        ("The mayor gladly fined 13 men.", ProblemKind.WORD),
        ("The mayor, Lena Ortiz, fined 13 men.", ProblemKind.NAME),
        ("The mayor fined 13 men on Monday.", ProblemKind.DATE),
        ("The mayor did not fine 13 men.", ProblemKind.NEGATION),
        ("13 men fined the mayor.", ProblemKind.ROLE),
        ("The mayor “gladly” fined 13 men.", ProblemKind.QUOTE),
    ],
)
def test_the_reason_names_what_is_wrong(statement: str, kind: ProblemKind) -> None:
    finding = supports(statement, ["The mayor fined 13 men in Leeds on Tuesday."])
    assert kind in {problem.kind for problem in finding.problems}
    assert finding.reason


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("The court upheld the law by 9-4.", "9-4"),
        ("The court upheld the law by 8–5.", "8–5"),
        ("The court upheld the law in 9-5-1.", "9-5-1"),
    ],
)
def test_a_wrong_score_is_told_whole_and_once(statement: str, number: str) -> None:
    finding = supports(statement, ["The court upheld the law by 9-5."])
    assert [problem.words for problem in finding.problems if problem.kind is ProblemKind.NUMBER] == [number]


@pytest.mark.parametrize(
    ("context", "is_supported"),
    [("", False), ("Maria Keller led the board for years.", True), ("Maria Keller met Tom Vega.", False)],
)
def test_a_name_stands_for_a_pronoun_where_the_context_has_one_name(context: str, *, is_supported: bool) -> None:
    finding = supports("Keller resigned on Tuesday.", ["She resigned on Tuesday."], context)
    assert finding.supported == is_supported


def test_a_statement_supports_itself() -> None:
    evidence = {sentence for _, found in _edits("+") for sentence in found}
    assert [sentence for sentence in evidence if not supports(sentence, [sentence]).supported] == []


@pytest.mark.parametrize("statement", ["", " ", "…", "“”", "\x00"])
def test_a_statement_without_words_is_not_supported(statement: str) -> None:
    assert not supports(statement, ["The mayor resigned."]).supported


@pytest.mark.parametrize(
    "evidence",
    [
        "Rents fell by 3 per cent in Leeds, it is claimed.",
        "It has been claimed that rents fell by 3 per cent in Leeds.",
        "Rents fell by 3 per cent in Leeds, a court heard.",
        "Rents fell by 3 per cent in Leeds, the court was told.",
        "Rents fell by 3 per cent in Leeds, experts have warned.",
    ],
)
def test_a_statement_may_not_lose_an_impersonal_or_closing_source(evidence: str) -> None:
    finding = supports("Rents fell by 3 per cent in Leeds.", [evidence])
    assert ProblemKind.ATTRIBUTION in {problem.kind for problem in finding.problems}


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Rents fell in Leeds, it is claimed.", "Rents fell by 3 per cent in Leeds, it is claimed."),
        ("The company said rents fell.", "In Leeds, the company said rents fell."),
    ],
)
def test_a_source_that_is_kept_is_supported(statement: str, evidence: str) -> None:
    assert supports(statement, [evidence]).supported


def test_nothing_is_supported_without_evidence() -> None:
    assert not supports("The mayor resigned.", []).supported


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_is_checked_without_failing(statement: str, evidence: list[str]) -> None:
    for finding in (supports(statement, evidence), shortens(statement, evidence)):
        assert finding.supported == (finding.reason is None)


def test_a_very_long_statement_is_refused() -> None:
    assert not supports("word " * 40_000, ["word " * 40_000]).supported
