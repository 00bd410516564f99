"""Fit the adapter with which the packaged writer shortens sentences.

    python -m bot.training.writer --data DIR --pairs FILE --writer FOLDER --out bot/model/shorten.safetensors

The pairs are made of the development data in DIR (`bot.training.writer_pairs`) where FILE does not hold them yet.

A low-rank adapter (Hu et al. 2021, "LoRA", of rank 16 on every linear layer) is trained for one pass. It is written
with the names of the layers, without peft's prefix, so that nothing but this module needs peft; `bot.model.adapter`
reads it. Pairs of articles that are held out are never trained on; their loss is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from bot.model.base import Task
from bot.model.forms import form_for
from bot.model.packaged import PACKAGED, Role
from bot.model.prompts import load_prompt
from bot.training.alignment import Pair
from bot.training.writer_pairs import write_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RANK = 16
_ALPHA = 32
_RATE = 4e-4
_BATCH = 8
_MOST_TOKENS = 200
_HELD_OUT_SHOWN = 160
_NO_LOSS = -100
_SAVED_EVERY = 50
"""Steps between two saves of what has been learnt so far."""


class Examples:
    """Pairs as tokens: the prompt without loss, the shorter sentence and the end with it."""

    def __init__(self, folder: Path, config: Any) -> None:  # noqa: ANN401  transformers' classes differ with the model
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._form = form_for(self.tokenizer, config)
        self._prompt = load_prompt(Task.SHORTEN)

    def of(self, data: Sequence[Pair]) -> list[tuple[list[int], list[int]]]:
        """Give the tokens to read and to write; pairs that are too long are left out."""
        read = [self._tokens(self._form.render(self._prompt, _variables(pair))) for pair in data]
        written = [[*self._tokens(pair.target), self.tokenizer.eos_token_id] for pair in data]
        both = zip(read, written, strict=True)
        return [(first, second) for first, second in both if len(first) + len(second) <= _MOST_TOKENS]

    def _tokens(self, text: str) -> list[int]:
        return list(self.tokenizer(text, add_special_tokens=False).input_ids)


def _variables(pair: Pair) -> dict[str, str]:
    return {"text": pair.source, "words": str(len(pair.target.split()))}


def adapted(folder: Path) -> Any:  # noqa: ANN401  peft's class
    """Load the base with an untrained adapter on its linear layers."""
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    kind = LoraConfig(r=_RANK, lora_alpha=_ALPHA, lora_dropout=0.0, target_modules="all-linear", task_type="CAUSAL_LM")
    return get_peft_model(base, kind)


def loss_of(model: Any, batch: Sequence[tuple[list[int], list[int]]]) -> torch.Tensor:  # noqa: ANN401  see adapted
    """The mean loss of the tokens to write."""
    longest = max(len(read) + len(written) for read, written in batch)
    tokens = torch.zeros((len(batch), longest), dtype=torch.long)
    labels = torch.full_like(tokens, _NO_LOSS)
    mask = torch.zeros_like(tokens)
    for row, (read, written) in enumerate(batch):
        end = len(read) + len(written)
        tokens[row, :end] = torch.tensor(read + written)
        labels[row, len(read) : end] = torch.tensor(written)
        mask[row, :end] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss: torch.Tensor = model(input_ids=tokens, attention_mask=mask, labels=labels).loss
    return loss


def train(model: Any, data: list[tuple[list[int], list[int]]]) -> Iterator[tuple[int, int, float]]:  # noqa: ANN401
    """Train for one pass; yields the step, the number of steps and the loss."""
    data = sorted(data, key=lambda example: len(example[0]) + len(example[1]))
    batches = [data[start : start + _BATCH] for start in range(0, len(data), _BATCH)]
    random.shuffle(batches)
    optimiser = torch.optim.AdamW([weight for weight in model.parameters() if weight.requires_grad], lr=_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=len(batches) + 1, pct_start=0.1)
    for step, batch in enumerate(batches, 1):
        loss = loss_of(model, batch)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        yield step, len(batches), float(loss.detach())


def held_out_loss(model: Any, data: Sequence[tuple[list[int], list[int]]]) -> float:  # noqa: ANN401  see adapted
    """The mean loss of batches of articles that were not trained on."""
    with torch.no_grad():
        losses = [float(loss_of(model, data[start : start + _BATCH])) for start in range(0, len(data), _BATCH)]
    return sum(losses) / max(len(losses), 1)


def read_pairs(path: Path) -> list[Pair]:
    """Read what `bot.training.writer_pairs` wrote."""
    with path.open(encoding="utf-8") as lines:
        return [Pair(**json.loads(line)) for line in lines]


def save(model: Any, path: Path, base: str) -> None:  # noqa: ANN401  see adapted
    """Write the adapter alone, for the weights whose file has the sha256 `base`."""
    weights = {
        name.removeprefix("base_model.model."): weight.to(torch.bfloat16).contiguous()
        for name, weight in get_peft_model_state_dict(model).items()
    }
    scale = _ALPHA / _RANK
    save_file(weights, path, metadata={"scale": str(scale), "base": base})


def main() -> None:
    """Train on the pairs and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the development data")
    parser.add_argument("--pairs", type=Path, required=True, help="the file of pairs; made where it is not there")
    parser.add_argument("--writer", type=Path, required=True, help="the folder of the base, as Verbatim converted it")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--most", type=int, default=10_000, help="pairs to train on at most")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if not arguments.pairs.exists():
        write_pairs(arguments.data, arguments.writer, arguments.pairs)
    torch.manual_seed(arguments.seed)
    random.seed(arguments.seed)
    began = time.monotonic()
    found = read_pairs(arguments.pairs)
    base = next(one.sha256 for one in PACKAGED if one.role is Role.WRITER)
    model = adapted(arguments.writer)
    examples = Examples(arguments.writer, model.config)
    held = examples.of([pair for pair in found if pair.held_out][:_HELD_OUT_SHOWN])
    seen = examples.of([pair for pair in found if not pair.held_out][: arguments.most])
    print(f"{len(seen)} pairs; held out: loss {held_out_loss(model, held):.3f}", flush=True)  # noqa: T201
    for step, steps, loss in train(model, seen):
        if step % 10 == 0 or step == steps:
            print(f"{step}/{steps}: loss {loss:.3f}", flush=True)  # noqa: T201  a command's output
        if step % _SAVED_EVERY == 0:
            save(model, arguments.out, base)
    save(model, arguments.out, base)
    minutes = (time.monotonic() - began) / 60
    print(f"held out: loss {held_out_loss(model, held):.3f}; {minutes:.0f} minutes")  # noqa: T201


if __name__ == "__main__":
    main()
