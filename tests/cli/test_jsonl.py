from __future__ import annotations

import io
import sys

import pytest

from bot.cli import jsonl


def test_the_standard_streams_take_any_bytes_and_any_text(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "\\ud83d \xc3\xa9"}\n\xff\n'), "ascii"))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii"))
    with jsonl.opened("-", "r") as source, jsonl.opened("-", "w") as sink:
        lines = list(jsonl.read(source))
        jsonl.write(sink, lines[0].record or {})
    assert written.getvalue() == b'{"id": "\\ud83d \xc3\xa9"}\n'
    assert lines[1].record is None
