"""Train the tables of `bot.text.grammar` from sentences with trees.

    python -m bot.training.grammar TREES.conllu

The trees are CoNLL-U with Penn Treebank tags in the fifth column and ClearNLP labels in the eighth, as spaCy's
English models give them. One sentence in twenty is held out to measure. A fifth of the others is also shown in
lower case, so that text without capitals is parsed too.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from bot.text import grammar
from bot.text.grammar import LABEL_BITS, LABELS, LEFT, MOVE_BITS, RIGHT, SHIFT, TAG_BITS, TAGS, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.text.grammar import Table

_OUT = Path(grammar.__file__).with_name("grammar.bin")
_SAME_TAG = {
    "NNPS": "NNP",
    "JJR": "JJ",
    "JJS": "JJ",
    "RBR": "RB",
    "RBS": "RB",
    "PDT": "DT",
    "WP$": "WP",
    "HYPH": "PUNCT",
}
_MARKS = frozenset(["``", "''", ",", ".", ":", "-LRB-", "-RRB-", "NFP", "$", "#", "``"])
_SAME_LABEL = {
    "dobj": "obj",
    "dative": "iobj",
    "auxpass": "aux",
    "csubjpass": "csubj",
    "npadvmod": "mod",
    "amod": "mod",
    "nmod": "mod",
    "quantmod": "mod",
    "oprd": "attr",
    "ROOT": "root",
}


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its gold (or silver) analysis; the root's head is the number of words."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


class Perceptron:
    """An averaged perceptron over hashed features."""

    def __init__(self, bits: int, classes: int) -> None:
        self.bits, self.classes = bits, classes
        self.weights = np.zeros((1 << bits, classes), dtype=np.float32)
        self._drift = np.zeros_like(self.weights)
        self._steps = 1

    def rows(self, features: Sequence[str]) -> NDArray[np.int64]:
        """The rows of some features."""
        mask = (1 << self.bits) - 1
        return np.array([crc32(feature.encode("utf-8", "replace")) & mask for feature in features], dtype=np.int64)

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Add up some rows."""
        total: NDArray[np.float32] = self.weights[rows].sum(0)
        return total

    def learn(self, rows: NDArray[np.int64], right: int, wrong: int) -> None:
        """Move weight from a wrong class to the right one."""
        for label, sign in ((right, 1.0), (wrong, -1.0)):
            self.weights[rows, label] += sign
            self._drift[rows, label] += sign * self._steps

    def count(self) -> None:
        """Count a decision, right or wrong; the average is over all decisions."""
        self._steps += 1

    def table(self) -> NDArray[np.int8]:
        """The averaged weights in eight bits."""
        mean = self.weights - self._drift / self._steps
        scale = 127 / max(1e-9, float(np.quantile(np.abs(mean[mean != 0]), 0.9995)))
        return np.clip(np.rint(mean * scale), -127, 127).astype(np.int8)


def read_trees(path: Path) -> list[Tree]:
    """Read a CoNLL-U file; trees with crossing arcs are left out."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    rows = ([line.split("\t") for line in block.splitlines() if line[:1].isdigit()] for block in blocks)
    return [tree for tree in (_tree(block) for block in rows if block) if _is_projective(tree.heads)]


def _tree(rows: list[list[str]]) -> Tree:
    size = len(rows)
    return Tree(
        tuple(row[1] for row in rows),
        tuple(_coarse_tag(row[4]) for row in rows),
        tuple(int(row[6]) - 1 if row[6] != "0" else size for row in rows),
        tuple(_coarse_label(row[7]) for row in rows),
    )


def _coarse_tag(tag: str) -> str:
    tag = _SAME_TAG.get(tag, tag)
    return tag if tag in TAGS else "PUNCT" if tag in _MARKS else "X"


def _coarse_label(label: str) -> str:
    label = _SAME_LABEL.get(label, label)
    return label if label in LABELS else "dep"


def _is_projective(heads: Sequence[int]) -> bool:
    arcs = [(min(child, head), max(child, head)) for child, head in enumerate(heads)]
    return not any(a < c < b < d for a, b in arcs for c, d in arcs)


def gold_moves(state: State, heads: Sequence[int]) -> list[int]:
    """The moves after which the best tree still possible is as good as before (Goldberg and Nivre 2013)."""
    possible, stack, front = state.moves(), state.stack, state.next
    if not stack or (SHIFT in possible and heads[front] == stack[-1]):
        return [SHIFT]
    top = stack[-1]
    if heads[top] == front:
        return [LEFT]
    costly = set()
    if len(stack) > 1 and heads[top] == stack[-2]:
        costly.add(LEFT)
    if front < state.size and any(heads[front] == at or heads[at] == front for at in stack):
        costly.add(SHIFT)
    ahead = range(front + 1, state.size + 1)
    if heads[top] in ahead or any(heads[at] == top for at in range(front + 1, state.size)):
        costly |= {LEFT, RIGHT}
    return [move for move in possible if move not in costly] or possible


def train(trees: Sequence[Tree], epochs: int, seed: int) -> tuple[Perceptron, Perceptron, Perceptron]:
    """Train tagger, parser and labeller, the parser on the tagger's own tags."""
    tagger = Perceptron(TAG_BITS, len(TAGS))
    mover = Perceptron(MOVE_BITS, 3)
    labeller = Perceptron(LABEL_BITS, len(LABELS))
    order, chance = list(trees), random.Random(seed)  # noqa: S311  no secret
    for epoch in range(epochs):
        chance.shuffle(order)
        right = [0, 0, 0, 0]
        for tree in order:
            tags = _train_tags(tagger, tree, right)
            _train_moves(mover, tree, tags if epoch else tree.tags, right)
            _train_labels(labeller, tree, tags, right)
        print(f"epoch {epoch}: tags, heads, labels right of {right[3]}: {right[:3]}", flush=True)  # noqa: T201
    return tagger, mover, labeller


