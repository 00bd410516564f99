"""The batch contract, as scripts outside rely on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.batch import TASKS, answer, run
from bot.cli.jsonl import Line
from bot.cli.main import build_parser
from bot.config import Config
from bot.core.engine import Engine

SAMPLE = (Path(__file__).parents[2] / "bot" / "samples" / "harbour_bridge.txt").read_text()
BODY = SAMPLE.split("\n\n", 2)[2]
PAGE = "<html><body><article>" + "".join(f"<p>{part}</p>" for part in BODY.split("\n\n")) + "</article></body></html>"
ENGINE = Engine(FakeEncoder, lambda: None)
RECORDS: dict[str, dict[str, Any]] = {
    "extract": {"html": PAGE},
    "clean": {"text": SAMPLE + "\n\nFollow us on our official channel for breaking news!\n\nOthers Also Read"},
    "quotes": {"text": BODY},
    "summarize": {"text": BODY, "length": "medium"},
    "ask": {"text": BODY, "question": "When did the bridge open?"},
    "check": {"text": BODY, "summary": "The repair is expected to cost 61 million crowns. It was painted green."},
    "embed": {"text": BODY},
}
FIELDS = {
    "extract": {"title", "byline", "published", "site", "language", "text"},
    "clean": {"text", "title", "removed"},
    "quotes": {"quotes"},
    "summarize": {"summary", "quotes", "seconds"},
    "ask": {"answer", "answerable", "confidence", "evidence"},
    "check": {"supported", "score", "statements"},
    "embed": {"vector"},
}


@pytest.mark.parametrize("task", sorted(TASKS))
def test_each_task_answers_with_the_fields_of_the_contract(task: str) -> None:
    answered = answer(ENGINE, task, Line(1, {"id": "a", **RECORDS[task]}))
    assert "error" not in answered, answered
    assert set(answered) == FIELDS[task] | {"id"}
    assert answered["id"] == "a"
    json.dumps(answered)


def test_quotes_and_evidence_are_cut_from_the_input() -> None:
    answered = answer(ENGINE, "summarize", Line(1, {"id": 1, **RECORDS["summarize"]}))
    assert answered["quotes"]
    for quote in answered["quotes"]:
        assert BODY[quote["start"] : quote["end"]] == quote["text"]
    for sentence in answered["summary"]:
        assert sentence["mode"] == "extracted"
        assert "".join(BODY[span["start"] : span["end"]] for span in sentence["evidence"]) == sentence["text"]


def test_a_check_says_why() -> None:
    answered = answer(ENGINE, "check", Line(1, {"id": 1, **RECORDS["check"]}))
    assert not answered["supported"]
    assert [statement["supported"] for statement in answered["statements"]] == [True, False]
    assert answered["statements"][1]["reason"]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (None, "bad_record"),
        ({"id": 7}, "usage"),
        ({"id": 7, "text": 5}, "usage"),
        ({"id": 7, "text": "  "}, "empty"),
        ({"id": 7, "text": "x" * 200_001}, "too_large"),
        ({"id": 7, "text": BODY, "length": "endless"}, "usage"),
    ],
)
def test_a_record_that_fails_is_told_why_and_keeps_its_id(record: dict[str, Any] | None, kind: str) -> None:
    answered = answer(ENGINE, "summarize", Line(3, record))
    assert answered["error"]["kind"] == kind
    assert answered["error"]["message"]
    assert answered["id"] == (record or {}).get("id")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(set(TASKS) - {"embed"})), st.text(max_size=400), st.text(max_size=80))
def test_any_text_gives_an_answer_or_a_plain_error(task: str, text: str, extra: str) -> None:
    record = {"id": 1, "text": text, "html": text, "question": extra, "summary": extra}
    answered = answer(ENGINE, task, Line(1, record))
    assert answered.get("error", {}).get("kind") != "fault", answered


def _run(task: str, tmp_path: Path, lines: str) -> tuple[int, list[dict[str, Any]]]:
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    words = ["batch", task, "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")]
    status = run(build_parser().parse_args(words), Config())
    return status, [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_run_goes_on_after_a_bad_line_and_exits_with_three(tmp_path: Path) -> None:
    good = json.dumps({"id": "ok", "text": BODY})
    status, answers = _run("quotes", tmp_path, f"{good}\nnot json\n\n{good}\n")
    assert status == 3
    assert [row["id"] for row in answers] == ["ok", None, "ok"]


def test_a_run_without_faults_exits_with_zero(tmp_path: Path) -> None:
    status, _ = _run("quotes", tmp_path, json.dumps({"id": "ok", "text": BODY}))
    assert status == 0
