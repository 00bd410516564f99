"""Where quotation marks open and close, in any of the newspapers' styles, balanced or not.

Straight, curly, German, angle and corner marks each pair among themselves; single marks count only in an article
that quotes with them, told from apostrophes. A quotation never reaches beyond its paragraph: one that is opened
anew in each paragraph gives one part a paragraph, and one that is not closed ends with its paragraph or is dropped.
What is quoted, and by whom, is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from bot.article import Article, Span
from bot.text import cues
from bot.text.sentences import trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: `outer` with the marks, `inner` without them and without blank space at the ends."""

    outer: Span
    inner: Span
    paragraph: int
    closed: bool = True
    continues: bool = False
    """The quotation of the paragraph before was left open and goes on in this one."""


class _Role(Enum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    role: _Role


@dataclass(frozen=True, slots=True)
class _Family:
    """Marks that pair with one another; `by_context` lets the blank space around a mark overrule its shape."""

    pattern: re.Pattern[str]
    opening: str
    closing: str
    by_context: bool = True


_FAMILIES = (
    _Family(re.compile(r"[“”„‟\"＂]|''|``|‘‘|’’"), "“„‟‘‘``", "”’’"),
    _Family(re.compile(r"[«»]"), "«", "»"),
    _Family(re.compile(r"[‹›]"), "‹", "›"),
    _Family(re.compile(r"[「」]"), "「", "」", by_context=False),
    _Family(re.compile(r"[『』]"), "『", "』", by_context=False),
)
_BEFORE_OPEN = frozenset(" \t\u00a0\u2009\u202f\u3000([{—–-―/")
_AFTER_CLOSE = frozenset(" \t\u00a0\u2009\u202f\u3000)]}.,;:!?…—–-―/。，、")
_MARKUP = re.compile(r"</?[a-z][^<>\n]{0,400}>")
"""Tags that were pasted along; the marks of their attributes quote nothing."""
_TAG_INSIDE = re.compile(r",\s+(?:(?:he|she|they)\s+(\w+)|(\w+)\s+(?:[A-Z]|he\b|she\b|the\b))")

_SINGLE_OPEN = re.compile(
    r"(?<![^\s(\[{—–“\"-])[‘'’](?=[^\W\d_])(?!(?:em|til|tis|twas|cause|n|round)\b)", re.IGNORECASE
)
_SINGLE_CLOSE = re.compile(r"(?<=[^\s‘])[’'](?!\w)")
_SINGLES_FOR_STYLE = 2


def find_quotations(article: Article) -> list[Quotation]:
    """Find the outermost quotations of an article, in order; nested ones are part of what holds them."""
    singles = _quotes_with_singles(article.text)
    found: list[Quotation] = []
    left_open = False
    for index, paragraph in enumerate(article.paragraphs):
        parts = list(_outermost(_in_paragraph(article.text, paragraph.span, index, singles=singles)))
        if left_open and parts and _opens(article, parts[0]):
            parts[0] = replace(parts[0], continues=True)
        left_open = bool(parts) and not parts[-1].closed
        found.extend(part for part in parts if _is_sound(article, part))
    return found


def _opens(article: Article, part: Quotation) -> bool:
    """Tell whether a quotation begins its paragraph."""
    return part.inner.start <= article.paragraphs[part.paragraph].span.start + 2


def _in_paragraph(text: str, within: Span, index: int, *, singles: bool) -> Iterator[Quotation]:
    for family in _FAMILIES:
        yield from _pair(text, within, index, list(_marks(text, within, family)))
    if singles:
        yield from _singles(text, within, index)


def _marks(text: str, within: Span, family: _Family) -> Iterator[_Mark]:
    tags = {at for tag in _MARKUP.finditer(text, within.start, within.end) for at in range(*tag.span())}
    for match in family.pattern.finditer(text, within.start, within.end):
        before = text[match.start() - 1] if match.start() > within.start else " "
        after = text[match.end()] if match.end() < within.end else " "
        if match.start() not in tags:
            yield _Mark(*match.span(), _role(match.group(), before, after, family))


def _role(glyph: str, before: str, after: str, family: _Family) -> _Role:
    if family.by_context:
        opens = before in _BEFORE_OPEN and after not in _AFTER_CLOSE
        closes = after in _AFTER_CLOSE and not before.isspace()
        if opens != closes:
            return _Role.OPEN if opens else _Role.CLOSE
    if glyph in family.opening:
        return _Role.OPEN
    return _Role.CLOSE if glyph in family.closing else _Role.EITHER


def _pair(text: str, within: Span, index: int, marks: Sequence[_Mark]) -> Iterator[Quotation]:
    """Pair the marks of one family; an opening inside an open quotation nests only where it is closed twice."""
    opened: _Mark | None = None
    depth = 0
    for at, mark in enumerate(marks):
        role = mark.role
        if role is _Role.EITHER:
            role = _Role.OPEN if opened is None else _Role.CLOSE
        if role is _Role.OPEN and opened is not None and _closed_twice(marks, at):
            depth += 1
        elif role is _Role.OPEN:
            opened, depth = mark, 0
        elif depth:
            depth -= 1
        elif opened is not None:
            yield _quotation(text, Span(opened.start, mark.end), Span(opened.end, mark.start), index)
            opened = None
        elif at == 0 and _lacks_opening(text, within, mark):
            yield _quotation(text, Span(within.start, mark.end), Span(within.start, mark.start), index)
    if opened is not None:
        yield _quotation(text, Span(opened.start, within.end), Span(opened.end, within.end), index, closed=False)


def _quotation(text: str, outer: Span, inner: Span, index: int, *, closed: bool = True) -> Quotation:
    return Quotation(outer, trim(text, inner), index, closed)


def _closed_twice(marks: Sequence[_Mark], at: int) -> bool:
    following = [mark.role for mark in marks[at + 1 : at + 3]]
    return following == [_Role.CLOSE, _Role.CLOSE]


def _lacks_opening(text: str, within: Span, mark: _Mark) -> bool:
    """Tell whether a paragraph that begins without a mark is speech up to its first, closing mark."""
    if text[mark.start - 1 : mark.start] not in {",", ".", "!", "?"} or not text[within.start].isalnum():
        return False
    following = text[mark.end : min(within.end, mark.end + 60)]
    words = re.findall(r"\w+", following)[:4]
    return any(word in cues.VERBS for word in words) and _TAG_INSIDE.search(text, within.start, mark.start) is None


def _singles(text: str, within: Span, index: int) -> Iterator[Quotation]:
    opens = [match.start() for match in _SINGLE_OPEN.finditer(text, within.start, within.end)]
    closes = [match.start() for match in _SINGLE_CLOSE.finditer(text, within.start, within.end)]
    done = within.start
    for at, start in enumerate(opens):
        limit = opens[at + 1] if at + 1 < len(opens) else within.end
        end = _single_close(text, closes[bisect_right(closes, start + 1) : bisect_left(closes, limit)])
        if end is not None and start >= done:
            done = end + 1
            yield _quotation(text, Span(start, end + 1), Span(start + 1, end), index)


def _single_close(text: str, candidates: Sequence[int]) -> int | None:
    """The first mark that is not the apostrophe of a plural ("the workers’ rights"), else the first."""
    return next((close for close in candidates if text[close - 1] != "s"), candidates[0] if candidates else None)


def _quotes_with_singles(text: str) -> bool:
    """Tell whether the article quotes with single marks: they are many, and double ones few."""
    doubles = sum(len(family.pattern.findall(text)) for family in _FAMILIES) // 2
    return len(_SINGLE_OPEN.findall(text)) >= max(_SINGLES_FOR_STYLE, 2 * doubles)


def _outermost(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    end = -1
    for quotation in sorted(quotations, key=lambda part: (part.outer.start, -part.outer.end)):
        if quotation.outer.start >= end:
            end = quotation.outer.end
            yield quotation


def _is_sound(article: Article, part: Quotation) -> bool:
    """Leave out what holds no letter, and a lone opening mark: within a sentence, or with a "he said" after it."""
    inner = part.inner.of(article.text)
    if not any(char.isalnum() for char in inner):
        return False
    if part.closed:
        return True
    tags = (match[1] or match[2] for match in _TAG_INSIDE.finditer(inner))
    whole = _opens(article, part) or not inner[0].islower()
    return whole and not any(tag in cues.STRONG for tag in tags)
