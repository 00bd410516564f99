"""Ask several extractors which words of a page are its article's, and look up how far each block is among them.

trafilatura in its two moods, Readability (in trafilatura's port), jusText and the publisher's own `articleBody`.
None is believed alone: `bot.intake.body` weighs them.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from bot.intake.linked_data import linked_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement
    from numpy.typing import NDArray

    from bot.intake.blocks import Block

    Matrix = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_GRAM = 4
# What the extractors let out on odd trees; such a voter is taken to have found nothing.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into words in small letters."""
    return tuple(_WORD.findall(text.casefold()))


def opinions(tree: HtmlElement) -> tuple[str, ...]:
    """Give what each voter takes for the article's text, the most trusted first; "" where it fails."""
    for name in ("trafilatura", "htmldate", "justext", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return (
        _ask(_balanced, tree),
        _ask(_precise, tree),
        _ask(_readability, tree),
        _ask(_justext, tree),
        linked_data(tree).body,
    )


def _ask(voter: Callable[[HtmlElement], str], tree: HtmlElement) -> str:
    from lxml.etree import LxmlError  # noqa: PLC0415  slow to import

    try:
        return voter(deepcopy(tree))
    except (LxmlError, *_FAULTS):
        return ""


def _balanced(tree: HtmlElement) -> str:
    from trafilatura import extract  # noqa: PLC0415  slow to import

    return extract(tree, include_comments=False) or ""


def _precise(tree: HtmlElement) -> str:
    from trafilatura import extract  # noqa: PLC0415  slow to import

    return extract(tree, include_comments=False, favor_precision=True) or ""


def _readability(tree: HtmlElement) -> str:
    from trafilatura.external import try_readability  # noqa: PLC0415  slow to import

    return " ".join(try_readability(tree).itertext())


def _justext(tree: HtmlElement) -> str:
    from trafilatura.baseline import basic_cleaning  # noqa: PLC0415  slow to import
    from trafilatura.external import try_justext  # noqa: PLC0415

    return "\n".join(element.text or "" for element in try_justext(basic_cleaning(tree), None, None))


def cast_votes(blocks: Sequence[Block], texts: Sequence[str]) -> Matrix:
    """Give a row for each block: how much of it each of the voters' texts holds."""
    words = [words_of(block.text) for block in blocks]
    columns = [share_in(words, text) for text in texts]
    return np.array(columns, dtype=np.float32).T


def share_in(blocks: Sequence[tuple[str, ...]], text: str) -> list[float]:
    """Give for each block of words the share of its four-word runs that stand in `text`; of a shorter block, 0 or 1."""
    words = words_of(text)
    runs = [set(zip(*(words[offset:] for offset in range(size)), strict=False)) for size in range(1, _GRAM + 1)]
    return [_share(block, runs[min(len(block), _GRAM) - 1]) if block else 0.0 for block in blocks]


def _share(block: tuple[str, ...], runs: set[tuple[str, ...]]) -> float:
    size = min(len(block), _GRAM)
    own = [block[start : start + size] for start in range(len(block) - size + 1)]
    return sum(run in runs for run in own) / len(own)
