"""The reader: a BERT-like model that marks where in a passage a question is answered, or that it is not.

As for SQuAD 2.0 (Devlin et al. 2019, "BERT"): one logit a token for the start of the answer and one for its end; the
first token stands for no answer. Only the upper layers are the reader's own (`bot.training.reader`); the lower ones
are the sentence encoder's.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.errors import WeightsMissing
from bot.model.base import Reading
from bot.model.loading import enough_memory, loading_from, quick_type, set_up_torch
from bot.model.packaged import DEFAULT, Role
from bot.model.weights import WeightStore
from bot.model.wording import well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.model.weights import Progress

_BATCH = 8
_MAX_TOKENS = 384
_MAX_QUESTION = 300
"""Characters of a question that are read."""
_LAYERS = Path(__file__).with_name("reader.safetensors")


def load_reader(
    *, cache: Path | None = None, threads: int = 1, progress: Progress = lambda _: None
) -> SpanReader | None:
    """Load the reader over the default encoder's lower layers; None where those weights are not to be had.

    Questions are answered without a reader too, less exactly.
    """
    store = WeightStore(cache)
    try:
        weights = store.prepare(store.locate(Role.ENCODER, DEFAULT), progress)
    except WeightsMissing:
        return None
    progress("loading the reader")
    return SpanReader(weights.folder, _LAYERS, threads=threads)


class SpanReader:
    """A `Reader` made of an encoder's folder and the file of the reader's own layers; imports torch when made.

    Raises:
        WeightsMissing: the folder or the file holds no model that can be loaded.
        ModelError: the memory does not suffice.
    """

    def __init__(self, folder: Path, layers: Path, *, threads: int = 1) -> None:
        set_up_torch(threads)
        import torch  # noqa: PLC0415  loading torch takes seconds
        from safetensors.torch import load_file  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        self._torch = torch
        with loading_from(folder):
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModel.from_pretrained(folder, local_files_only=True, dtype=quick_type()).eval()
            tensors = load_file(layers)
            head = {key: tensors.pop(f"head.{key}").float() for key in ("weight", "bias")}
            self._head = torch.nn.Linear(self._model.config.hidden_size, len(head["bias"]))
            self._head.load_state_dict(head)
            self._model.load_state_dict(tensors, strict=False)
        self._name = f"reader {sha256(layers.read_bytes()).hexdigest()[:8]}"

    @property
    def name(self) -> str:
        """The name of the weights, with the start of their hash."""
        return self._name

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read every passage for the question; see `Reader.read`.

        Raises:
            ModelError: the memory does not suffice.
        """
        order = sorted(range(len(passages)), key=lambda index: len(passages[index]))
        readings: dict[int, Reading] = {}
        with enough_memory(), self._torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                texts = [well_formed(passages[index]) for index in batch]
                found = self._read_batch(well_formed(question[:_MAX_QUESTION]), texts)
                readings.update(zip(batch, found, strict=True))
        return [readings[index] for index in range(len(passages))]

    def _read_batch(self, question: str, passages: list[str]) -> list[Reading]:
        inputs = self._tokenizer(
            [question] * len(passages), passages, padding=True, truncation="only_second", max_length=_MAX_TOKENS,
            return_tensors="pt", return_offsets_mapping=True,
        )  # fmt: skip
        offsets = inputs.pop("offset_mapping").numpy()
        logits = self._head(self._model(**inputs).last_hidden_state.float()).numpy()
        return [
            _reading(logits[index], offsets[index], np.array([part == 1 for part in inputs.sequence_ids(index)]))
            for index in range(len(passages))
        ]


def _reading(logits: NDArray[np.float32], offsets: NDArray[np.int64], inside: NDArray[np.bool_]) -> Reading:
    """Keep the passage's tokens, their logits set against those of no answer."""
    against = logits - logits[0]
    return Reading(offsets[inside, 0], offsets[inside, 1], against[inside, 0], against[inside, 1])
