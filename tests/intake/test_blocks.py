from __future__ import annotations

import pytest

from bot.intake.blocks import Block, cut_blocks
from bot.intake.tree import parse


def _cut(content: str) -> list[Block]:
    tree = parse(f"<html><body>{content}</body></html>")
    assert tree is not None
    return cut_blocks(tree)


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("<p>One <b>bold</b>\n  word.</p><p>Two.</p>", ["One bold word.", "Two."]),
        ("<div>Before<p>inside</p>after</div>", ["Before", "inside", "after"]),
        ("<p>One<br>two<br><br>three</p>", ["One\ntwo", "three"]),
        ("<script>var x</script><style>p{}</style><p>Text</p><noscript>no</noscript>tail", ["Text", "tail"]),
        ("<p>Text<!-- a comment --> goes on</p>", ["Text goes on"]),
        ("<p>...</p><p>*</p>", []),
        ("", []),
    ],
)
def test_cuts_at_what_a_browser_shows_apart(content: str, texts: list[str]) -> None:
    assert [block.text for block in _cut(content)] == texts


def test_a_block_knows_what_it_stands_in() -> None:
    (block,) = _cut('<article class="Story" id="a1"><ul><li>Item</li></ul></article>')
    assert [container.tag for container in block.path] == ["body", "article", "ul", "li"]
    assert block.path[1].marks == "story a1"
    assert block.tag == "li"


def test_links_and_bold_are_measured_by_their_characters() -> None:
    (block,) = _cut("<p><a href='/x'>1234</a> <b>56789</b></p>")
    assert (block.link_share, block.bold_share) == (0.4, 0.5)


@pytest.mark.parametrize("hider", ['style="display: none"', "hidden", 'aria-hidden="true"'])
def test_what_no_reader_sees_is_marked(hider: str) -> None:
    hidden, seen = _cut(f"<div {hider}><p>Not seen</p></div><p>Seen</p>")
    assert hidden.hidden
    assert not seen.hidden
