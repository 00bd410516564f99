"""Turn a page of HTML into an Article: its body without what stands around it, and what the page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import NotAnArticle
from bot.intake.body import find_body
from bot.intake.decode import decode
from bot.intake.language import guess_language
from bot.intake.metadata import page_metadata
from bot.intake.tree import parse
from bot.intake.verdict import check_article, check_not_empty, check_size
from bot.text.normalize import normalize
from bot.text.segment import segment

if TYPE_CHECKING:
    from bot.article import Article
    from bot.intake.metadata import PageMetadata


def read_page(html: bytes | str, url: str | None = None, content_type: str | None = None) -> Article:
    """Make an Article of a page that was fetched from `url`.

    Raises EmptyInput, TooLarge, Unreadable, Paywalled, or NotAnArticle (a cookie wall, a list, a table, little prose).
    """
    article, metadata = _read(html, url, content_type)
    check_article(article, locked=metadata.locked)
    return article


def extract_page(html: bytes | str, url: str | None = None, content_type: str | None = None) -> Article:
    """Take out whatever body a page has, article or not, for bulk work; raises as `read_page` where there is none."""
    return _read(html, url, content_type)[0]


def _read(html: bytes | str, url: str | None, content_type: str | None) -> tuple[Article, PageMetadata]:
    source = html if isinstance(html, str) else decode(html, content_type)
    check_not_empty(source)
    tree = parse(source)
    if tree is None:
        raise _no_body()
    metadata = page_metadata(tree, url)
    text = normalize(find_body(tree, metadata.title or ""))
    if not text:
        raise _no_body()
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
    return article, metadata


def _no_body() -> NotAnArticle:
    message = "There is no article on this page."
    return NotAnArticle(message)
