"""Fit a writer to shorten sentences, and write it as a folder that `[models] writer` can name.

    python -m bot.training.writer --data DIR --writer FOLDER --out FOLDER

DIR holds `summ.jsonl`, articles with references and the outputs of systems. A low-rank adapter (Hu et al. 2021, of rank
16 on every linear layer) is trained for one pass on `bot.training.writer_pairs`, then merged into the weights: nothing
but this module needs peft. Articles that `is_held_out` tells are never trained on; their loss is printed.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from bot.model.base import Task
from bot.model.forms import form_for
from bot.model.prompts import load_prompt
from bot.training.writer_pairs import Pair, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RANK = 16
_RATE = 2e-4
_BATCH = 8
_MOST_TOKENS = 200
_HELD_OUT_SHOWN = 160
_NO_LOSS = -100


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
    kind = LoraConfig(
        r=_RANK, lora_alpha=2 * _RANK, lora_dropout=0.0, target_modules="all-linear", task_type="CAUSAL_LM"
    )
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


def main() -> None:
    """Align, train, merge and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of summ.jsonl")
    parser.add_argument("--writer", type=Path, required=True, help="the folder of the base, as Verbatim converted it")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument("--most", type=int, default=1_500, help="pairs to train on at most")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    random.seed(arguments.seed)
    found = pairs(arguments.data / "summ.jsonl")
    print(f"{len(found)} pairs, {sum(pair.held_out for pair in found)} of them held out", flush=True)  # noqa: T201
    model = adapted(arguments.writer)
    examples = Examples(arguments.writer, model.config)
    held = examples.of([pair for pair in found if pair.held_out][:_HELD_OUT_SHOWN])
    seen = [pair for pair in found if not pair.held_out]
    random.shuffle(seen)
    for step, steps, loss in train(model, examples.of(seen[: arguments.most])):
        if step % 10 == 0 or step == steps:
            print(f"{step}/{steps}: loss {loss:.3f}", flush=True)  # noqa: T201  a command's output
    print(f"held out: loss {held_out_loss(model, held):.3f}")  # noqa: T201  a command's output
    model.merge_and_unload().to(torch.bfloat16).save_pretrained(arguments.out)
    examples.tokenizer.save_pretrained(arguments.out)


if __name__ == "__main__":
    main()
