"""Describe each block of a page by numbers, for the trees that decide what is body.

What is described: the block's own text, its place on the page and in the tree, how far the voters take it for body,
how its siblings and the blocks made like it fare, and its neighbours on both sides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from bot.intake.cues import MARK_CUES, mark_cues, text_cues
from bot.intake.votes import words_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from bot.intake.blocks import Block

    Matrix = NDArray[np.float32]

_TAGS = "p h1 h2 h3 h4 h5 li td th div span blockquote figcaption pre dt dd button section article center body".split()
_AROUND = "article main aside footer header nav figure ul ol table form blockquote dialog details section".split()
_END = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")
_SENTENCE_GAP = re.compile(r"[.!?] ")
_NEAR = 2
"""How many of the innermost containers' marks are a block's own; the outermost two say nothing."""
_STRONG_WORDS = 15
_STRONG_VOTE = 0.8
_MAIN_SHARE = 0.7
_REACH = 30
_WINDOW = 8


def describe(blocks: Sequence[Block], votes: Matrix, title: str) -> Matrix:
    """Describe `blocks` by one row each; `votes` has a column for each voter, the most trusted first."""
    words = [words_of(block.text) for block in blocks]
    counts = np.array([len(block) for block in words], dtype=np.float32)
    own = _own_features(blocks, words, title)
    links = np.array([block.link_share for block in blocks], dtype=np.float32)
    near = np.column_stack([np.log1p(counts), links, own[:, 2], votes, own[:, -len(_TAGS) :][:, [0, 6]]])
    columns = [
        own,
        _tree_features(blocks),
        _places(blocks, counts),
        _vote_features(votes, counts),
        _bounds(blocks, votes[:, 0], counts),
        _groups(blocks, votes[:, 0], counts, links),
        *(_shifted(near, step) for step in (-3, -2, -1, 1, 2, 3)),
        *(_window(votes, counts, links, side) for side in (-1, 1)),
    ]
    return np.column_stack(columns).astype(np.float32)


def _own_features(blocks: Sequence[Block], words: Sequence[tuple[str, ...]], title: str) -> Matrix:
    of_title = frozenset(words_of(title))
    copies = Counter(words)
    rows = [
        (*_text_features(block), _alikeness(frozenset(own), of_title), min(3, copies[own] - 1), *_tag_features(block))
        for block, own in zip(blocks, words, strict=True)
    ]
    return np.array(rows, dtype=np.float32)


def _text_features(block: Block) -> tuple[float, ...]:
    text = block.text
    words = text.split()
    return (
        np.log1p(len(words)),
        np.log1p(len(text)),
        bool(_END.search(text[-10:])),
        block.link_share,
        block.bold_share,
        block.hidden,
        text[:1].isupper(),
        sum(map(str.isdigit, text)) / len(text),
        sum(word[:1].isupper() for word in words) / len(words),
        sum(map(str.isupper, words)) / len(words),
        text.count(",") / len(words),
        np.log1p(len(_SENTENCE_GAP.findall(text))),
        text.endswith("?"),
        text[:1] in '"“',
        np.log1p(text.count("\n")),
        *text_cues(text),
    )


def _alikeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _tag_features(block: Block) -> tuple[bool, ...]:
    return tuple(block.tag == tag for tag in _TAGS)


def _tree_features(blocks: Sequence[Block]) -> Matrix:
    rows = []
    for block in blocks:
        tags = {container.tag for container in block.path}
        near = far = 0
        for container in block.path[-_NEAR:]:
            near |= mark_cues(container.marks)
        for container in block.path[2:-_NEAR]:
            far |= mark_cues(container.marks)
        bits = (cues >> place & 1 for cues in (near, far) for place in range(MARK_CUES))
        rows.append((*(tag in tags for tag in _AROUND), *bits, len(block.path)))
    return np.array(rows, dtype=np.float32)


def _places(blocks: Sequence[Block], counts: Matrix) -> Matrix:
    """Say where each block stands: among the blocks, among the words, and from the first h1."""
    size, total = len(blocks), max(1.0, float(counts.sum()))
    index = np.arange(size)
    h1 = next((place for place, block in enumerate(blocks) if block.tag == "h1"), None)
    from_h1 = np.clip(index - h1, -_REACH, _REACH) if h1 is not None else np.full(size, -_REACH)
    return np.column_stack(
        [
            index / size,
            (np.cumsum(counts) - counts) / total,
            np.full(size, np.log1p(size)),
            np.full(size, np.log1p(total)),
            from_h1,
            index == h1,
            np.full(size, h1 is not None),
        ]
    )


def _vote_features(votes: Matrix, counts: Matrix) -> Matrix:
    """Give each vote, their sum, and how much of the page each voter takes."""
    covered = counts @ votes / max(1.0, float(counts.sum()))
    return np.column_stack([votes, votes.sum(axis=1), np.tile(covered, (len(votes), 1))])


def _bounds(blocks: Sequence[Block], vote: Matrix, counts: Matrix) -> Matrix:
    """Say how far each block is from the first and last sure ones, and from the container that holds most of them."""
    size = len(blocks)
    index = np.arange(size)
    sure = np.flatnonzero((vote > _STRONG_VOTE) & (counts >= _STRONG_WORDS))
    first, last = (sure[0], sure[-1]) if len(sure) else (size, size)
    main, depth = _main_container(blocks, vote * counts)
    inside = np.array([any(container.serial == main for container in block.path) for block in blocks])
    below = np.array([len(block.path) - 1 - depth for block in blocks])
    return np.column_stack(
        [
            np.clip(index - first, -_REACH, _REACH),
            np.clip(index - last, -_REACH, _REACH),
            inside,
            np.where(inside, below, -1),
        ]
    )


def _main_container(blocks: Sequence[Block], weights: Matrix) -> tuple[int, int]:
    """Find the deepest container with most of the weight: its serial and depth, -1 where there is none."""
    held: dict[int, float] = defaultdict(float)
    depths: dict[int, int] = {}
    for block, weight in zip(blocks, weights, strict=True):
        for depth, container in enumerate(block.path):
            held[container.serial] += float(weight)
            depths[container.serial] = depth
    enough = float(weights.sum()) * _MAIN_SHARE
    holders = [serial for serial in depths if held[serial] >= enough]
    return max(((serial, depths[serial]) for serial in holders), key=lambda found: found[1], default=(-1, -1))


def _groups(blocks: Sequence[Block], vote: Matrix, counts: Matrix, links: Matrix) -> Matrix:
    """Say how the blocks in the same parent, the same grandparent, and of the same make fare on the whole page."""
    keys: list[list[Hashable]] = [
        [block.path[-2].serial if len(block.path) > 1 else -1 for block in blocks],
        [block.path[-3].serial if len(block.path) > 2 else -1 for block in blocks],  # noqa: PLR2004  the grandparent
        [tuple((container.tag, container.marks) for container in block.path[-2:]) for block in blocks],
    ]
    return np.column_stack([_group(key, vote, counts, links) for key in keys])


def _group(keys: Sequence[Hashable], vote: Matrix, counts: Matrix, links: Matrix) -> Matrix:
    numbers: dict[Hashable, int] = {}
    of = np.array([numbers.setdefault(key, len(numbers)) for key in keys])
    words, voted, linked, members = (
        np.bincount(of, weights, len(numbers))[of] for weights in (counts, counts * vote, counts * links, None)
    )
    total, body = max(1.0, float(counts.sum())), max(1.0, float((counts * vote).sum()))
    floor = np.maximum(words, 1)
    return np.column_stack(
        [np.log1p(words), voted / floor, linked / floor, np.log1p(members), words / total, voted / body]
    )


def _shifted(columns: Matrix, step: int) -> Matrix:
    """Give each block the columns of the block `step` further on; -1 beyond the page's ends."""
    moved = np.full_like(columns, -1)
    if step > 0:
        moved[:-step] = columns[step:]
    else:
        moved[-step:] = columns[:step]
    return moved


def _window(votes: Matrix, counts: Matrix, links: Matrix, side: int) -> Matrix:
    """Sum up the blocks within reach before (-1) or after (1) each: words, link share, and two voters' shares."""
    stack = np.column_stack([counts, counts * links, counts * votes[:, 0], counts * votes[:, 1]])
    sums = np.sum([_reached(stack, side * step) for step in range(1, _WINDOW + 1)], axis=0)
    floor = np.maximum(sums[:, 0], 1)
    return np.column_stack([np.log1p(sums[:, 0]), sums[:, 1] / floor, sums[:, 2] / floor, sums[:, 3] / floor])


def _reached(stack: Matrix, step: int) -> Matrix:
    moved = np.zeros_like(stack)
    if abs(step) < len(stack):
        target, source = (
            (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(None, step))
        )
        moved[target] = stack[source]
    return moved
