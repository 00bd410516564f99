"""What the command line says of a writer on another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import MODEL, ModelServer, told, whole

from bot.cli.main import run

SAMPLE = Path(__file__).parents[2] / "bot" / "samples" / "harbour_bridge.txt"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def config(server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("VERBATIM_WRITER_KEY", "sk-secret")
    file = tmp_path / "config.toml"
    text = f'[models]\nwriter = "server"\n[writer_server]\nurl = "{server.url}"\nmodel = "{MODEL}"\nretries = 0\n'
    file.write_text(text)
    return str(file)


@pytest.mark.parametrize("action", ["list", "check", "prepare"])
def test_models_says_what_the_server_serves(
    server: ModelServer, config: str, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--config", config, "models", action])
    assert f"writer   {MODEL}, served by {server.url}\n" in capsys.readouterr().out


def test_models_says_what_is_served_in_its_place(
    server: ModelServer, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.models = whole({"data": [{"id": "other:7b"}]})
    assert run(["--config", config, "models"]) == 1
    assert f"has no model {MODEL}; it serves other:7b. Set writer_server.model." in capsys.readouterr().out


@pytest.mark.model
def test_the_doctor_asks_the_server_for_its_models_and_for_a_sentence(
    server: ModelServer, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--config", config, "doctor"]) == 0
    said = capsys.readouterr().out
    assert f"ok    server      {server.url} serves {MODEL}, which shortened an example in" in said
    server.answers = [told(401)]
    assert run(["--config", config, "doctor"]) == 1
    said = capsys.readouterr().out
    assert "It refuses the key: check VERBATIM_WRITER_KEY" in said
    assert "sk-secret" not in said


@pytest.mark.model
def test_a_batch_goes_on_where_the_server_does_not(
    server: ModelServer, config: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [told(500)]
    records, answers = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    records.write_text("".join(json.dumps({"id": n, "text": SAMPLE.read_text()}) + "\n" for n in range(3)))
    words = ["--config", config, "batch", "summarize", "--input", str(records), "--output", str(answers)]
    assert run(words) == 0
    for line in answers.read_text().splitlines():
        assert {sentence["mode"] for sentence in json.loads(line)["summary"]} == {"extracted"}
    assert "left alone for" in caplog.text


@pytest.mark.parametrize("missing", ["url", "model"])
def test_a_server_of_which_too_little_is_said_is_refused(
    config: str, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for line in Path(config).read_text().splitlines() if not line.startswith(missing)]
    Path(config).write_text("\n".join(lines))
    assert run(["--config", config, "quotes", str(SAMPLE)]) == 2
    assert f"writer_server.{missing} is not set" in capsys.readouterr().err
