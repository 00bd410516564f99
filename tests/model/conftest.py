"""The tiny models, saved once a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tiny_models import save_causal, save_encoder, save_seq2seq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def _no_hub() -> Iterator[None]:
    """Keep every test off the hub."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models, one a folder."""
    root = tmp_path_factory.mktemp("models")
    save_causal(root / "plain")
    save_causal(root / "chat", chat="chat")
    save_causal(root / "chat without system", chat="no system")
    save_seq2seq(root / "bart")
    save_seq2seq(root / "prefixed", prefix="summarize: ")
    save_encoder(root / "mean")
    save_encoder(root / "first", pooling="cls_token")
    save_encoder(root / "last", pooling="lasttoken")
    return root
