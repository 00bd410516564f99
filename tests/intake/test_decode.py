from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.intake.decode import decode

_GERMAN = "Die Straße über den Fluss bleibt gesperrt, sagte der Bürgermeister. Ähnliches gilt für „Öl“. " * 4
_RUSSIAN = "Президент заявил в понедельник, что переговоры начнутся на следующей неделе. " * 6
_JAPANESE = "首相は月曜日、来週から交渉が始まると述べた。野党は反対している。" * 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_reads_german_in_any_usual_encoding(encoding: str) -> None:
    assert decode(_GERMAN.encode(encoding)) == _GERMAN


@pytest.mark.parametrize(("text", "encoding"), [(_RUSSIAN, "cp1251"), (_RUSSIAN, "koi8-r"), (_JAPANESE, "cp932")])
def test_guesses_other_scripts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_honours_what_the_site_declares() -> None:
    assert decode("Žluťoučký kůň".encode("iso-8859-2"), "text/html; charset=ISO-8859-2") == "Žluťoučký kůň"


def test_honours_what_the_page_declares() -> None:
    page = '<meta charset="windows-1251"><p>Да</p>'
    assert decode(page.encode("cp1251")) == page


@pytest.mark.parametrize(
    "declared", ["text/html; charset=rot13", "text/plain; charset=zip", "text/html; charset=x-none"]
)
def test_an_impossible_declaration_does_no_harm(declared: str) -> None:
    assert "stra" in decode(_GERMAN.casefold().encode("cp1252"), declared)


def test_believes_valid_utf8_more_than_a_declaration() -> None:
    assert decode("naïve café".encode(), "text/html; charset=iso-8859-1") == "naïve café"


def test_keeps_text_with_a_few_broken_bytes() -> None:
    assert decode("naïve ".encode() * 50 + b"\xff end").endswith("\ufffd end")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04....", bytes(range(256)) * 20, b"\x00" * 1000])
def test_refuses_what_is_not_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not text"):
        decode(data)


@given(st.binary(max_size=400))
def test_gives_text_or_refuses(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(data), str)
