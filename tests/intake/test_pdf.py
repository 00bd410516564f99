from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import TooLarge, Unreadable
from bot.intake.pdf import MAX_PAGES, read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Maker = Callable[[Sequence[Sequence[str]]], bytes]


def test_joins_lines_to_paragraphs_and_mends_broken_words(make_pdf: Maker) -> None:
    page = [
        "The minister said on Monday that the new bridge would be fin-",
        "ished within two years, and that its cost would not exceed the",
        "sum that parliament had approved.",
        "Engineers who have seen the plans were less certain about when",
        "the work could begin.",
    ]
    assert read_pdf(make_pdf([page])).text == (
        "The minister said on Monday that the new bridge would be finished within two years, and that its cost would "
        "not exceed the sum that parliament had approved.\n\n"
        "Engineers who have seen the plans were less certain about when the work could begin."
    )


def test_leaves_out_running_heads_and_page_numbers(make_pdf: Maker) -> None:
    pages = [
        ["The Daily Gazette", f"Paragraph {word} is told here in one full sentence of words.", f"Page {number} of 4"]
        for number, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    text = read_pdf(make_pdf(pages)).text
    assert "Gazette" not in text
    assert "Page" not in text
    assert text.count("Paragraph") == 4


def test_joins_a_sentence_over_two_pages(make_pdf: Maker) -> None:
    pages = [["The talks will go on until the two sides have come to"], ["an agreement that both can sign, he said."]]
    assert read_pdf(make_pdf(pages)).text == (
        "The talks will go on until the two sides have come to an agreement that both can sign, he said."
    )


def test_refuses_a_pdf_without_text(blank_pdf: bytes) -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_pdf(blank_pdf)


def test_refuses_a_locked_pdf(locked_pdf: bytes) -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        read_pdf(locked_pdf)


def test_refuses_too_many_pages(make_pdf: Maker) -> None:
    with pytest.raises(TooLarge, match="101 pages"):
        read_pdf(make_pdf([["A line."]] * (MAX_PAGES + 1)))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.7\n" + bytes(range(256)) * 8, b"%PDF-1.4\ntrailer << /Root 1 0 R >>"]
)
def test_refuses_a_damaged_pdf(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"damaged|no text"):
        read_pdf(data)


def test_survives_a_pdf_cut_anywhere(make_pdf: Maker) -> None:
    whole = make_pdf([["The minister said that the bridge would be built.", "He gave no date for it."]])
    for end in range(0, len(whole), 37):
        try:
            read_pdf(whole[:end])
        except Unreadable:
            continue
