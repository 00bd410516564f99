"""Find the body of a page: the network's choice among its blocks, given what several extractors say.

Pages with more elements than any article has are not put to the extractors, whose time is not bounded by the page's
size; there the blocks that read like prose are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from bot.intake.blocks import cut_blocks
from bot.intake.features import describe
from bot.intake.network import load_network
from bot.intake.tree import is_huge
from bot.intake.votes import opinions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from bot.intake.blocks import Block

THRESHOLD = 0.5
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
    chances = load_network().probabilities(describe(blocks, opinions(tree), title))
    return [block for block, chance in zip(blocks, chances, strict=True) if chance >= THRESHOLD]


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
