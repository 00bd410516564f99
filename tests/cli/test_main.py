from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli.main import run
from bot.cli.source import SourceArgument
from bot.core.source import FileSource, LinkSource

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "bot" / "samples" / "harbour_bridge.txt")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("VERBATIM_DISCORD_TOKEN", raising=False)


def test_a_source_is_a_link_a_file_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"text")
    assert SourceArgument("https://x.example/a").read() == LinkSource("https://x.example/a")
    assert SourceArgument(str(file)).read() == FileSource(b"text", "a.md")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"pasted")))
    assert SourceArgument("-").read() == FileSource(b"pasted", "message.txt")


def test_quotes_are_printed_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quotes", SAMPLE]) == 0
    assert "— Tobias Reyes [¶6]" in capsys.readouterr().out
    assert run(["quotes", SAMPLE, "--json", "--no-cache"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert all(record["text"][one["start"] : one["end"]] == one["text"] for one in record["quotes"])


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["quotes", "no-such-file.txt"], 2, "cannot be read"),
        (["quotes", "https://localhost/"], 1, "verbatim: "),
        (["quotes", "ftp://x.example/a"], 1, "verbatim: "),
        (["--config", "no-such.toml", "quotes", SAMPLE], 2, "no-such.toml cannot be read"),
        (["check", SAMPLE, " "], 2, "There is no summary."),
        (["run"], 2, "There is no bot token."),
        (["invite", "abc"], 2, "is not the id of an application"),
    ],
)
def test_a_failure_is_one_plain_line_and_a_status(
    words: list[str], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == status
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["try", "--port=-1"], "“-1” is not a port from 0 to 65535"),
        (["try", "--port=65536"], "is not a port"),
        (["try", "--port=eighty"], "“eighty” is not a port"),
        (["evaluate", "ask", SAMPLE, "--workers=0"], "“0” is not a number from 1 to 256"),
        (["evaluate", "ask", SAMPLE, "--workers=many"], "is not a number"),
        (["batch", "ask", "--input=-", "--output=-", "--workers=257"], "is not a number"),
        (["digest", "export", "x"], "“x” is not a digest's number"),
        (["digest", "export", "1", "--days=32"], "is not a number from 1 to 31"),
        (["bench", "--rounds=" + "9" * 5000], "is not a number from 1 to 20"),
    ],
)
def test_a_number_that_cannot_be_is_refused_before_anything_starts(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words)
    assert ended.value.code == 2
    assert told in " ".join(capsys.readouterr().err.split())


def test_an_empty_file_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    assert run(["quotes", str(tmp_path / "empty.txt")]) == 1
    assert capsys.readouterr().err.startswith("verbatim: ")


def test_the_invite_has_the_least_permissions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["invite", "123"]) == 0
    assert "client_id=123&permissions=309237763136&" in capsys.readouterr().out
    monkeypatch.setenv("VERBATIM_DISCORD_TOKEN", "MTIzNDU2Nzg5.x.y")
    assert run(["invite"]) == 0
    assert "client_id=123456789&" in capsys.readouterr().out


def test_the_database_is_shown_pruned_copied_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quotes", SAMPLE]) == 0
    for words in (["show"], ["prune"], ["backup", str(tmp_path / "copy.sqlite")], ["check"]):
        assert run(["db", *words]) == 0, words
    said = capsys.readouterr().out
    assert "articles   1, by 0 links" in said
    assert "The database is sound" in said
    assert (tmp_path / "copy.sqlite").stat().st_size > 0


def test_evaluate_scores_records_with_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "“It works,” the doctor Ana Ruiz said. She left at once, and nobody asked her why she did."
    expected = [{"start": 1, "end": 10, "speaker": "Ana Ruiz"}]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": 1, "text": text, "expected": expected}))
    assert run(["evaluate", "quotes", str(gold)]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 100
    gold.write_text(json.dumps({"id": 1, "text": text}))
    assert run(["evaluate", "quotes", str(gold)]) == 2
    assert "has no field “expected”" in capsys.readouterr().err


@pytest.mark.model
def test_the_doctor_finds_a_sound_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    assert "WRONG" not in capsys.readouterr().out


@pytest.mark.model
def test_a_summary_of_the_sample_is_its_own_words_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["summarize", SAMPLE, "--json", "--no-cache"]) == 0
    record = json.loads(capsys.readouterr().out)
    starts = [sentence["evidence"][0]["start"] for sentence in record["summary"]]
    assert starts == sorted(starts)
    assert all(sentence["text"] in record["text"] for sentence in record["summary"])
    assert record["title"].startswith("City to close harbour bridge")
