"""Train the network of `bot.intake.network` on pages whose article text is known.

    python -m bot.training.body TRUTH.jsonl

TRUTH has a page a line: `id`, `url`, `gold` (the article's text) and `file`, the page's gzipped HTML beside TRUTH. The
figures printed are held out: five parts, no site in two of them. What is written is trained on all pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn

from bot.intake import network
from bot.intake.blocks import cut_blocks
from bot.intake.body import THRESHOLD, write_out
from bot.intake.features import describe
from bot.intake.metadata import page_metadata
from bot.intake.tree import parse
from bot.intake.votes import opinions, share_in, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.intake.blocks import Block

    Matrix = NDArray[np.float32]

_OUT = Path(network.__file__).with_name(network.WEIGHTS)
_FOLDS = 5
_MEMBERS = 3
_HIDDEN = (48, 16)
_EPOCHS = 12
_BATCH = 256
_RATE = 2e-3
_DECAY = 1e-3
_HEAVIEST = 0.5
"""No block weighs more in training than half its page."""
_SHORT = 4
_CONTEXT = 5
_FEWEST_AROUND = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to learn from: a row, a label and a weight for each block."""

    name: str
    site: str
    gold: str
    blocks: tuple[Block, ...]
    features: Matrix
    labels: Matrix
    weights: Matrix


def main() -> None:
    """Measure held out, then train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--held-out", type=Path, help="also write the held-out texts as rows of id and text")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    pages = load_pages(arguments.truth)
    rows = held_out(pages)
    score = sum(_f1(page.gold, row["text"]) for page, row in zip(pages, rows, strict=True)) / len(pages)
    print(f"held out: mean word F1 {score:.4f} on {len(pages)} pages")  # noqa: T201  a command's output
    if arguments.held_out:
        arguments.held_out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    save_file(_fit(pages), arguments.out)


def load_pages(truth: Path) -> list[Page]:
    """Read and describe every page of the truth file."""
    with truth.open(encoding="utf-8") as lines:
        return [_page(json.loads(line), truth.parent) for line in lines]


def _page(row: dict[str, str], folder: Path) -> Page:
    tree = parse(gzip.decompress((folder / row["file"]).read_bytes()).decode("utf-8", "replace"))
    if tree is None:
        raise ValueError(row["id"])
    blocks = tuple(cut_blocks(tree))
    words = [words_of(block.text) for block in blocks]
    title = page_metadata(tree, row["url"]).title or ""
    total = max(50, len(words_of(row["gold"])))
    return Page(
        name=row["id"],
        site=".".join((urlsplit(row["url"]).hostname or "").split(".")[-2:]),
        gold=row["gold"],
        blocks=blocks,
        features=describe(blocks, opinions(tree), title),
        labels=np.array(label(words, row["gold"]), dtype=np.float32),
        weights=np.sqrt([min(_HEAVIEST, len(own) / total) for own in words], dtype=np.float32) + np.float32(1e-3),
    )


def label(words: Sequence[tuple[str, ...]], gold: str) -> list[float]:
    """Say how much of each block stands in the article.

    Of a text that stands on the page more often than in the article, the copies among other body blocks count; a
    block of less than four words counts only among them.
    """
    labels = share_in(words, gold)
    known = f" {' '.join(words_of(gold))} "
    copies: dict[tuple[str, ...], list[int]] = {}
    for place, own in enumerate(words):
        copies.setdefault(own, []).append(place)
    for own, places in copies.items():
        if labels[places[0]] < THRESHOLD:
            continue
        places.sort(key=lambda place: -_around(place, words, labels))
        for place in places[max(1, known.count(f" {' '.join(own)} ")) :]:
            labels[place] = 0.0
        for place in places:
            if len(own) < _SHORT and _around(place, words, labels) < _FEWEST_AROUND:
                labels[place] = 0.0
    return labels


def _around(place: int, words: Sequence[tuple[str, ...]], labels: Sequence[float]) -> float:
    """Sum up the body words near a block, the nearer the heavier."""
    near = range(max(0, place - _CONTEXT), min(len(words), place + _CONTEXT + 1))
    return sum(
        labels[other] * min(len(words[other]), 40) / abs(other - place)
        for other in near
        if other != place and len(words[other]) > _SHORT + 1
    )


def held_out(pages: Sequence[Page]) -> list[dict[str, str]]:
    """Give each page's text by a network that saw no page of its site."""
    sites = sorted({page.site for page in pages})
    np.random.default_rng(0).shuffle(sites)
    fold = {site: place % _FOLDS for place, site in enumerate(sites)}
    texts: dict[str, str] = {}
    for part in range(_FOLDS):
        trained = network.from_tensors(_fit([page for page in pages if fold[page.site] != part]))
        for page in pages:
            if fold[page.site] == part:
                chances = trained.probabilities(page.features)
                kept = [block for block, chance in zip(page.blocks, chances, strict=True) if chance >= THRESHOLD]
                texts[page.name] = write_out(kept)
    return [{"id": page.name, "text": texts[page.name]} for page in pages]


def _fit(pages: Sequence[Page]) -> dict[str, Matrix]:
    """Train the members on the pages' blocks and give their tensors."""
    features = np.concatenate([page.features for page in pages])
    mean, scale = features.mean(axis=0), features.std(axis=0) + np.float32(1e-6)
    rows = torch.from_numpy(np.clip((features - mean) / scale, -network.FURTHEST, network.FURTHEST))
    labels = torch.from_numpy(np.concatenate([page.labels for page in pages]))
    weights = torch.from_numpy(np.concatenate([page.weights for page in pages]))
    tensors = {"mean": mean, "scale": scale}
    for member in range(_MEMBERS):
        layers = _train(rows, labels, weights / weights.mean(), member)
        for place, layer in enumerate(layers):
            tensors[f"{member}.{place}.weight"] = layer.weight.detach().numpy()
            tensors[f"{member}.{place}.bias"] = layer.bias.detach().numpy()
    return tensors


def _train(rows: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor, seed: int) -> list[nn.Linear]:
    torch.manual_seed(seed)
    sizes = (rows.shape[1], *_HIDDEN, 1)
    layers = [nn.Linear(size, after) for size, after in pairwise(sizes)]
    model = nn.Sequential(nn.Dropout(0.1), layers[0], nn.ReLU(), nn.Dropout(0.3), layers[1], nn.ReLU(), layers[2])
    optimiser = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * (len(rows) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps + 1)
    for _ in range(steps):
        chosen = torch.randint(len(rows), (_BATCH,))
        loss = nn.functional.binary_cross_entropy_with_logits(
            model(rows[chosen])[:, 0], labels[chosen], weight=weights[chosen]
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return layers


def _f1(gold: str, text: str) -> float:
    wanted, given = (Counter(re.findall(r"\w+", words.casefold())) for words in (gold, text))
    shared = (wanted & given).total()
    return 2 * shared / max(1, wanted.total() + given.total())


if __name__ == "__main__":
    main()
