"""Parts of speech and the tree of a sentence: a greedy parser small enough to run in plain Python.

An averaged-perceptron tagger and an arc-hybrid dependency parser with a dynamic oracle (Goldberg and Nivre 2013,
"Training Deterministic Parsers with Non-Deterministic Oracles"; Kuhlmann et al. 2011), features hashed into small
integer tables. Time is linear in the tokens. On news it agrees with spaCy's small model on five heads in six, so
that a caller must take a tree for evidence, not for truth. The tables are made by `bot.training.grammar`; it knows
nothing of articles.
"""

from __future__ import annotations

import json
import lzma
from array import array
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

TAGS = tuple("NN NNS NNP VB VBP VBZ VBD VBN VBG MD IN DT PRP PRP$ JJ RB CC CD TO WDT WP WRB EX RP POS PUNCT X".split())
LABELS = tuple(
    "root nsubj nsubjpass csubj obj iobj pobj pcomp prep agent neg aux mark relcl ccomp xcomp advcl acl conj cc appos "
    "det mod nummod compound poss advmod acomp attr prt punct dep".split()
)
SHIFT, RIGHT, LEFT = range(3)
TAG_BITS, MOVE_BITS, LABEL_BITS = 17, 20, 16
_EDGE = "<>"


@dataclass(frozen=True, slots=True)
class Node:
    """A token in its tree; `head` is the index of the token it hangs from, or -1 at the root."""

    word: str
    tag: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """Hashed weights: one row of `classes` small integers a feature."""

    weights: array[int]
    bits: int
    classes: int

    def scores(self, features: Sequence[str]) -> list[int]:
        """Add up the rows of `features`."""
        weights, classes, mask = self.weights, self.classes, (1 << self.bits) - 1
        starts = [(crc32(feature.encode("utf-8", "replace")) & mask) * classes for feature in features]
        return list(map(sum, zip(*(weights[start : start + classes] for start in starts), strict=True)))


def parse(words: Sequence[str], tables: tuple[Table, Table, Table] | None = None) -> tuple[Node, ...]:
    """Give each word of one sentence its tag, head and label, by the committed tables or by those given."""
    if not words:
        return ()
    tagger, mover, labeller = tables or _tables()
    tags = tag(words, tagger)
    heads = _attach(words, tags, mover)
    return tuple(
        Node(word, tags[index], heads[index], _label(index, words, tags, heads, labeller))
        for index, word in enumerate(words)
    )


@cache
def _tables() -> tuple[Table, Table, Table]:
    return unpack(resources.files("bot.text").joinpath("grammar.bin").read_bytes())


def unpack(packed: bytes) -> tuple[Table, Table, Table]:
    """Read the tables of the tagger, the parser and the labeller from one compressed file."""
    raw = lzma.decompress(packed)
    header, _, body = raw.partition(b"\n")
    shapes = json.loads(header)
    tables, start = [], 0
    for bits, classes in shapes:
        size = (1 << bits) * classes
        tables.append(Table(array("b", body[start : start + size]), bits, classes))
        start += size
    return tables[0], tables[1], tables[2]


def tag(words: Sequence[str], table: Table) -> list[str]:
    """Tag `words` from left to right."""
    tags: list[str] = []
    for index in range(len(words)):
        scores = table.scores(tag_features(index, words, tags))
        if index and words[index].istitle() and words[index - 1][-1].isalnum():
            scores = [score - _RARE * (label in _NEVER_NAMES) for score, label in zip(scores, TAGS, strict=True)]
        tags.append(TAGS[scores.index(max(scores))])
    return tags


_NEVER_NAMES = frozenset("VB VBP VBZ VBD VBN VBG MD RB IN".split())
"""What a word with a capital inside a sentence hardly ever is, whatever its ending."""
_RARE = 1000


