"""Find the body of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def find_body(tree: HtmlElement, title: str) -> str:
    """Give the article's text in paragraphs with blank lines between them, "" where there is none."""
    from trafilatura import extract  # noqa: PLC0415  slow to import

    del title
    return (extract(tree, include_comments=False) or "").replace("\n", "\n\n")
