"""The gate on sentences written for it: what it stops, what it lets pass, and that it never fails on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.segment import segment
from bot.text.verify import supports

_EDITS = Path(__file__).parents[1] / "data" / "edits.txt"


def _edits(sign: str) -> list[tuple[str, tuple[str, ...]]]:
    """The statements marked `sign`, each with the sentences it is to be checked against."""
    found: list[tuple[str, tuple[str, ...]]] = []
    evidence: tuple[str, ...] = ()
    for line in _EDITS.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            article = segment(line[2:])
            evidence = tuple(article.sentence_text(index) for index in range(len(article.sentences)))
        elif line.startswith(sign):
            found.append((line[2:], evidence))
    return found


def _share_supported(sign: str) -> float:
    edits = _edits(sign)
    return sum(supports(statement, evidence).supported for statement, evidence in edits) / len(edits)


def test_nearly_every_false_edit_is_stopped() -> None:
    assert 1 - _share_supported("-") >= 0.95


def test_a_statement_supports_itself() -> None:
    evidence = {sentence for _, found in _edits("+") for sentence in found}
    assert [sentence for sentence in evidence if not supports(sentence, [sentence]).supported] == []


@pytest.mark.parametrize("statement", ["", " ", "…", "“”", "\x00"])
def test_a_statement_without_words_is_not_supported(statement: str) -> None:
    assert not supports(statement, ["The mayor resigned."]).supported


def test_nothing_is_supported_without_evidence() -> None:
    assert not supports("The mayor resigned.", []).supported


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_is_checked_without_failing(statement: str, evidence: list[str]) -> None:
    finding = supports(statement, evidence)
    assert finding.supported == (finding.reason is None)


def test_a_very_long_statement_is_refused() -> None:
    assert not supports("word " * 40_000, ["word " * 40_000]).supported
