"""The sentence encoder: a BERT-like model's tokens pooled to one vector a text, of length 1.

As sentence-transformers does it (Reimers and Gurevych 2019, "Sentence-BERT"), whose settings beside the weights are
read: which tokens are pooled, and how many are read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.model.loading import enough_memory, loading_from, quick_type, set_up_torch
from bot.model.packaged import DEFAULT, Role
from bot.model.vectors import VectorMemory
from bot.model.weights import WeightStore
from bot.model.wording import well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.model.weights import Progress

_MAX_TOKENS = 256
"""What is read of a text where the settings do not say."""
_BATCH_TOKENS = 256
"""Tokens of a batch, with what it is padded by: small batches of equal length measured fastest on a processor."""
_REMEMBERED = 4096
"""Vectors held: 6 MiB at 384 dimensions."""
_POOLED_FIRST, _POOLED_LAST = "pooling_mode_cls_token", "pooling_mode_lasttoken"


def load_encoder(
    choice: str = DEFAULT, *, cache: Path | None = None, threads: int = 1, progress: Progress = lambda _: None
) -> SentenceEncoder:
    """Load the encoder `choice`: "default", a folder or a hub id; `cache` is a folder in the place of the usual one.

    Raises:
        WeightsMissing: it was not found, or is no model that can be loaded.
        ModelError: the memory does not suffice.
    """
    store = WeightStore(cache)
    weights = store.prepare(store.locate(Role.ENCODER, choice), progress)
    progress(f"loading {weights.name}")
    return SentenceEncoder(weights.folder, weights.name, threads=threads)


class SentenceEncoder:
    """An `Encoder` loaded from a folder of weights; torch is imported when the first one is made.

    Raises:
        WeightsMissing: the folder holds no model that can be loaded.
        ModelError: the memory does not suffice.
    """

    def __init__(self, folder: Path, name: str, *, threads: int = 1) -> None:
        set_up_torch(threads)
        import torch  # noqa: PLC0415  loading torch takes seconds
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        self._torch = torch
        self._name = name
        with loading_from(folder):
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModel.from_pretrained(folder, local_files_only=True, dtype=quick_type()).eval()
        self._pooling = _settings(folder / "1_Pooling" / "config.json")
        stated = _settings(folder / "sentence_bert_config.json").get("max_seq_length")
        self._max_tokens = min(stated if isinstance(stated, int) else _MAX_TOKENS, self._tokenizer.model_max_length)
        self._memory = VectorMemory(_REMEMBERED)

    @property
    def name(self) -> str:
        """The name of the weights."""
        return self._name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`; see `Encoder.encode`.

        Raises:
            ModelError: the memory does not suffice.
        """
        if not texts:
            return np.zeros((0, int(self._model.config.hidden_size)), dtype=np.float32)
        return self._memory.recall(texts, self._embed)

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        nothing = [self._tokenizer.pad_token_id or 0]  # a vector cannot be made of no tokens at all
        cut = self._tokenizer([well_formed(text) for text in texts], truncation=True, max_length=self._max_tokens)
        tokens = [ids or nothing for ids in cut.input_ids]
        vectors = np.zeros((len(texts), int(self._model.config.hidden_size)), dtype=np.float32)
        with enough_memory(), self._torch.inference_mode():
            for batch in _batches([len(ids) for ids in tokens]):
                vectors[batch] = self._embed_batch([tokens[index] for index in batch])
        return vectors

    def _embed_batch(self, tokens: list[list[int]]) -> NDArray[np.float32]:
        inputs = self._tokenizer.pad({"input_ids": tokens}, padding_side="right", return_tensors="pt")
        hidden = self._model(**inputs).last_hidden_state.float()
        pooled = self._pool(hidden, inputs["attention_mask"])
        unit: NDArray[np.float32] = self._torch.nn.functional.normalize(pooled, dim=1).numpy()
        return unit

    def _pool(self, hidden: Any, mask: Any) -> Any:  # noqa: ANN401  tensors
        if self._pooling.get(_POOLED_FIRST):
            return hidden[:, 0]
        if self._pooling.get(_POOLED_LAST):
            return hidden[self._torch.arange(len(hidden)), mask.sum(1) - 1]
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * weights).sum(1) / weights.sum(1)


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Group texts of similar length, shortest first, so that little is padded."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[index] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    yield batch


def _settings(file: Path) -> dict[str, object]:
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}
