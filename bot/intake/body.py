"""Find the body of a page: a choice among its blocks by boosted trees, given what several extractors say.

Pages with more elements than any article has are not put to the extractors, whose time is not bounded by the page's
size; there the blocks that read like prose are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from bot.intake.blocks import cut_blocks
from bot.intake.features import describe
from bot.intake.tree import is_huge
from bot.intake.trees import load_trees
from bot.intake.votes import cast_votes, opinions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from lxml.html import HtmlElement
    from numpy.typing import NDArray

    from bot.intake.blocks import Block

    Matrix = NDArray[np.float32]

THRESHOLD = 0.4
"""Where held-out pages score best: a paragraph that is missing costs more than one too many."""
_LEAST_SHARE = 0.5
_MOST_BLOCKS = 4_000
_MOST_CHARACTERS = 1_000_000
_PROSE_WORDS = 15
_PROSE_LINKS = 0.3
_SHOWN = 5_000
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class Body:
    """The article's text, "" where there is none, and the start of all that the page shows, to tell why."""

    text: str
    shown: str


def find_body(tree: HtmlElement, title: str) -> Body:
    """Find the article's text, in paragraphs with blank lines between them.

    List items begin with "- "; the cells of a table's row stand on one line.
    """
    blocks = cut_blocks(tree)
    kept = _prose(blocks) if is_huge(tree) or _is_too_much(blocks) else _chosen(blocks, tree, title)
    shown = islice((block.text for block in blocks if not block.hidden), _MOST_BLOCKS)
    return Body(write_out(kept), "\n".join(shown)[:_SHOWN])


def _is_too_much(blocks: Sequence[Block]) -> bool:
    return len(blocks) > _MOST_BLOCKS or sum(len(block.text) for block in blocks) > _MOST_CHARACTERS


def _prose(blocks: Sequence[Block]) -> list[Block]:
    """Take the blocks that read like prose, whatever stands around them."""
    return [
        block
        for block in blocks
        if not block.hidden and block.link_share < _PROSE_LINKS and len(block.text.split()) >= _PROSE_WORDS
    ]


def _chosen(blocks: Sequence[Block], tree: HtmlElement, title: str) -> list[Block]:
    if not blocks:
        return []
    votes = cast_votes(blocks, opinions(tree))
    return choose(blocks, votes, load_trees().probabilities(describe(blocks, votes, title)))


def choose(blocks: Sequence[Block], votes: Matrix, chances: NDArray[np.float64]) -> list[Block]:
    """Take the likely blocks, or the first voter's where the likely ones are less than half of those: an odd page."""
    likely = _where(blocks, chances >= THRESHOLD)
    voted = _where(blocks, votes[:, 0] >= _LEAST_SHARE)
    return likely if _size(likely) >= _size(voted) * _LEAST_SHARE else voted


def _where(blocks: Sequence[Block], kept: NDArray[np.bool_]) -> list[Block]:
    return [block for block, keep in zip(blocks, kept, strict=True) if keep]


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def write_out(blocks: Sequence[Block]) -> str:
    """Write blocks as text."""
    return "\n\n".join(_paragraphs(blocks))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for row, members in groupby(enumerate(blocks), key=_row):
        texts = [block.text for _, block in members]
        if row[0] == "row":
            yield " | ".join(text.replace("\n", " ") for text in texts)
        else:
            yield from (f"- {text}" if row[0] == "li" else text for text in texts)


def _row(numbered: tuple[int, Block]) -> tuple[str, int]:
    """Give the table row that a block's cell is in; any other block is a row of its own."""
    place, block = numbered
    if block.tag in _CELLS and len(block.path) > 1:
        return "row", block.path[-2].serial
    return block.tag, place
