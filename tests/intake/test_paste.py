from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import EmptyInput, IntakeError, NotAnArticle, TooLarge
from bot.intake.paste import looks_like_html, read_paste

_SENTENCES = (
    "The council met on Monday and put off its decision on the swing bridge until the end of June.",
    "“We need more time,” said Maria Oduya, the mayor, and two of the members agreed with her.",
)
_TEXT = "\n\n".join(_SENTENCES)


def test_keeps_a_clean_paste_whole() -> None:
    assert read_paste(_TEXT).text == _TEXT


def test_normalises_what_is_pasted() -> None:
    assert read_paste(_TEXT.replace(" ", "\u00a0").replace("\n", "\r\n").replace("o", "o\u200b")).text == _TEXT


def test_reads_pasted_source_of_a_page() -> None:
    story = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 3)
    assert read_paste(f"<html><body><article>{story}</article></body></html>").text.startswith(_SENTENCES[0])


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><html></html>", True),
        ("\n <html lang=en>", True),
        ("<div><p>a</p><p>b</p></div>", True),
        ("The <b> element is old.</b>", False),
        ("<p>One</p> and text", False),
        ("", False),
    ],
)
def test_tells_source_from_text(text: str, *, is_html: bool) -> None:
    assert looks_like_html(text) is is_html


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyInput),
        ("\u200b\u2060 \n", EmptyInput),
        ("word", NotAnArticle),
        ("a" * 200_001, TooLarge),
        ("\n".join("1 2.5 33" for _ in range(60)), NotAnArticle),
        ("\x00" * 1000, EmptyInput),
    ],
)
def test_refuses_with_the_reason(text: str, error: type[IntakeError]) -> None:
    with pytest.raises(error):
        read_paste(text)


@given(st.text(st.characters() | st.sampled_from("\x00\n. <p>“”")))
def test_any_text_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        article = read_paste(text)
    except IntakeError:
        return
    assert article.sentences
