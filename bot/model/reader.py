"""The reader: a BERT-like model that marks where in a passage a question is answered, or that it is not.

As for SQuAD 2.0 (Devlin et al. 2019, "BERT"): one logit a token for the start of the answer and one for its end; the
first token stands for no answer. Only the upper layers are the reader's own (`bot.training.reader`); the lower ones
are the sentence encoder's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.model.base import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_BATCH = 8
_MAX_TOKENS = 384
_MAX_QUESTION = 300


class SpanReader:
    """A reader made of an encoder's folder and the file of the reader's own layers; imports torch when made."""

    def __init__(self, folder: Path, layers: Path, name: str) -> None:
        import torch  # noqa: PLC0415  loading torch takes seconds
        from safetensors.torch import load_file  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
        tensors = {key: tensor.float() for key, tensor in load_file(layers).items()}
        self._head = torch.nn.Linear(self._model.config.hidden_size, 2)
        self._head.load_state_dict({key: tensors.pop(f"head.{key}") for key in ("weight", "bias")})
        self._model.load_state_dict(tensors, strict=False)
        self._name = name

    @property
    def name(self) -> str:
        """The name of the weights."""
        return self._name

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read every passage for the question; see `Reader.read`."""
        order = sorted(range(len(passages)), key=lambda index: len(passages[index]))
        readings: dict[int, Reading] = {}
        with self._torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                found = self._read_batch(question[:_MAX_QUESTION], [passages[index] for index in batch])
                readings.update(zip(batch, found, strict=True))
        return [readings[index] for index in range(len(passages))]

    def _read_batch(self, question: str, passages: list[str]) -> list[Reading]:
        inputs = self._tokenizer(
            [question] * len(passages), passages, padding=True, truncation="only_second", max_length=_MAX_TOKENS,
            return_tensors="pt", return_offsets_mapping=True,
        )  # fmt: skip
        offsets = inputs.pop("offset_mapping").numpy()
        logits = self._head(self._model(**inputs).last_hidden_state).numpy()
        return [
            _reading(logits[index], offsets[index], np.array([part == 1 for part in inputs.sequence_ids(index)]))
            for index in range(len(passages))
        ]


def _reading(logits: NDArray[np.float32], offsets: NDArray[np.int64], inside: NDArray[np.bool_]) -> Reading:
    """Keep the passage's tokens, their logits set against those of no answer."""
    against = logits - logits[0]
    return Reading(offsets[inside, 0], offsets[inside, 1], against[inside, 0], against[inside, 1])
