"""Turn a page of HTML into an Article: its body without what stands around it, and what the page says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import Unreadable
from bot.intake.body import find_body
from bot.intake.decode import decode
from bot.intake.language import guess_language
from bot.intake.metadata import page_metadata
from bot.intake.tree import parse
from bot.intake.verdict import check_article, check_body, check_not_empty, check_size
from bot.text.normalize import normalize
from bot.text.segment import segment

if TYPE_CHECKING:
    from bot.article import Article

_NOT_HTML = "The page cannot be read as HTML."


def read_page(html: bytes | str, url: str | None = None, content_type: str | None = None) -> Article:
    """Make an Article of a page that was fetched from `url`.

    Raises EmptyInput, TooLarge, Unreadable, Paywalled, or NotAnArticle (a cookie wall, a list, a table, little prose).
    """
    read = _read(html, url, content_type)
    check_article(read.article, shown=read.shown, locked=read.locked)
    return read.article


def extract_page(html: bytes | str, url: str | None = None, content_type: str | None = None) -> Article:
    """Take out whatever body a page has, article or not, for bulk work; raises as `read_page` where there is none."""
    return _read(html, url, content_type).article


@dataclass(frozen=True, slots=True)
class _Read:
    """A page's body as an Article, and what tells whether it is one."""

    article: Article
    shown: str
    locked: bool


def _read(html: bytes | str, url: str | None, content_type: str | None) -> _Read:
    source = html if isinstance(html, str) else decode(html, content_type)
    check_not_empty(source)
    tree = parse(source)
    if tree is None:
        raise Unreadable(_NOT_HTML)
    metadata = page_metadata(tree, url)
    body = find_body(tree, metadata.title or "")
    text = _without_title(normalize(body.text), metadata.title)
    check_body(text, body.shown)
    check_size(text)
    article = segment(
        text,
        title=metadata.title,
        byline=metadata.byline,
        published=metadata.published,
        site=metadata.site,
        language=guess_language(text) or metadata.language,
        url=metadata.url,
    )
    return _Read(article, body.shown, metadata.locked)


def _without_title(text: str, title: str | None) -> str:
    """Leave out a first paragraph that only says the title again: it is metadata."""
    first, gap, rest = text.partition("\n\n")
    return rest if gap and title and _words(first) == _words(title) else text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
