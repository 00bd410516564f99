"""Turn pasted text into an Article: normalised, cleaned of what was copied along, cut into its parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.intake.language import guess_language
from bot.intake.page import read_page
from bot.intake.verdict import check_article, check_not_empty, check_size
from bot.text.clean import clean
from bot.text.normalize import normalize
from bot.text.segment import segment

if TYPE_CHECKING:
    from bot.article import Article

_HTML_START = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)\b", re.IGNORECASE)
_HTML_ELEMENT = re.compile(r"</(?:p|div|article|section|li|h[1-6])>", re.IGNORECASE)
_FEWEST_ELEMENTS = 3


def read_paste(text: str) -> Article:
    """Make an Article of pasted text, or of the source of a page if that is what was pasted.

    Raises EmptyInput, TooLarge (over 200,000 characters), NotAnArticle or Paywalled.
    """
    check_not_empty(text)
    check_size(text)
    if looks_like_html(text):
        return read_page(text)
    plain = normalize(text)
    check_not_empty(plain)
    cleaned = clean(plain)
    article = segment(
        cleaned.text,
        title=cleaned.title,
        byline=cleaned.byline,
        published=cleaned.published,
        language=guess_language(cleaned.text),
        credit=cleaned.credit,
    )
    check_article(article)
    return article


def looks_like_html(text: str) -> bool:
    """Tell the source of a page from a text that only mentions an element."""
    if _HTML_START.match(text):
        return True
    return text.lstrip().startswith("<") and len(_HTML_ELEMENT.findall(text)) >= _FEWEST_ELEMENTS
