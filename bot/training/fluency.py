"""How much less likely the words that stay become where others are left out, as a language model sees it.

A cut that takes an argument ("the debate focused.") or tears a phrase makes what follows it unlikely; one that takes a
circumstance does not (in the manner of Clarke and Lapata 2008, who add a language model to deletion by rule).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BATCH_TOKENS = 2_048
_START = "\n"
_TOLD_EVERY = 20
"""Batches between two lines about how far the work has come."""


class Judge(Protocol):
    """Tells how surprising the words of sentences are."""

    def surprise(self, sentences: Sequence[str]) -> list[list[tuple[int, float]]]:
        """For each sentence, where each token starts and its negative log-probability in nats."""
        ...


class LanguageModel:
    """A causal model, loaded from `folder`, that reads sentences on their own: a `Judge`."""

    def __init__(self, folder: Path) -> None:
        model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)
        self._model = model.eval()
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)

    def surprise(self, sentences: Sequence[str]) -> list[list[tuple[int, float]]]:
        """Read all sentences; see `Judge`."""
        encoded = [
            self._tokenizer(_START + text, add_special_tokens=False, return_offsets_mapping=True) for text in sentences
        ]
        order = sorted(range(len(sentences)), key=lambda index: len(encoded[index].input_ids))
        found: list[list[tuple[int, float]]] = [[] for _ in sentences]
        batches = _batches(order, [len(one.input_ids) for one in encoded])
        for count, batch in enumerate(batches, 1):
            losses = self._losses([encoded[index].input_ids for index in batch])
            for index, row in zip(batch, losses, strict=True):
                starts = [max(0, start - len(_START)) for start, _ in encoded[index].offset_mapping][1:]
                found[index] = list(zip(starts, row[: len(starts)], strict=True))
            if count % _TOLD_EVERY == 0:
                print(f"{count}/{len(batches)} batches judged", flush=True)  # noqa: T201  a command's output
        return found

    def _losses(self, rows: Sequence[Sequence[int]]) -> list[list[float]]:
        longest = max(len(row) for row in rows)
        tokens = torch.zeros((len(rows), longest), dtype=torch.long)
        mask = torch.zeros_like(tokens)
        for place, row in enumerate(rows):
            tokens[place, : len(row)] = torch.tensor(row)
            mask[place, : len(row)] = 1
        with torch.inference_mode():
            logits = self._model(input_ids=tokens, attention_mask=mask).logits[:, :-1]
            losses = torch.nn.functional.cross_entropy(logits.float().transpose(1, 2), tokens[:, 1:], reduction="none")
        return [list(map(float, row)) for row in losses]


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    batches: list[list[int]] = []
    for index in order:
        if batches and (len(batches[-1]) + 1) * lengths[index] <= _BATCH_TOKENS:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
