"""Join a PDF's lines to paragraphs, and leave out what the pages repeat.

A line that ends short of the column's width with a closing mark ends its paragraph; a hyphen at a line's end is
dropped before a small letter unless the document writes the word with its hyphen elsewhere. Lines near a page's
edge that come again on other pages (page numbers aside) are running headers or footers.
"""

from __future__ import annotations

import re
from collections import Counter

from bot.text.normalize import normalize

_EDGE = 3
"""How many lines at the top and the bottom of a page may be running headers or footers."""
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|seite |- ?)?(?:\d{1,4}|[ivxlc]{1,6})(?: ?(?:/|of|von|de) ?\d{1,4})?(?: ?-)?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:。！？؟][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-•·–▪●*‣]|\(?\d{1,2}[.)])\s+\S")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_FULL_LINE = 0.8
"""A line shorter than this share of the column can end a paragraph."""


def join_pages(pages: list[str]) -> str:
    """Make paragraphs, with a blank line between them, of the raw text of the pages."""
    cut = [_lines(page) for page in pages]
    running = _running(cut)
    lines: list[str] = []
    for page in cut:
        lines += [""] * bool(lines and _closes(lines[-1])) + _without_edges(page, running)
    return normalize("\n\n".join(_paragraphs(lines)))


def _lines(page: str) -> list[str]:
    """Cut a page into normalised lines, without blank ones at its edges."""
    return normalize(page).split("\n") if page.strip() else []


def _running(pages: list[list[str]]) -> set[str]:
    """Find the edge lines that stand on at least three pages and on a third of them, digits aside."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)} if key)
    return {key for key, count in counts.items() if count >= max(3, len(pages) / 3)}


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line).casefold()


def _without_edges(page: list[str], running: set[str]) -> list[str]:
    last = len(page) - _EDGE
    return [
        line
        for place, line in enumerate(page)
        if _EDGE <= place < last or not (_key(line) in running or _PAGE_NUMBER.fullmatch(line))
    ]


def _closes(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def _paragraphs(lines: list[str]) -> list[str]:
    width = _column_width(lines)
    hyphenated = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line)}
    done: list[str] = []
    current: list[str] = []
    for line in lines:
        if current and (not line or _starts_anew(current[-1], line, width)):
            done.append(_join(current, hyphenated))
            current = []
        if line:
            current.append(line)
    if current:
        done.append(_join(current, hyphenated))
    return done


def _column_width(lines: list[str]) -> float:
    """Give the length that one line in ten reaches or passes."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _starts_anew(before: str, line: str, width: float) -> bool:
    if _ITEM.match(line):
        return True
    if len(before) >= width * _FULL_LINE:
        return False
    return _closes(before) or (line[:1].isupper() and len(before) < width * _FULL_LINE / 2)


def _join(lines: list[str], hyphenated: set[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        broken, following = _BROKEN_WORD.search(text[-60:]), _FIRST_WORD.match(line)
        if not (broken and following):
            text = f"{text} {line}"
        elif following[0][0].isupper() or f"{broken[1]}-{following[0]}".casefold() in hyphenated:
            text += line
        else:
            text = text[:-1] + line
    return text