def _train_tags(model: Perceptron, tree: Tree, right: list[int]) -> list[str]:
    tags: list[str] = []
    for index, gold in enumerate(tree.tags):
        rows = model.rows(grammar.tag_features(index, tree.words, tags))
        guess = int(model.scores(rows).argmax())
        if TAGS[guess] != gold:
            model.learn(rows, TAGS.index(gold), guess)
        model.count()
        tags.append(TAGS[guess])
        right[0] += TAGS[guess] == gold
    right[3] += len(tags)
    return tags


def _train_moves(model: Perceptron, tree: Tree, tags: Sequence[str], right: list[int]) -> None:
    state = State(tree.words, tags)
    while not state.done():
        rows = model.rows(grammar.move_features(state))
        scores = model.scores(rows)
        guess = max(state.moves(), key=scores.__getitem__)
        good = gold_moves(state, tree.heads)
        if guess not in good:
            model.learn(rows, max(good, key=scores.__getitem__), guess)
        model.count()
        state.move(guess)
    right[1] += sum(a == b for a, b in zip(state.heads, tree.heads, strict=True))


def _train_labels(model: Perceptron, tree: Tree, tags: Sequence[str], right: list[int]) -> None:
    heads = [-1 if head == len(tree.words) else head for head in tree.heads]
    for index, gold in enumerate(tree.labels):
        if heads[index] < 0:
            right[2] += 1
            continue
        rows = model.rows(grammar.label_features(index, tree.words, tags, heads))
        guess = int(model.scores(rows).argmax())
        if LABELS[guess] != gold:
            model.learn(rows, LABELS.index(gold), guess)
        model.count()
        right[2] += LABELS[guess] == gold


def in_lower_case(tree: Tree) -> Tree:
    """The same tree of the words in lower case."""
    return Tree(tuple(word.lower() for word in tree.words), tree.tags, tree.heads, tree.labels)


def save(models: Iterable[Perceptron], path: Path) -> None:
    """Write the tables, one after another, compressed."""
    models = list(models)
    header = json.dumps([[model.bits, model.classes] for model in models]).encode() + b"\n"
    body = b"".join(model.table().tobytes() for model in models)
    path.write_bytes(lzma.compress(header + body, preset=9 | lzma.PRESET_EXTREME))


def measure(trees: Sequence[Tree], tables: tuple[Table, Table, Table]) -> tuple[float, float, float]:
    """The share of tags, heads, and heads with labels that tables get right, marks left out."""
    tags = heads = labels = total = 0
    for tree in trees:
        for index, node in enumerate(grammar.parse(tree.words, tables)):
            if tree.labels[index] == "punct":
                continue
            gold_head = -1 if tree.heads[index] == len(tree.words) else tree.heads[index]
            total += 1
            tags += node.tag == tree.tags[index]
            heads += node.head == gold_head
            labels += node.head == gold_head and node.label == tree.labels[index]
    return tags / total, heads / total, labels / total


def main() -> None:
    """Train, save beside `bot/text/grammar.py`, and print the figures on the sentences held out."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("trees", type=Path)
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, default=_OUT)
    given = options.parse_args()
    trees = read_trees(given.trees)
    held_out, shown = trees[::20], [tree for index, tree in enumerate(trees) if index % 20]
    shown += [in_lower_case(tree) for tree in shown[::5]]
    save(train(shown, given.epochs, given.seed), given.out)
    tables = grammar.unpack(given.out.read_bytes())
    for name, sample in (("as written", held_out), ("lower case", [in_lower_case(tree) for tree in held_out])):
        print(name, "tags {:.3f} heads {:.3f} labelled {:.3f}".format(*measure(sample, tables)))  # noqa: T201


if __name__ == "__main__":
    main()
