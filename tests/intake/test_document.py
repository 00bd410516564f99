from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter

from bot.errors import EmptyInput, IntakeError, NotAnArticle, TooLarge, Unreadable
from bot.intake.document import MAX_BYTES, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SENTENCES = (
    "The council met on Monday and put off its decision on the swing bridge until the end of June.",
    "Two of its members had asked for a longer debate, and the mayor agreed to their request.",
)
_TEXT = "\n\n".join(_SENTENCES)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.txt", None),
        ("message.TXT", "application/octet-stream"),
        ("noname", None),
        ("", None),
        ("a.odd", "text/plain"),
    ],
)
def test_reads_plain_text(name: str, content_type: str | None) -> None:
    assert read_document(_TEXT.encode(), name, content_type).text == _TEXT


def test_reads_text_in_utf16() -> None:
    assert read_document(_TEXT.encode("utf-16"), "a.txt").text == _TEXT


def test_reads_markdown() -> None:
    article = read_document(f"# Bridge *waits*\n\n{_SENTENCES[0]}\n\n- [{_SENTENCES[1]}](x)".encode(), "a.md")
    assert article.title == "Bridge waits"
    assert article.text == f"{_SENTENCES[0]}\n\n- {_SENTENCES[1]}"


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt"])
def test_reads_html_whatever_the_name_says(name: str) -> None:
    story = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 3)
    page = f"<!doctype html><html><body><article>{story}</article></body></html>"
    assert read_document(page.encode(), name).text.startswith(_SENTENCES[0])


@pytest.mark.parametrize("name", ["a.pdf", "a.bin", "a"])
def test_reads_a_pdf_by_its_first_bytes(make_pdf: Callable[[Sequence[Sequence[str]]], bytes], name: str) -> None:
    assert read_document(make_pdf([_SENTENCES]), name).text == " ".join(_SENTENCES)


def test_a_date_above_the_story_is_taken_before_that_of_the_pdf(make_pdf: Callable[..., bytes]) -> None:
    printed = io.BytesIO()
    lines = ["By Mara Oyelaran", "Published 3 March 2026", *_SENTENCES]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([lines]))))
    writer.add_metadata({"/CreationDate": "D:20260506120000Z"})
    writer.write(printed)
    article = read_document(printed.getvalue(), "a.pdf")
    assert article.published == datetime(2026, 3, 3, tzinfo=UTC)
    assert article.byline == "Mara Oyelaran"


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.txt", EmptyInput),
        (b" \n", "a.txt", EmptyInput),
        ("\u200b\ufeff ".encode(), "a.txt", EmptyInput),
        (b"hello", "a.txt", NotAnArticle),
        (b"x" * (MAX_BYTES + 1), "a.txt", TooLarge),
        (b"A word. " * 25_001, "a.txt", TooLarge),
        (b"A word. " * 25_001, "a.md", TooLarge),
        (bytes(range(256)) * 30, "a.txt", Unreadable),
        (b"PK\x03\x04 a zip", "a.docx", Unreadable),
        (b"some words", "a.exe", Unreadable),
        (b"%PDF-1.4 broken", "a.pdf", Unreadable),
        (b"not a pdf at all", "a.pdf", Unreadable),
    ],
)
def test_refuses_with_the_reason(data: bytes, name: str, error: type[IntakeError]) -> None:
    with pytest.raises(error):
        read_document(data, name)
