"""Fit the reader: the upper layers of the sentence encoder and a head that marks answers.

    python -m bot.training.reader --data DIR --encoder FOLDER

DIR is as for `bot.training.ask`. The lower layers and the word vectors stay the encoder's own, so that what is written
(`bot/model/reader.safetensors`, half precision) is small. Articles that `is_held_out` tells are never trained on: the
scorers of `bot.training.ask` are fitted on what the reader makes of those. Takes about 20 minutes of one core.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer

from bot import model as model_package
from bot.training.reader_examples import Example, examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OUT = Path(model_package.__file__).with_name("reader.safetensors")
_LAYERS = 3
_PASSES = 2
_BATCH = 16
_BUCKET = 40
_RATE = 2e-4
_HEAD_RATE = 1e-3
_WARM_UP = 0.06
_NEVER = -1e9
_CLS, _SEP = 101, 102


class Trainee(torch.nn.Module):
    """The encoder's upper layers over states of its frozen lower ones, and the head."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        base = AutoModel.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        depth = len(base.encoder.layer) - _LAYERS
        self.first_layer = depth
        self._words = base.embeddings.eval().requires_grad_(requires_grad=False)
        self._lower = base.encoder.layer[:depth].eval().requires_grad_(requires_grad=False)
        self.upper = base.encoder.layer[depth:].train()
        self.head = torch.nn.Linear(base.config.hidden_size, 2)

    def forward(self, batch: Sequence[Example]) -> torch.Tensor:
        """Give the logits of start and end: shape (batch, tokens, 2), out of reach where no answer may lie."""
        self._remember([example for example in batch if example.states is None])
        states = [example.states for example in batch if example.states is not None]
        hidden = torch.nn.utils.rnn.pad_sequence(states, batch_first=True).float()
        mask, allowed = _masks(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = _through(self.upper, hidden, mask)
        logits: torch.Tensor = self.head(hidden.float())
        return logits.masked_fill(~allowed[..., None], -1e4)

    def _remember(self, batch: Sequence[Example]) -> None:
        if not batch:
            return
        ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(_ids(example)) for example in batch], batch_first=True)
        mask, _ = _masks(batch)
        kinds = torch.zeros_like(ids)
        for row, example in enumerate(batch):
            kinds[row, len(example.question) + 2 : len(example)] = 1
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = _through(self._lower, self._words(input_ids=ids, token_type_ids=kinds), mask)
        for row, example in enumerate(batch):
            example.states = hidden[row, : len(example)].to(torch.bfloat16)


def _ids(example: Example) -> list[int]:
    return [_CLS, *example.question, _SEP, *example.passage, _SEP]


def _through(layers: Any, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:  # noqa: ANN401  untyped
    for layer in layers:
        out = layer(hidden, attention_mask=mask)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def _masks(batch: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Say which tokens are there (as attention wants it) and which may be an answer: the passage's and the first."""
    longest = max(len(example) for example in batch)
    mask = torch.full((len(batch), 1, 1, longest), -1e4)
    allowed = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, example in enumerate(batch):
        mask[row, ..., : len(example)] = 0
        allowed[row, len(example.question) + 2 : len(example) - 1] = True
        allowed[row, 0] = True
    return mask, allowed


def loss_of(trainee: Trainee, batch: Sequence[Example]) -> torch.Tensor:
    """Give the mean negative log-likelihood of any right start and any right end (Clark and Gardner 2018)."""
    logs = torch.log_softmax(trainee(batch), 1)
    right = torch.zeros_like(logs, dtype=torch.bool)
    for row, example in enumerate(batch):
        offset = len(example.question) + 2
        for first, last in example.answers:
            right[row, offset + first, 0] = True
            right[row, offset + last, 1] = True
        if not example.answers:
            right[row, 0] = True
    return -torch.logsumexp(logs.masked_fill(~right, _NEVER), 1).mean()


def train(trainee: Trainee, data: list[Example]) -> Iterator[tuple[int, int, float]]:
    """Fit by AdamW with warm-up and a falling rate; gives step, steps and loss as it goes."""
    groups = [
        {"params": list(trainee.upper.parameters()), "lr": _RATE, "weight_decay": 0.01},
        {"params": list(trainee.head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    steps = _PASSES * -(-len(data) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    step = 0
    for _ in range(_PASSES):
        for batch in _batches(data):
            loss = loss_of(trainee, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trainee.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            yield step, steps, float(loss.detach())


def _batches(data: list[Example]) -> Iterator[list[Example]]:
    """Shuffle, then batch by length within buckets, so that little is padded."""
    random.shuffle(data)
    for start in range(0, len(data), _BATCH * _BUCKET):
        bucket = sorted(data[start : start + _BATCH * _BUCKET], key=len)
        batches = [bucket[at : at + _BATCH] for at in range(0, len(bucket), _BATCH)]
        random.shuffle(batches)
        yield from batches


def save(trainee: Trainee, path: Path) -> None:
    """Write the reader's own layers under the names that the encoder gives them, in half precision."""
    layers = {
        f"encoder.layer.{trainee.first_layer + index}.{name}": tensor.detach().half().contiguous()
        for index, layer in enumerate(trainee.upper)
        for name, tensor in layer.named_parameters()
    }
    head = {f"head.{name}": tensor.detach().half().contiguous() for name, tensor in trainee.head.named_parameters()}
    save_file({**layers, **head}, path)


def main() -> None:
    """Train on the articles that are not held out and write the layers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder of JSONL files of articles with questions")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's weights")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    torch.manual_seed(0)
    random.seed(0)
    tokenizer = AutoTokenizer.from_pretrained(arguments.encoder)
    data = [example for example in examples(arguments.data, tokenizer) if not example.held_out]
    trainee = Trainee(arguments.encoder)
    for step, steps, loss in train(trainee, data):
        if step % 50 == 0 or step == steps:
            print(f"{step}/{steps}: loss {loss:.3f}", flush=True)  # noqa: T201  a command's output
    save(trainee, arguments.out)


if __name__ == "__main__":
    main()
