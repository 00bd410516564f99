"""Read title, byline, date and credit out of the lines that were taken from around an article.

The title is the line above the body that shares most words with it, stands twice, or stands first; a standfirst, a
section's name, a date or a button is none of these. Knows nothing of how the lines were told from the body.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.text.credit import credit_of_line
from bot.text.dates import read_date
from bot.text.furniture import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BYLINE = re.compile(
    r"\W*(?:(?:words |written |story |text |posted |reported )?by|author|von|par|por):?\s+(?P<name>[^\W\d_].{2,100})",
    re.IGNORECASE,
)
_LONE_BY = re.compile(r"\W*by\W*", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:[|•·@(]|\s[-–—]\s|,?\s(?:updated|published|posted|last|on|in|for|at)\s|,?\s\d|"
    r"[,.]?\s?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r",?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d).*\Z",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+(?:\s(?:[A-ZÀ-Þ][\w.'’-]*|de|da|van|von|der|al|bin)){1,4}"
    r"(?:(?:,|\sand|\s&)\s[A-ZÀ-Þ][\w .'’-]+)*"
)
_NOT_A_NAME = re.compile(
    r"\b(?:news|world|health|science|business|sport|sports|politics|entertainment|tech|technology|opinion|home|video|"
    r"photos?|images?|getty|staff|posted|updated|read|share|press|times|post|today|magazine|daily)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:\d{1,2}[:.]\d\d|\bago\b|\bmin(?:ute)?s? read\b|\bread(?:ing)? time\b)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\W*(?:first |last |originally )?(?:published|updated|posted|date)\b", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}\Z")
_SENTENCE_END = (".", "!", ".”", '."', "…")
_FEWEST_WORDS = 3
_MOST_WORDS = 32
_LEAST_SCORE = 1.0
_LEDE_PARAGRAPHS = 6
_LEDE_CHARACTERS = 4_000
_LONGEST_HEADLINE = 20
_PROSE_WORDS = 12
_HEADLINE_SHARE = 0.5
_STEM = 5
_LONGEST_STAMP = 16
_LONG_WORD = 4
_BYLINE_REACH = 3


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the lines around a body say of it; None where they do not say."""

    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    credit: str | None = None


def read_front_matter(head: Sequence[str], rest: Sequence[str], body: Sequence[str]) -> FrontMatter:
    """Read the lines above the body (`head`) and, for date and credit, the other lines left out (`rest`)."""
    outside = [*head, *rest]
    return FrontMatter(
        title=_title(head, rest, body),
        byline=_byline(head),
        published=_first(read_date(line) for line in _dated(head, rest)),
        credit=_first(credit_of_line(line) for line in outside),
    )


def _dated(head: Sequence[str], rest: Sequence[str]) -> Iterator[str]:
    """Give the lines that may tell the date: short ones above the body, and what says so of itself elsewhere."""
    yield from (line for line in head if len(line.split()) <= _LONGEST_STAMP)
    yield from (line for line in rest if len(line.split()) <= _LONGEST_STAMP and _PUBLISHED.match(line))


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _title(head: Sequence[str], rest: Sequence[str], body: Sequence[str]) -> str | None:
    seen = Counter(line.casefold() for line in (*head, *rest))
    lede = _lede(body)
    scored = [
        (_title_score(line, index, seen[line.casefold()], lede), -index, line)
        for index, line in enumerate(head)
        if _may_be_title(line)
    ]
    best = max(scored, default=None)
    if best is None or best[0] < _LEAST_SCORE:
        return None
    return _without_site(best[2])


def is_headline(line: str, following: Sequence[str]) -> bool:
    """Tell whether the first line of a text is its title: no sentence, of the words of the prose that follows."""
    if not _may_be_title(line) or line.endswith(_SENTENCE_END) or line.endswith((":", ";", ",")):
        return False
    if len(line.split()) > _LONGEST_HEADLINE or not following or len(following[0].split()) < _PROSE_WORDS:
        return False
    return _shared(line, _lede(following)) >= _HEADLINE_SHARE


def _lede(body: Sequence[str]) -> frozenset[str]:
    return frozenset(_content(" ".join(body[:_LEDE_PARAGRAPHS])[:_LEDE_CHARACTERS]))


def _shared(line: str, lede: frozenset[str]) -> float:
    content = _content(line)
    return sum(word in lede for word in content) / (len(content) or 1)


def _may_be_title(line: str) -> bool:
    count = len(_WORD.findall(line))
    if not _FEWEST_WORDS <= count <= _MOST_WORDS or is_furniture(line):
        return False
    return not (_BYLINE.fullmatch(line) or _STAMP.search(line) or read_date(line))


def _title_score(line: str, index: int, times: int, lede: frozenset[str]) -> float:
    score = 2 * _shared(line, lede) + min(times - 1, 1) * 1.5 - 0.05 * index
    if line.endswith(_SENTENCE_END):
        score -= 1.2
    if len(_content(line)) <= 1:
        score -= 1
    if index == 0:
        score += 0.3
    return score


def _content(text: str) -> list[str]:
    """Take the long words and the names, cut to their stems, roughly."""
    words = _WORD.findall(text)
    return [
        word.casefold()[:_STEM] for word in words if len(word) >= _LONG_WORD or (len(word) > 1 and word[0].isupper())
    ]


def _without_site(title: str) -> str:
    """Take "… | The Daily Post" off the end."""
    shorter = _SITE_TAIL.sub("", title)
    return shorter if len(shorter.split()) >= _FEWEST_WORDS else title


def _byline(head: Sequence[str]) -> str | None:
    for index, line in enumerate(head):
        match = _BYLINE.fullmatch(line)
        if match and (name := _only_name(match["name"])):
            return name
        if _LONE_BY.fullmatch(line) and index + 1 < len(head) and _NAME.fullmatch(head[index + 1]):
            return head[index + 1]
    return _name_near_date(head)


def _only_name(name: str) -> str | None:
    name = _BYLINE_END.sub("", name).strip(" ,.;:-–—|")
    return name if name and name[0].isupper() and len(name.split()) <= _MOST_WORDS else None


def _name_near_date(head: Sequence[str]) -> str | None:
    """Take a line that is a name alone for the byline where a date stands near it."""
    dated = [index for index, line in enumerate(head) if read_date(line) or _STAMP.search(line)]
    for index, line in enumerate(head):
        near = any(abs(index - at) <= _BYLINE_REACH for at in dated)
        if near and _NAME.fullmatch(line) and not _NOT_A_NAME.search(line):
            return line
    return None
