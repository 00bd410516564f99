"""Parse HTML to a tree of bounded size.

libxml2 cuts the tree at 256 levels, so that no later step can recurse too deep. What makes a page slow to read is its
number of elements, not its bytes: of a huge tree callers ask no more than they must.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_MOST_ELEMENTS = 10_000


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


def is_huge(tree: HtmlElement) -> bool:
    """Tell whether a tree has more elements than a page with an article has, so that costly steps are left out."""
    return any(True for _ in islice(tree.iter("*"), _MOST_ELEMENTS, None))
