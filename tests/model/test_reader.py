from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.errors import WeightsMissing
from bot.model.reader import SpanReader, load_reader

if TYPE_CHECKING:
    from pathlib import Path

PASSAGE = "The bridge over the Willamette will open in 2031. Mayor Ann Lee said it will cost $45 million."


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing):
        SpanReader(tmp_path, tmp_path / "reader.safetensors")


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    loaded = load_reader()
    if loaded is None:
        pytest.skip("the packaged encoder is not installed")
    return loaded


@pytest.mark.model
def test_the_answer_is_marked_in_the_passage(reader: SpanReader) -> None:
    (reading,) = reader.read("How much will the bridge cost?", [PASSAGE])
    start, end = int(reading.starts[reading.opens.argmax()]), int(reading.ends[reading.closes.argmax()])
    assert "45" in PASSAGE[start:end]


@pytest.mark.model
def test_passages_are_answered_in_their_order(reader: SpanReader) -> None:
    passages = [PASSAGE, "It rained.", "", "\ud800 broken", PASSAGE * 40]
    readings = reader.read("How much will the bridge cost?" * 100, passages)
    for passage, reading in zip(passages, readings, strict=True):
        assert len(reading.starts) == len(reading.opens) == len(reading.closes)
        assert np.all(reading.ends <= len(passage))
