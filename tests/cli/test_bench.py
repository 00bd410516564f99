from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_models import save_causal

from bot.cli.bench import lines, record
from bot.cli.main import run
from bot.core.bench import Figures

FULL = Figures(
    words=708,
    threads=1,
    writer="tiny",
    extracted=0.15,
    written=2.0,
    one_by_one=16.0,
    at_once=4.0,
    cold=3.0,
    resident_mb=600,
    has_llama=True,
    llama=8.0,
)


def test_figures_are_compared_with_llama_cpp() -> None:
    told = "\n".join(lines(FULL))
    assert "0.150 s   0.019 of llama.cpp's time" in told
    assert "2.000 s   0.250 of llama.cpp's time" in told
    assert "4.0 times as fast" in told
    assert record(FULL)["ratio_written"] == 0.25


def test_what_is_absent_is_told_in_plain_sentences() -> None:
    bare = replace(FULL, writer=None, written=None, one_by_one=None, at_once=None, has_llama=False, llama=None)
    told = "\n".join(lines(replace(bare, resident_mb=None)))
    assert "No writer is configured" in told
    assert "There is no llama.cpp to compare with" in told
    assert "memory" not in told
    assert "not measured" not in told
    assert record(bare)["ratio"] is None


def test_what_there_was_no_time_for_is_told() -> None:
    told = list(lines(replace(FULL, at_once=None, cold=None, llama=None)))
    assert sum("not measured: the time was over" in line for line in told) == 3


@pytest.mark.parametrize("words", [["--rounds", "0"], ["--rounds", "21"], ["--seconds", "x"], ["--seconds", "3601"]])
def test_rounds_and_seconds_are_bounded(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["bench", *words])
    assert ended.value.code == 2
    assert "is not a number from 1 to" in capsys.readouterr().err


@pytest.mark.model
def test_any_writer_is_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_causal(tmp_path, chat="chat")
    assert run(["bench", "--rounds", "1", "--json", "--writer", str(tmp_path)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert all(figures[name] > 0 for name in figures if name.startswith("seconds_") and "llama" not in name)
    assert figures["resident_mb"] is None or figures["resident_mb"] > 100
