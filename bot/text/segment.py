"""Make an Article of a body of text: its paragraphs, what each is to the reader, and its sentences.

Nothing is changed in the text: every part is a span of it. What leads into the article from outside (a messy paste,
a page) is cleaned before; here furniture that is left is marked, so that nobody quotes a caption as the story.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict, Unpack

from bot.article import Article, Paragraph, ParagraphKind, Sentence
from bot.text.furniture import is_furniture
from bot.text.lines import paragraphs
from bot.text.sentences import sentence_spans, trim

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Metadata", "segment", "sentence_spans", "trim"]

_ITEM = re.compile(r"(?:[-*•·–▪●‣◦○■►✓✔]|\(?\d{1,2}[.)]|\(?[a-z][)])\s+\S")
_HEADING_MARK = re.compile(r"#{1,6}\s+\S")
_CLOSERS = "\"'”’»)]*_」』”"
_SENTENCE_ENDS = ".!?…:;,。！？؟।۔"
_HEADING_WORDS = 12
_HEADING_CHARACTERS = 120


class Metadata(TypedDict, total=False):
    """What is known of an article beside its text: the fields of `Article` that are not cut from it."""

    title: str | None
    byline: str | None
    published: datetime | None
    site: str | None
    language: str | None
    url: str | None
    credit: str | None


def segment(text: str, **metadata: Unpack[Metadata]) -> Article:
    """Make an Article of a body of text; `metadata` are the Article's other fields."""
    parts = tuple(Paragraph(span, _kind(span.of(text))) for span in paragraphs(text))
    sentences = tuple(
        Sentence(span, index) for index, part in enumerate(parts) for span in sentence_spans(text, part.span)
    )
    return Article(text, parts, sentences, **metadata)


def _kind(paragraph: str) -> ParagraphKind:
    if is_furniture(paragraph):
        return ParagraphKind.FURNITURE
    if _HEADING_MARK.match(paragraph):
        return ParagraphKind.HEADING
    if _ITEM.match(paragraph):
        return ParagraphKind.ITEM
    if _looks_like_heading(paragraph):
        return ParagraphKind.HEADING
    return ParagraphKind.PROSE


def _looks_like_heading(paragraph: str) -> bool:
    """Tell whether a paragraph is short and does not end as a sentence, or asks in a few words."""
    if len(paragraph) > _HEADING_CHARACTERS or len(paragraph.split()) > _HEADING_WORDS:
        return False
    last = paragraph.rstrip(_CLOSERS)[-1:]
    return bool(last) and last not in _SENTENCE_ENDS
