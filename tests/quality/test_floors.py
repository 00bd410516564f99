"""Quality on real articles, with floors that may rise and not fall.

A fixed quarter or less of the development records, so that it takes seconds; the whole sets are scored by hand. The
records trained parts of the product, so these figures are no estimate for new articles: they show that a change broke
something.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from bot.cli.batch import answer
from bot.cli.jsonl import Line
from bot.config import Config
from bot.core.assembly import build_engine
from bot.core.engine import Engine
from bot.core.scoring import SCORERS, Case

pytestmark = [pytest.mark.data, pytest.mark.model]
Record = dict[str, Any]


@cache
def engine() -> Engine:
    return build_engine(Config())


def records(file: Path, share: int, wanted: Callable[[Record], bool] = lambda _: True) -> Iterator[Record]:
    """One record in `share`, the same ones every time."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if wanted(record) and crc32(record["id"].encode()) % share == 0:
                yield record


def figures(task: str, cases: list[tuple[Record, Any]]) -> dict[str, float]:
    """Answer each record as `batch` does, and score the answers as `evaluate` does."""
    assert len(cases) >= 20
    done = [Case(record, expected, answer(engine(), task, Line(1, record))) for record, expected in cases]
    return SCORERS[task](done)


def test_pages_give_their_articles(shared: Path) -> None:
    folder = shared / "extraction"
    cases = []
    for row in records(folder / "truth.jsonl", 6):
        html = gzip.decompress((folder / row["file"]).read_bytes()).decode("utf-8", "replace")
        cases.append(({"id": row["id"], "html": html, "url": row["url"]}, row["gold"]))
    assert figures("extract", cases)["f1"] >= 93


def test_quotes_are_found_with_their_speakers(shared: Path) -> None:
    cases = []
    for row in records(shared / "quotes" / "polnear.jsonl", 5):
        named = [quote for quote in row["quotes"] if quote["attributed"] and quote["words"] >= 5]
        expected = [
            {
                "start": quote["start"],
                "end": quote["end"],
                "speaker": quote["speaker_resolved"] if quote["speaker_how"] == "named" else None,
            }
            for quote in named
        ]
        cases.append(({"id": row["id"], "text": row["text"]}, expected))
    scored = figures("quotes", cases)
    assert scored["recall"] >= 97
    assert scored["speaker_accuracy"] >= 91


def test_summaries_stay_above_the_lede(shared: Path) -> None:
    file = shared / "summaries" / "summ.jsonl"
    cases = [
        (
            {"id": row["id"], "text": row["article"]},
            [text for name, text in row["references"].items() if name.startswith("writer")],
        )
        for row in records(file, 1, lambda row: row["dataset"] == "writers")
    ]
    scored = figures("summarize", cases)
    assert scored["rouge1"] >= 43.3
    assert scored["rouge2"] >= 20.3
    assert scored["words"] <= 74


def test_questions_find_their_sentence_or_are_refused(shared: Path) -> None:
    cases = [
        ({"id": asked["id"], "text": row["article"], "question": asked["question"]}, asked["answers"])
        for row in records(shared / "questions" / "rtqa.jsonl", 6)
        for asked in row["qas"]
    ]
    scored = figures("ask", cases)
    assert scored["evidence_first"] >= 54
    assert scored["evidence_first_three"] >= 75
    assert scored["refusal_f1"] >= 70


def test_unsupported_summaries_are_told_apart(shared: Path) -> None:
    cases = [
        ({"id": row["id"], "text": row["article"], "summary": row["summary"]}, bool(row["label"]))
        for row in records(shared / "factuality" / "factuality.jsonl", 6)
    ]
    assert figures("check", cases)["balanced_accuracy"] >= 72
