"""The sentence encoder: mean pooling over a BERT-like model's tokens, normalised.

As sentence-transformers does it for all-MiniLM-L6-v2 (Reimers and Gurevych 2019, "Sentence-BERT").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_BATCH = 32
_MAX_TOKENS = 256


class SentenceEncoder:
    """An encoder loaded from a folder of weights; torch is imported when the first one is made."""

    def __init__(self, folder: Path, name: str) -> None:
        import torch  # noqa: PLC0415  loading torch takes seconds
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
        self._name = name

    @property
    def name(self) -> str:
        """The name of the weights."""
        return self._name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`, batched by length so that little is padded; see `Encoder.encode`."""
        size = int(self._model.config.hidden_size)
        vectors = np.zeros((len(texts), size), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        with self._torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                vectors[batch] = self._encode_batch([texts[index] for index in batch])
        return vectors

    def _encode_batch(self, texts: list[str]) -> NDArray[np.float32]:
        inputs = self._tokenizer(texts, padding=True, truncation=True, max_length=_MAX_TOKENS, return_tensors="pt")
        hidden = self._model(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        unit: NDArray[np.float32] = self._torch.nn.functional.normalize(mean, dim=1).numpy()
        return unit
