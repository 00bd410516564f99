"""What the shipped writer makes of real articles that it was not trained on, with floors that may rise and not fall."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from bot.article import Length, Mode
from bot.config import Config, Models
from bot.core.assembly import build_engine
from bot.core.scoring import SCORERS, Case

pytestmark = [pytest.mark.data, pytest.mark.model]
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


def _records(file: Path) -> list[dict[str, Any]]:
    """A quarter of the articles that writers summarised, the same ones every time."""
    with file.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [row for row in read if row["dataset"] == "writers" and crc32(row["id"].encode()) % 4 == 1]


def test_written_summaries_are_short_true_to_the_letter_and_tell_as_much(shared: Path) -> None:
    engine = build_engine(Config(models=Models(writer="default")))
    cases, modes = [], []
    for row in _records(shared / "summaries" / "summ.jsonl"):
        summary = engine.summarise(engine.read_body(row["article"]), Length.MEDIUM)
        modes += [sentence.mode for sentence in summary.sentences]
        references = [text for name, text in row["references"].items() if name.startswith("writer")]
        answer = {"summary": [{"text": sentence.text} for sentence in summary.sentences], "quotes": []}
        cases.append(Case({"text": row["article"]}, references, answer))
        for found in (*_NUMBER.findall(summary.text), *_NAME.findall(summary.text)):
            assert found in row["article"]
    assert len(cases) >= 10
    scored = SCORERS["summarize"](cases)
    assert scored["rouge1"] >= 41
    assert scored["words"] <= 64
    assert modes.count(Mode.REWRITTEN) / len(modes) >= 0.35
