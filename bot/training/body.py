"""Grow the trees of `bot.intake.trees` on pages whose article text is known.

    python -m bot.training.body TRUTH.jsonl

TRUTH has a page a line: `id`, `url`, `gold` (the article's text) and `file`, the page's gzipped HTML beside TRUTH. The
figures printed are held out: five parts, no site in two of them. What is written is grown on all pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from safetensors.numpy import save_file
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.intake import trees
from bot.intake.blocks import cut_blocks
from bot.intake.body import choose, write_out
from bot.intake.features import describe
from bot.intake.metadata import page_metadata
from bot.intake.tree import parse
from bot.intake.votes import cast_votes, opinions, share_in, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.intake.blocks import Block

    Matrix = NDArray[np.float32]

_OUT = Path(trees.__file__).with_name(trees.WEIGHTS)
_FOLDS = 5
_IS_BODY = 0.5
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
    votes: Matrix
    features: Matrix
    labels: Matrix
    weights: Matrix


def main() -> None:
    """Measure held out, then grow on everything and write the trees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--held-out", type=Path, help="also write the held-out texts as rows of id and text")
    arguments = parser.parse_args()
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
    votes = cast_votes(blocks, opinions(tree))
    total = max(50, len(words_of(row["gold"])))
    return Page(
        name=row["id"],
        site=".".join((urlsplit(row["url"]).hostname or "").split(".")[-2:]),
        gold=row["gold"],
        blocks=blocks,
        votes=votes,
        features=describe(blocks, votes, title),
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
        if labels[places[0]] < _IS_BODY:
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
    """Give each page's text by trees that saw no page of its site."""
    sites = sorted({page.site for page in pages})
    np.random.default_rng(0).shuffle(sites)
    fold = {site: place % _FOLDS for place, site in enumerate(sites)}
    texts: dict[str, str] = {}
    for part in range(_FOLDS):
        grown = trees.from_arrays(_fit([page for page in pages if fold[page.site] != part]))
        for page in pages:
            if fold[page.site] == part:
                kept = choose(page.blocks, page.votes, grown.probabilities(page.features))
                texts[page.name] = write_out(kept)
    return [{"id": page.name, "text": texts[page.name]} for page in pages]


def _fit(pages: Sequence[Page]) -> dict[str, NDArray[Any]]:
    """Grow the trees on the pages' blocks and give them as arrays."""
    model = HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.08,
        max_leaf_nodes=16,
        min_samples_leaf=30,
        l2_regularization=1.0,
        max_features=0.3,
        max_bins=63,
        random_state=0,
    )
    features = np.concatenate([page.features for page in pages])
    labels = np.concatenate([page.labels for page in pages]) >= _IS_BODY
    model.fit(features, labels, sample_weight=np.concatenate([page.weights for page in pages]))
    return _arrays(model)


def _arrays(model: HistGradientBoostingClassifier) -> dict[str, NDArray[Any]]:
    """Lay the trees' nodes in a row; scikit-learn has no public way to them."""
    grown = [tree.nodes for (tree,) in model._predictors]  # noqa: SLF001
    roots = np.cumsum([0, *map(len, grown[:-1])], dtype=np.int32)
    nodes = np.concatenate(grown)
    offset = np.repeat(roots, [len(tree) for tree in grown])
    itself = np.arange(len(nodes))
    is_leaf = nodes["is_leaf"].astype(bool)
    return {
        "feature": nodes["feature_idx"].astype(np.int32),
        "threshold": nodes["num_threshold"].astype(np.float64),
        "left": np.where(is_leaf, itself, nodes["left"] + offset).astype(np.int32),
        "right": np.where(is_leaf, itself, nodes["right"] + offset).astype(np.int32),
        "value": np.where(is_leaf, nodes["value"], 0.0),
        "roots": roots,
        "start": np.ravel(model._baseline_prediction).astype(np.float64),  # noqa: SLF001
    }


def _f1(gold: str, text: str) -> float:
    wanted, given = (Counter(re.findall(r"\w+", words.casefold())) for words in (gold, text))
    shared = (wanted & given).total()
    return 2 * shared / max(1, wanted.total() + given.total())


if __name__ == "__main__":
    main()
