from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bot.intake.blocks import Block, Container, cut_blocks
from bot.intake.body import choose, find_body, write_out
from bot.intake.tree import parse

_DATA = Path(__file__).parents[2].parent / "shared" / "data" / "extraction"


def _block(text: str, *path: str) -> Block:
    containers = tuple(Container(tag, "", serial) for serial, tag in enumerate(path))
    return Block(text, containers, 0.0, 0.0, hidden=False)


def test_items_have_bullets_and_a_table_row_is_one_line() -> None:
    tree = parse(
        "<body><p>Text</p><ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>"
    )
    assert tree is not None
    assert write_out(cut_blocks(tree)) == "Text\n\n- a\n\n- b\n\n1 | 2\n\n3"


def test_takes_the_likely_blocks() -> None:
    blocks = [_block("one", "p"), _block("two", "p"), _block("six", "p")]
    votes = np.array([[1.0], [1.0], [0.0]], dtype=np.float32)
    assert choose(blocks, votes, np.array([0.9, 0.1, 0.9])) == [blocks[0], blocks[2]]


def test_on_an_odd_page_the_first_voter_is_believed() -> None:
    blocks = [_block("one two three", "p"), _block("x", "p")]
    votes = np.array([[1.0], [0.0]], dtype=np.float32)
    assert choose(blocks, votes, np.array([0.1, 0.9])) == [blocks[0]]


def test_an_empty_page_has_no_body() -> None:
    tree = parse("<html><body></body></html>")
    assert tree is not None
    assert find_body(tree, "").text == ""


@pytest.mark.data
@pytest.mark.skipif(not _DATA.exists(), reason="the development data is not beside the project")
def test_finds_the_words_of_real_articles() -> None:
    with (_DATA / "truth.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in list(lines)[::12]]
    assert sum(_f1(row) for row in rows) / len(rows) > 0.96


def _f1(row: dict[str, str]) -> float:
    tree = parse(gzip.decompress((_DATA / row["file"]).read_bytes()).decode("utf-8", "replace"))
    assert tree is not None
    wanted, given = (Counter(re.findall(r"\w+", text.casefold())) for text in (row["gold"], find_body(tree, "").text))
    return 2 * (wanted & given).total() / (wanted.total() + given.total())
