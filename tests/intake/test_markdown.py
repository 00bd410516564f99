from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.markdown import read_markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A **bold** _word_ and `code`.", "A bold word and code."),
        ("A [link](http://example.org) here\nand <http://example.org>.", "A link here and http://example.org."),
        ("![a picture](p.png) Text", "Text"),
        ("## Part\n\nText", "Part\n\nText"),
        ("- one\n- *two*\n\n1. three", "- one\n\n- two\n\n- three"),
        ("> quoted\n> words", "quoted words"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n\n1 | 2"),
        ("```\nx = 1\n```", "x = 1"),
        ("<div>raw</div>\n\nText <b>here</b>", "Text here"),
        ("5 \\* 3 &amp; more", "5 * 3 & more"),
        ("---\ntitle: T\ntags:\n  - a\n---\nText", "Text"),
        ("---\n\nA rule above, and no front matter.", "A rule above, and no front matter."),
        ("", ""),
    ],
)
def test_takes_the_signs_away(source: str, text: str) -> None:
    assert read_markdown(source).text == text


def test_the_first_top_heading_is_the_title() -> None:
    plain = read_markdown("# The *Title*\n\nText")
    assert (plain.title, plain.text) == ("The Title", "Text")


@given(st.text(st.sampled_from("*_`[]()!<>#-|1. \nab\\"), max_size=200))
def test_never_fails(source: str) -> None:
    read_markdown(source)
