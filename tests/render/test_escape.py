from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.escape import bare, escape, inline

SHOWN = re.compile(r"\\([^0-9A-Za-z\s])")


def _as_discord_shows(text: str) -> str:
    return SHOWN.sub(r"\1", text).translate(dict.fromkeys([0x2060, 0x2068, 0x2069]))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**bold** and __under__", r"\*\*bold\*\* and \_\_under\_\_"),
        ("@everyone <@123> <#4> <t:1:R> </run:5>", r"\@everyone \<\@123> \<#4> \<t:1:R> \</run:5>"),
        ("# Heading\n> quote\n- item", "\\# Heading\n\\> quote\n\\- item"),
        ("1. first", "\u20601. first"),
        ("see https://evil.example/a_b", r"see https\://evil.example/a\_b"),
        ("[click](https://evil.example)", r"\[click\](https\://evil.example)"),
        ("`code` ||spoiler||", r"\`code\` \|\|spoiler\|\|"),
        ("He said “no”. It's 5 - 3 > 1 (really)!", "He said “no”. It's 5 - 3 > 1 (really)!"),
        ("שלום", "\u2068שלום\u2069"),
    ],
)
def test_markup_is_shown_as_it_stands(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Mn", "Mc", "Me", "Zl", "Zp"])))
def test_the_reader_sees_the_articles_words(text: str) -> None:
    assert _as_discord_shows(escape(text)) == text


@given(st.text())
def test_nothing_is_left_that_pings_or_links(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[@<\[*_`~|]", escaped)
    assert "https://" not in escaped


def test_piled_up_marks_are_thinned() -> None:
    assert bare("a" + "\u0301" * 50) == "a" + "\u0301" * 4


def test_inline_text_has_no_line_break() -> None:
    assert inline("a\n\n# b") == "a # b"
