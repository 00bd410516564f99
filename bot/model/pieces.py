"""What may be written about a text when nothing may be added: its own words, and a few small words of grammar.

Names, amounts, quotations and what stands in brackets are written whole or not at all; a word may stand as often as it
does in the text, so that nothing repeats itself. It knows text only: `bot.model.automaton` makes tokens of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text.capitals import runs
from bot.text.clause import clause
from bot.text.marks import find_quotations
from bot.text.numbers import amounts
from bot.text.segment import segment
from bot.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.article import Article

_ADDED = "a an the is are was were be been has have had of in on at to for from by with as and that said".split()
"""Words that may be added: none of them denies, doubts or compares."""
_OPENERS, _CLOSERS, _STOPS = "\"'“‘«„([{", "\"'”’»“)]}", ",.;:!?…–—-"
_STANDALONE = "–—-"
"""Marks that may stand between spaces."""
_CHUNK = re.compile(r"\S+")
_PARTS = re.compile(rf"([{re.escape(_OPENERS)}]*)(.*?)((?<=s)['’])?([{re.escape(_CLOSERS + _STOPS)}]*)", re.DOTALL)
"""Opening marks, the word, the apostrophe of a plural's possessive, marks that follow."""
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|vs)\.")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_END = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*$")
_LONGEST_WHOLE = 60
"""Chunks that are held together at most; a longer quotation is treated as words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that may be written, at most `times` times, in any of several ways.

    `inside` are the ways after another piece, `opening` those that begin the sentence, with a capital where the text
    has one; marks that belong to it are part of each.
    """

    inside: tuple[str, ...]
    opening: tuple[str, ...]
    times: int


@dataclass(slots=True)
class _Ways:
    inside: dict[str, None] = field(default_factory=dict)
    times: int = 0

    def add(self, inside: Iterable[str]) -> None:
        self.inside.update(dict.fromkeys(inside))
        self.times += 1

    def piece(self, *, capitals: bool) -> Piece:
        words = [way for way in self.inside if any(letter.isalnum() for letter in way)]
        opening = [_capitalised(way) for way in words] if capitals else words
        return Piece(tuple(self.inside), tuple(dict.fromkeys(opening)), self.times)


def pieces(text: str) -> tuple[Piece, ...]:
    """Find what may be written about `text`; white space in it counts as one space."""
    article = segment(" ".join(text.split()))
    chunks = [Span(*match.span()) for match in _CHUNK.finditer(article.text)]
    found: dict[str, _Ways] = {}
    names = [(first, last) for first, last in _over(_held(article), chunks) if first < last]
    quoted = list(_over(_marked(article), chunks))
    for first, last in (*names, *quoted):
        stretch = article.text[chunks[first].start : chunks[last].end]
        found.setdefault(stretch, _Ways()).add(_ways(stretch))
    unfree, unmarked = _indices(names), _indices(quoted)
    lowered = _lowered(article)
    for index, chunk in enumerate(chunks):
        if index not in unfree:
            word = chunk.of(article.text)
            word = word.lower() if chunk.start in lowered else word
            key = (_parts(word)[1] or word).casefold()
            found.setdefault(key, _Ways()).add(_ways(word, unmarked=index in unmarked))
    for word in _ADDED:
        found.setdefault(word, _Ways()).add([word])
    capitals = not article.text[:1].islower()
    return tuple(ways.piece(capitals=capitals) for ways in found.values())


def may_end(way: str) -> bool:
    """Tell whether a sentence may end with this way of writing a piece."""
    return _END.search(way) is not None


def _held(article: Article) -> list[Span]:
    """Names and amounts: none of their words stands alone."""
    cut = tokens(article.text)
    found = [Span(cut[amount.start].start, cut[amount.end - 1].end) for amount in amounts(cut)]
    return [*(run.span for run in runs(article)), *found]


def _marked(article: Article) -> list[Span]:
    """Quotations and brackets: their words stand alone too, but without their marks."""
    brackets = [Span(*match.span()) for match in _BRACKETS.finditer(article.text)]
    return [*(quotation.outer for quotation in find_quotations(article)), *brackets]


def _over(spans: Iterable[Span], chunks: Sequence[Span]) -> Iterator[tuple[int, int]]:
    for span in spans:
        touched = [index for index, chunk in enumerate(chunks) if chunk.overlaps(span)]
        if touched and len(touched) <= _LONGEST_WHOLE:
            yield touched[0], touched[-1]


def _indices(stretches: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(index for first, last in stretches for index in range(first, last + 1))


def _lowered(article: Article) -> frozenset[int]:
    """Where the first words of sentences stand that get a small letter inside of one: all but names."""
    firsts = [(sentence.span.start, clause(sentence.span.of(article.text))) for sentence in article.sentences]
    return frozenset(
        start + parsed.tokens[0].start
        for start, parsed in firsts
        if parsed.nodes and parsed.nodes[0].tag != "NNP" and parsed.tokens[0].text.istitle()
    )


def _ways(written: str, *, unmarked: bool = False) -> list[str]:
    """Write a word or stretch as it stands, with other marks after it, and without the marks around it."""
    opens, core, marks = _parts(written)
    if not core:
        return [] if unmarked or marks.strip(_STANDALONE) else [written]
    closes = "".join(mark for mark in marks if mark in _CLOSERS)
    stops = marks.strip(_CLOSERS)
    bare = [core + end for end in ("", ",", ".", stops) if not core.endswith(end or "\n")]
    if unmarked or not (opens or closes):
        return bare
    ends = (closes, f",{closes}", f".{closes}", f"{closes},", f"{closes}.", marks)
    return [*(opens + core + end for end in ends), *bare]


def _parts(written: str) -> tuple[str, str, str]:
    """The marks before the word, the word, the marks after it; the full stop of an abbreviation belongs to it."""
    match = _PARTS.fullmatch(written)
    if match is None:
        return "", written, ""
    opens, core, possessive, marks = match.groups(default="")
    core += possessive
    if _ABBREVIATION.fullmatch(f"{core}.") and marks.startswith("."):
        return opens, f"{core}.", marks[1:]
    return opens, core, marks


def _capitalised(way: str) -> str:
    return way[:1].upper() + way[1:] if way.islower() else way
