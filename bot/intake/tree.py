"""Parse HTML to a tree of bounded size.

libxml2 cuts the tree at 256 levels, so that no later step can recurse too deep. What makes a page slow to read is its
number of elements, not its bytes: callers ask for it by `count_elements` before they do costly things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def parse(html: str) -> HtmlElement | None:
    """Parse a page, however broken; None where there is no element in it."""
    from lxml import etree  # noqa: PLC0415  slow to import
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    clean = _UNPARSABLE.sub("", html)
    if not clean.strip():
        return None
    try:
        return cast("HtmlElement", document_fromstring(clean.encode(), parser=HTMLParser(encoding="utf-8")))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def count_elements(tree: HtmlElement) -> int:
    """Count the elements of a tree."""
    return sum(1 for _ in tree.iter("*"))