def tag_features(index: int, words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """What the tagger sees of the word at `index`; `tags` are those before it."""
    word = words[index]
    low = word.lower()
    before, before2 = _word(words, index - 1), _word(words, index - 2)
    after, after2 = _word(words, index + 1), _word(words, index + 2)
    left = tags[index - 1] if index else _EDGE
    left2 = tags[index - 2] if index > 1 else _EDGE
    return [
        "b",
        "w" + low,
        "W" + word if index else "W0" + low,
        "s3" + low[-3:],
        "s2" + low[-2:],
        "p" + low[:2],
        "h" + shape(word) + ("0" if index == 0 else "1"),
        "l" + left,
        "ll" + left + " " + left2,
        "lw" + left + " " + low,
        "bw" + before,
        "bbw" + before2,
        "aw" + after,
        "as" + after[-3:],
        "aaw" + after2,
        "la" + left + " " + after,
        "ls" + left + " " + low[-3:],
    ]


def _word(words: Sequence[str], index: int) -> str:
    return words[index].lower() if 0 <= index < len(words) else _EDGE


def shape(word: str) -> str:
    """Say how a word is written: a number, all capitals, capitalised, in lower case, or a mark."""
    if word[0].isdigit():
        return "d"
    if word.isupper():
        return "A" if len(word) > 1 else "I"
    if word[0].isupper():
        return "Aa"
    return "a" if word[0].isalpha() else "."


class State:
    """How far a parse has come: the stack, the next word, and the arcs found. Index n is the root."""

    __slots__ = ("heads", "left", "next", "right", "size", "stack", "tags", "words")

    def __init__(self, words: Sequence[str], tags: Sequence[str]) -> None:
        self.words = [word.lower() for word in words] + [_EDGE]
        self.tags = [*tags, "ROOT"]
        self.size = len(words)
        self.stack: list[int] = []
        self.next = 0
        self.heads = [-1] * self.size
        self.left: list[list[int]] = [[] for _ in range(self.size + 1)]
        self.right: list[list[int]] = [[] for _ in range(self.size + 1)]

    def done(self) -> bool:
        """Tell whether only the root is left."""
        return self.next == self.size and not self.stack

    def moves(self) -> list[int]:
        """The moves that are possible now."""
        found = [SHIFT] if self.next < self.size else []
        if len(self.stack) > 1:
            found.append(RIGHT)
        if self.stack:
            found.append(LEFT)
        return found

    def move(self, action: int) -> None:
        """Make one of the possible moves."""
        if action == SHIFT:
            self.stack.append(self.next)
            self.next += 1
            return
        child = self.stack.pop()
        head = self.stack[-1] if action == RIGHT else self.next
        self.heads[child] = head
        (self.right if action == RIGHT else self.left)[head].append(child)


def _attach(words: Sequence[str], tags: Sequence[str], table: Table) -> list[int]:
    state = State(words, tags)
    while not state.done():
        scores = table.scores(move_features(state))
        state.move(max(state.moves(), key=scores.__getitem__))
    return [-1 if head == state.size else head for head in state.heads]


def move_features(state: State) -> list[str]:
    """What the parser sees: the top of the stack, the next words, and their outermost children."""
    words, tags, stack, n0 = state.words, state.tags, state.stack, state.next
    s0, s1, s2 = [*reversed(stack[-3:]), -1, -1, -1][:3]
    n1, n2 = n0 + 1, n0 + 2
    t, w = _Lookup(tags), _Lookup(words)
    s0w, s0t, s1w, s1t, s2t = w(s0), t(s0), w(s1), t(s1), t(s2)
    n0w, n0t, n1w, n1t, n2t = w(n0), t(n0), w(n1), t(n1), t(n2)
    s0l, s0r = _ends(state.left, s0), _ends(state.right, s0)
    s1r, n0l = _ends(state.right, s1), _ends(state.left, n0)
    gap = str(min(n0 - s0, 6)) if s0 >= 0 else "-"
    return [
        "b", "0" + s0w, "1" + s0t, "2" + n0w, "3" + n0t, "4" + s1w, "5" + s1t, "6" + n1w, "7" + n1t,
        f"8{s0w} {s0t}", f"9{n0w} {n0t}", f"A{s0w} {n0w}", f"B{s0t} {n0t}", f"C{s0w} {n0t}", f"D{s0t} {n0w}",
        f"E{s1t} {s0t}", f"F{s1w} {s0w}", f"G{s1t} {s0t} {n0t}", f"H{s0t} {n0t} {n1t}", f"I{s2t} {s1t} {s0t}",
        f"J{s1w} {s0t}", f"K{s1t} {s0w}", f"L{n0t} {n1t} {n2t}", f"M{s0t} {t(s0l[0])} {n0t}",
        f"N{s0t} {t(s0r[0])} {n0t}", f"O{s1t} {t(s1r[0])} {s0t}", f"P{s0t} {n0t} {t(n0l[0])}",
        f"Q{s0w} {s0r[1]} {s0l[1]}", f"R{s0t} {s0r[1]} {s0l[1]}", f"S{n0t} {n0l[1]}", f"T{s0t} {n0t} {gap}",
        f"U{s1w} {s0t} {n0w}", f"V{s1t} {s0w} {n0t}", f"W{s0w} {w(s0r[0])} {n0t}", f"X{s1w} {s0w} {n0t}",
        f"Y{s1t} {s0t} {w(s0l[0])}", f"Z{s1w} {w(s1r[0])} {s0w}",
    ]  # fmt: skip


class _Lookup:
    """A sequence that answers for the places outside it too."""

    __slots__ = ("_values",)

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values

    def __call__(self, index: int) -> str:
        return self._values[index] if 0 <= index < len(self._values) else _EDGE


def _ends(children: Sequence[Sequence[int]], index: int) -> tuple[int, int]:
    """The outermost child of a word on one side, and how many it has there (at most three)."""
    if not 0 <= index < len(children) or not children[index]:
        return -1, 0
    return children[index][-1], min(len(children[index]), 3)


def _label(index: int, words: Sequence[str], tags: Sequence[str], heads: Sequence[int], table: Table) -> str:
    if heads[index] < 0:
        return "root"
    scores = table.scores(label_features(index, words, tags, heads))
    return LABELS[scores.index(max(scores))]


def label_features(index: int, words: Sequence[str], tags: Sequence[str], heads: Sequence[int]) -> list[str]:
    """What the labeller sees of the arc from a word's head to the word."""
    head = heads[index]
    t = _Lookup(tags)
    word, head_word = words[index].lower(), words[head].lower() if head >= 0 else _EDGE
    side = "L" if index < head else "R"
    ct, ht = tags[index], t(head)
    near = str(min(abs(index - head), 4))
    above = t(heads[head]) if head >= 0 else _EDGE
    before, after = t(index - 1), t(index + 1)
    passive = "p" if head > 0 and any(_word(words, at) in _BE for at in range(max(0, head - 3), head)) else "a"
    return [
        f"0{ct}{side}{ht}", f"1{word}{side}{ht}", f"2{ct}{side}{head_word}", f"3{word}{side}{head_word}",
        f"4{ct}{side}{ht}{near}", f"5{ct}{side}{ht}{before}", f"6{ct}{side}{ht}{after}", f"7{ct}{side}{ht}{above}",
        f"8{word[-3:]}{side}{ht}", f"9{ct}{side}{ht}{passive}", f"A{word}", f"B{ct}{side}{_word(words, index - 1)}",
    ]  # fmt: skip


_BE = frozenset("be am is are was were been being get got gets".split())
