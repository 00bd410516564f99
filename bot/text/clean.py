"""Take the article out of a messy paste: the visible lines of a page, sloppily selected.

`line_model` says which lines are the article's, `furniture` overrules it; credits that stand inside a paragraph are cut
off by rule; what was left out above the body gives title, byline and date. Every piece that is kept is a span of the
input, so that a place in the clean text can be shown in the paste. Cleaning a clean text changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text.credit import Credit, credit_at_end, credit_at_start, credit_of_line
from bot.text.frontmatter import FrontMatter, is_headline, read_front_matter
from bot.text.furniture import is_furniture
from bot.text.line_model import Part, parts_of
from bot.text.lines import lines, paragraphs
from bot.text.sentences import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_BETWEEN_PARAGRAPHS = "\n\n"
# A text is cleaned until nothing more is left out; what has not come to rest by then is no page.
_MOST_PASSES = 8
# A page has hundreds of lines. What has more is told by the lines' own words alone, to bound the time.
_MOST_LINES = 4_000
_PARAGRAPH_WORDS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the clean text, from `start` on, and the span of the input that it was copied from."""

    start: int
    source: Span


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's body taken from a paste; `removed` and the sources of `pieces` are spans of the input, in order."""

    text: str
    pieces: tuple[Piece, ...]
    removed: tuple[Span, ...]
    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    """Aware; UTC where the paste named no zone."""
    credit: str | None = None

    def sources(self, span: Span) -> tuple[Span, ...]:
        """Give the spans of the input that a span of the clean text was copied from."""
        first = max(bisect_right(self.pieces, span.start, key=lambda piece: piece.start) - 1, 0)
        found: list[Span] = []
        for piece in self.pieces[first:]:
            if piece.start >= span.end:
                break
            start = max(span.start - piece.start, 0)
            end = min(span.end - piece.start, len(piece.source))
            if start < end:
                found.append(Span(piece.source.start + start, piece.source.start + end))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of the paste: its words on one line, and where each of its lines stands in the input."""

    text: str
    pieces: tuple[Piece, ...]


def clean(text: str) -> Cleaned:
    """Take the article out of a paste. What holds no furniture comes back whole; a blank text gives an empty one."""
    blocks = [_block(text, span) for span in paragraphs(text)]
    kept, front = _settle(blocks)
    body = _BETWEEN_PARAGRAPHS.join(block.text for block in kept)
    pieces = tuple(_placed(kept))
    return Cleaned(body, pieces, tuple(_gaps(text, pieces)), front.title, front.byline, front.published, front.credit)


def _block(text: str, span: Span) -> _Block:
    """Join the lines of a paragraph; a word cut at a hyphen stays as it is."""
    paragraph = span.of(text)
    words = ""
    pieces: list[Piece] = []
    for line in lines(paragraph):
        if words and not _ends_in_hyphen(words):
            words += " "
        pieces.append(Piece(len(words), Span(span.start + line.start, span.start + line.end)))
        words += line.of(paragraph)
    return _Block(words, tuple(pieces))


def _ends_in_hyphen(words: str) -> bool:
    return words.endswith("-") and words[-2:-1].isalpha()


def _settle(blocks: Sequence[_Block]) -> tuple[list[_Block], FrontMatter]:
    """Leave out furniture until none is found, so that the result, cleaned again, is the same."""
    kept, front = _one_pass(blocks)
    for _ in range(_MOST_PASSES):
        again, more = _one_pass(kept)
        if again == kept:
            return kept, front
        kept, front = again, _filled(front, more)
    return list(blocks), FrontMatter()


def _filled(front: FrontMatter, more: FrontMatter) -> FrontMatter:
    return FrontMatter(
        front.title or more.title,
        front.byline or more.byline,
        front.published or more.published,
        front.credit or more.credit,
    )


def _one_pass(blocks: Sequence[_Block]) -> tuple[list[_Block], FrontMatter]:
    parts = _parts([block.text for block in blocks])
    body = [block for block, part in zip(blocks, parts, strict=True) if part is Part.BODY]
    start = next((at for at, part in enumerate(parts) if part is Part.BODY), 0)
    head = [block.text for block in blocks[:start]]
    rest = [block.text for block, part in zip(blocks[start:], parts[start:], strict=True) if part is not Part.BODY]
    if len(body) > 1 and is_headline(body[0].text, [block.text for block in body[1:]]):
        head.append(body[0].text)
        body = body[1:]
    front = read_front_matter(head, rest, [block.text for block in body])
    body, credit = _without_credit(body)
    return body, replace(front, credit=credit or front.credit)


def _parts(texts: Sequence[str]) -> list[Part]:
    if not texts or len(texts) > _MOST_LINES:
        return [Part.ASIDE if is_furniture(text) else Part.BODY for text in texts]
    return _ended_by_credit(texts, parts_of(texts))


def _ended_by_credit(texts: Sequence[str], parts: list[Part]) -> list[Part]:
    """Add the paragraph behind the body to it where an agency's credit closes that: nothing says so more plainly."""
    behind = len(parts) - parts[::-1].index(Part.BODY)
    if behind == len(texts) or len(texts[behind].split()) < _PARAGRAPH_WORDS or is_furniture(texts[behind]):
        return parts
    if not credit_at_end(texts[behind]):
        return parts
    return [*parts[:behind], Part.BODY, *parts[behind + 1 :]]


def _without_credit(body: list[_Block]) -> tuple[list[_Block], str | None]:
    """Cut the agency's credit off the two ends of the body."""
    name: str | None = None
    while len(body) > 1 and (whole := credit_of_line(body[-1].text)):
        name, body = whole, body[:-1]
    if body and (credit := credit_at_end(body[-1].text)):
        name, body = credit.name, [*body[:-1], _cut(body[-1], credit)]
    if body and (credit := credit_at_start(body[0].text)):
        name, body = name or credit.name, [_cut(body[0], credit), *body[1:]]
    return body, name


def _cut(block: _Block, credit: Credit) -> _Block:
    """Take a credit off the start or the end of a block, with the white space beside it."""
    before, after = Span(0, credit.span.start), Span(credit.span.end, len(block.text))
    keep = trim(block.text, max(before, after, key=len))
    pieces = []
    for piece in block.pieces:
        start = max(keep.start - piece.start, 0)
        end = min(keep.end - piece.start, len(piece.source))
        if start < end:
            source = Span(piece.source.start + start, piece.source.start + end)
            pieces.append(Piece(piece.start + start - keep.start, source))
    return _Block(keep.of(block.text), tuple(pieces))


def _placed(blocks: Sequence[_Block]) -> Iterator[Piece]:
    """Give the pieces of all blocks their places in the joined text."""
    start = 0
    for block in blocks:
        for piece in block.pieces:
            yield Piece(start + piece.start, piece.source)
        start += len(block.text) + len(_BETWEEN_PARAGRAPHS)


def _gaps(text: str, pieces: Sequence[Piece]) -> Iterator[Span]:
    """Find what of the input was left out, white space aside."""
    ends = [Span(0, 0), *(piece.source for piece in pieces), Span(len(text), len(text))]
    for one, other in pairwise(ends):
        gap = trim(text, Span(one.end, other.start))
        if len(gap):
            yield gap
