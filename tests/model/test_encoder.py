from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.errors import WeightsMissing
from bot.model.base import Encoder
from bot.model.encoder import SentenceEncoder, load_encoder

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = ["the bridge opened in may .", "minister", "a b c a b c a b c", "the bridge", ""]


@pytest.fixture(scope="module")
def encoder(tiny: Path) -> Encoder:
    return SentenceEncoder(tiny / "mean", "tiny")


def test_each_text_has_a_vector_of_length_one_in_its_place(encoder: Encoder) -> None:
    vectors = encoder.encode(_TEXTS)
    assert vectors.shape == (len(_TEXTS), 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_the_other_texts(tiny: Path, encoder: Encoder) -> None:
    together = encoder.encode(_TEXTS)
    for index, text in enumerate(_TEXTS):
        alone = SentenceEncoder(tiny / "mean", "tiny").encode([text])
        assert np.allclose(alone[0], together[index], atol=0.02)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 16)


@pytest.mark.parametrize("pooling", ["first", "last"])
def test_the_pooling_is_read_from_the_settings(tiny: Path, encoder: Encoder, pooling: str) -> None:
    other = SentenceEncoder(tiny / pooling, "tiny").encode(_TEXTS)
    assert not np.allclose(other[0], encoder.encode(_TEXTS)[0], atol=0.02)
    assert np.allclose(SentenceEncoder(tiny / pooling, "tiny").encode(_TEXTS[3:4])[0], other[3], atol=0.02)


@pytest.mark.parametrize("text", ["\0", "\u202e", "\ud83d", "x" * 200_000, "a " * 100_000])
def test_no_text_is_too_odd(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(WeightsMissing):
        load_encoder(str(tmp_path), cache=tmp_path)


@pytest.mark.model
def test_the_packaged_encoder_knows_what_is_alike() -> None:
    story, same, other = load_encoder().encode(
        ["The bridge was opened by the mayor.", "The mayor inaugurated the crossing.", "Shares fell on Friday."]
    )
    assert story @ same > 0.5 > story @ other
