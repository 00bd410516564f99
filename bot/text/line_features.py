"""Describe each line of a pasted page by what can be seen of it: shape, words, cue phrases, neighbours, place.

The features are names, so that the weights learned for them (`line_weights.json`) can be read. Nothing here decides;
`line_model` does. Each feature looks at the line, its neighbours and whole-page counts, so the work is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.text.credit import credit_at_end
from bot.text.line_patterns import GROUP_OF_WORD, PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP_WORDS = frozenset(
    "a about after all also an and any are as at be because been before being but by can could did do does down each "
    "for from had has have he her here him his how i if in into is it its just like many may me more most my no not "
    "now of off on one only or other our out over she should so some such than that the their them then there these "
    "they this those through to too under up very was we were what when where which while who will with would you "
    "your de la el en y que los las un una por con para del der die und das ist von zu den mit le les et des du est "
    "il di che".split()
)
_SENTENCE_END = re.compile(r"[.!?。！？؟।۔…][\"'”’»)\]*_」』]*\Z")
_ELLIPSIS_END = re.compile(r"(?:\.\.\.|…)\Z")
_INNER_SENTENCES = re.compile(r"[.!?。！？][\"”’)]*(?:\s|\Z)")
_CONTENT = 4
_PROSE = 12
_LONG = 30
_TITLE = 3
_ALIKE = 0.4
_PATTERN_REACH = 600
_WORD_REACH = 100
_FEW_WORDS = 8
_NEAR = 3
_AHEAD = 5

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 40)
_SHARES = (0.01, 0.15, 0.3, 0.45, 0.6, 0.8, 0.99)
_RELATIVE = (0.01, 0.3, 0.6, 0.8, 1.0, 1.3)
_PLACES = (1, 2, 3, 4, 6, 10, 20)


@dataclass(frozen=True, slots=True)
class _Line:
    """What is read once of a line."""

    text: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    ends: bool

    @property
    def is_prose(self) -> bool:
        return len(self.words) >= (_PROSE if self.ends else _LONG)


class _Page:
    """All lines of a page, with what is counted over them once."""

    def __init__(self, lines: Sequence[str], cuts: Sequence[int]) -> None:
        self.cuts = cuts
        self.lines = [_read(line) for line in lines]
        self.seen = Counter(line.words for line in self.lines)
        self.vocabulary = Counter(word for line in self.lines if line.is_prose for word in set(line.content))
        self.prose_before = list(accumulate((len(x.words) if x.is_prose else 0 for x in self.lines), initial=0))
        self.runs = self._runs()
        self.heads = [frozenset(line.content) for line in self.lines[:8]]
        self.own = [[*_own_features(line)] for line in self.lines]
        self.prose_at = [index for index, line in enumerate(self.lines) if line.is_prose]
        self.known_prose = list(accumulate((self._known(self.lines[at]) for at in self.prose_at), initial=0.0))
        self.mean_known = self.known_prose[-1] / (len(self.prose_at) or 1) or 1.0

    def _runs(self) -> list[int]:
        """Count the lines of each line's run of lines that are not prose."""
        runs = [0] * len(self.lines)
        start = 0
        for index, line in enumerate([*self.lines, None]):
            if line is None or line.is_prose:
                for at in range(start, index):
                    runs[at] = index - start
                start = index + 1
        return runs

    def _known(self, line: _Line) -> float:
        """Give the share of the line's words that other prose of the page uses too."""
        own = 1 if line.is_prose else 0
        return sum(self.vocabulary[word] > own for word in line.content) / (len(line.content) or 1)

    def _ahead(self, index: int) -> Iterator[str]:
        """Tell how much prose follows, and whether it is about the same thing."""
        at = bisect_right(self.prose_at, index)
        count = min(len(self.prose_at) - at, _AHEAD)
        mean = (self.known_prose[at + count] - self.known_prose[at]) / (count or 1)
        yield f"ahead:{_bucket(len(self.prose_at) - at, _PLACES)}"
        yield f"ahead:{_bucket(count, (1, 2, 3))}:{_bucket(mean / self.mean_known, _RELATIVE)}"

    def features(self, index: int) -> Iterator[str]:
        yield from self.own[index]
        yield from self._neighbours(index)
        yield from self._place(index)
        yield from self._vocabulary(index)
        yield from self._ahead(index)

    def _neighbours(self, index: int) -> Iterator[str]:
        for name, at in (("prev", index - 1), ("next", index + 1), ("prev2", index - 2), ("next2", index + 2)):
            if not 0 <= at < len(self.lines):
                yield f"{name}:none"
                continue
            line = self.lines[at]
            yield f"{name}:{'prose' if line.is_prose else 'n' + str(_bucket(len(line.words), _LENGTHS))}"
            if at in (index - 1, index + 1):
                for feature in self.own[at]:
                    if feature.startswith("p:"):
                        yield f"{name}:{feature}"
        before = sum(line.is_prose for line in self.lines[max(0, index - _NEAR) : index])
        after = sum(line.is_prose for line in self.lines[index + 1 : index + 1 + _NEAR])
        yield f"near:{before}{after}"
        yield f"cut_before:{_bucket(self.cuts[index], (1, 2, 4))}"
        yield f"cut_behind:{_bucket(self.cuts[index + 1], (1, 2, 4))}"
        yield f"run:{_bucket(self.runs[index], _PLACES)}"

    def _place(self, index: int) -> Iterator[str]:
        last = len(self.lines) - 1
        prose = self.prose_before[-1] or 1
        line = self.lines[index]
        before = self.prose_before[index] / prose
        after = 1 - self.prose_before[index + 1] / prose
        shape = "prose" if line.is_prose else "short" if len(line.words) < _PROSE else "mid"
        yield f"first:{_bucket(index, _PLACES)}"
        yield f"last:{_bucket(last - index, _PLACES)}"
        yield f"before:{_bucket(before, _SHARES)}:{shape}"
        yield f"after:{_bucket(after, _SHARES)}:{shape}"

    def _vocabulary(self, index: int) -> Iterator[str]:
        line = self.lines[index]
        if self.seen[line.words] > 1 and line.words:
            yield f"repeated:{_bucket(len(line.words), _LENGTHS)}"
        content = line.content
        if not content:
            return
        yield f"known:{_bucket(self._known(line) / self.mean_known, _RELATIVE)}:{_bucket(len(line.words), (4, 12, 30))}"
        if _TITLE <= len(line.words) <= _LONG:
            mine = frozenset(content)
            like = max(
                (len(mine & head) / len(mine | head) for at, head in enumerate(self.heads) if at != index and head),
                default=0,
            )
            if like > _ALIKE:
                yield f"like_head:{_bucket(like, (0.6, 0.8))}"


