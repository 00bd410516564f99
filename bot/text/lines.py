"""Find the lines and paragraphs of a text that came as plain lines, perhaps cut at a fixed width.

A terminal or a mail program breaks a paragraph where the next word would not fit. So a text is taken as hard-wrapped
when that is so at most of its line breaks; a break after a line with room left then ends a paragraph. Knows only
lengths and line breaks, not what a line says.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028]")
_NARROWEST = 40
_WIDEST = 120
_FULL_SHARE = 0.6
_OPEN_SHARE = 0.4
_ENDS = (".", "!", "?", "…", '."', ".”", "。")


def lines(text: str) -> list[Span]:
    """Find the lines that are not blank, without the white space around them."""
    found: list[Span] = []
    for match in _LINE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start < end:
            found.append(Span(start, end))
    return found


def paragraphs(text: str) -> Iterator[Span]:
    """Find the paragraphs: each line by itself, or the lines of a hard-wrapped paragraph together."""
    found = lines(text)
    width = _wrap_width(text, found)
    start: int | None = None
    for index, line in enumerate(found):
        start = line.start if start is None else start
        following = found[index + 1] if index + 1 < len(found) else None
        if following and width and _is_wrapped(text, line, following, width):
            continue
        yield Span(start, line.end)
        start = None


def _wrap_width(text: str, found: Sequence[Span]) -> int:
    """Give the width at which the text is hard-wrapped, or 0 where it is not."""
    adjacent = [(one, other) for one, other in pairwise(found) if _touch(text, one, other)]
    width = max((len(one) for pair in adjacent for one in pair), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [one for one, other in adjacent if _is_full(text, one, other, width)]
    unfinished = [one for one in full if not one.of(text).endswith(_ENDS)]
    if len(full) < _FULL_SHARE * len(adjacent) or len(unfinished) < _OPEN_SHARE * len(adjacent):
        return 0
    return width


def _is_wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    return _touch(text, line, following) and _is_full(text, line, following, width)


def _touch(text: str, one: Span, other: Span) -> bool:
    """Tell whether one line break alone stands between two lines."""
    return len(_BREAK.findall(text, one.end, other.start)) == 1


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Tell whether the first word of the following line would not have fitted on this one."""
    word = following.of(text)[: width + 1].split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width
