"""Find the body of a page: the network's choice among its blocks, given what several extractors say.

Pages with more elements than any article has are not put to the extractors, whose time is not bounded by the page's
size; there the blocks that read like prose are taken.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bot.intake.blocks import cut_blocks
from bot.intake.features import describe
from bot.intake.network import load_network
from bot.intake.tree import count_elements
from bot.intake.votes import opinions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from bot.intake.blocks import Block

THRESHOLD = 0.5
_MOST_ELEMENTS = 20_000
_MOST_BLOCKS = 6_000
_PROSE_WORDS = 15
_PROSE_LINKS = 0.3
_CELLS = frozenset({"td", "th"})


def find_body(tree: HtmlElement, title: str) -> str:
    """Give the article's text in paragraphs with blank lines between them, "" where there is none.

    List items begin with "- "; the cells of a table's row stand on one line.
    """
    blocks = cut_blocks(tree)
    if len(blocks) > _MOST_BLOCKS or count_elements(tree) > _MOST_ELEMENTS:
        return write_out([block for block in blocks if _reads_like_prose(block)])
    if not blocks:
        return ""
    chances = load_network().probabilities(describe(blocks, opinions(tree), title))
    return write_out([block for block, chance in zip(blocks, chances, strict=True) if chance >= THRESHOLD])


def _reads_like_prose(block: Block) -> bool:
    return not block.hidden and block.link_share < _PROSE_LINKS and len(block.text.split()) >= _PROSE_WORDS


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