def _own_features(line: _Line) -> Iterator[str]:
    count = len(line.words)
    text = line.text[:_PATTERN_REACH]
    size = _bucket(count, (4, 12, 30))
    end = "dots" if _ELLIPSIS_END.search(line.text[-4:]) else "stop" if line.ends else "open"
    yield "bias"
    yield f"len:{_bucket(count, _LENGTHS)}:{end}"
    stops = sum(word in _STOP_WORDS for word in line.words) / (count or 1)
    yield f"stop:{_bucket(stops, (0.01, 0.1, 0.2, 0.3, 0.4, 0.5))}:{size}"
    yield f"sents:{_bucket(len(_INNER_SENTENCES.findall(line.text[:2000])), (1, 2, 3, 5))}"
    raw = [word for word in _WORD.findall(text) if len(word) >= _CONTENT]
    capital = sum(word[0].isupper() for word in raw) / (len(raw) or 1)
    yield f"caps:{_bucket(capital, (0.01, 0.15, 0.4, 0.7, 0.99))}:{size}"
    if text.isupper():
        yield f"upper:{size}"
    if text[0].islower():
        yield "lower_start"
    if any(c.isdigit() for c in text):
        yield f"digit:{size}"
    groups = {GROUP_OF_WORD[word] for word in line.words[:_WORD_REACH] if word in GROUP_OF_WORD}
    cues = [*sorted(groups), *(name for name, pattern in PATTERNS if pattern.search(text))]
    wide = _bucket(count, (6, 15, 40))
    for cue in cues:
        yield f"p:{cue}"
        yield f"p:{cue}:{wide}"
    if count <= _FEW_WORDS:
        for word in sorted(set(line.words)):
            yield f"w:{word}"


def _bucket(value: float, edges: Sequence[float]) -> int:
    return bisect_right(edges, value)


def describe(lines: Sequence[str], cuts: Sequence[int]) -> list[list[str]]:
    """Name the features of each line, given all lines of the page, stripped and not blank, that are not furniture.

    `cuts` counts the furniture lines before each line, and after the last.
    """
    page = _Page(lines, cuts)
    return [list(page.features(index)) for index in range(len(lines))]


def _read(text: str) -> _Line:
    """Read a line without the agency's credit at its end, which would make a caption of it."""
    credit = credit_at_end(text)
    if credit:
        text = text[: credit.span.start]
    words = tuple(word.lower() for word in _WORD.findall(text))
    content = tuple(word for word in words if len(word) >= _CONTENT and word not in _STOP_WORDS)
    return _Line(text, words, content, bool(_SENTENCE_END.search(text[-60:])))
