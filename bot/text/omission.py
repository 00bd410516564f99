"""A source sentence, what a statement keeps of it, and the gaps between: what the checks of a shortening share.

A gap is a run of words that were left out. It is *set off* where marks close it off from the words kept on both sides,
as the commas of an apposition do, and holds no clause that stands by itself. This module knows nothing of meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.case import Case
    from bot.text.clause import Clause

FINITE = frozenset("VBD VBZ VBP MD".split())
NOMINAL = frozenset("NN NNS NNP JJ CD DT PRP$ POS VBN VBG RB".split())
"""Tags of the words that a noun phrase is made of."""
_MARKS = frozenset(", ; : ( ) – — -- [ ]".split())
_ENDS = frozenset(". ! ? ” \" ’ '".split())
_SUBORDINATES = frozenset(
    "who which whose whom that where when while after before as because since although though until if unless whether "
    "how what why and but or once so than".split()
)
SAYS = frozenset("said says told adds added believes thinks thought knew knows".split())
"""Verbs whose own clause may follow without a word that opens it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The tokens `[first, end)` of a source sentence that were left out; `put_in` is what stands there instead."""

    first: int
    end: int
    put_in: tuple[str, ...]


@dataclass(frozen=True)
class Shortening:
    """A source sentence and the tokens that a statement keeps of it, by their index, in the order of the source."""

    source: Clause
    kept: frozenset[int]
    gaps: tuple[Gap, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens of the source in lower case."""
        return tuple(token.lower for token in self.source.tokens)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags of the source's tokens."""
        return tuple(node.tag for node in self.source.nodes)

    def word(self, index: int) -> str:
        """The token at `index` in lower case, or the empty string outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def tag(self, index: int) -> str:
        """The tag at `index`, or the empty string outside the sentence."""
        return self.tags[index] if 0 <= index < len(self.tags) else ""

    def text(self, gap: Gap) -> str:
        """The words of a gap, as the statement's reader is told of them."""
        return " ".join(token.text for token in self.source.tokens[gap.first : gap.end][:_TOLD])

    def holds_verb(self, gap: Gap) -> bool:
        """Tell whether a finite verb was left out."""
        return any(tag in FINITE for tag in self.tags[gap.first : gap.end])

    def is_set_off(self, gap: Gap) -> bool:
        """Tell whether marks or the sentence's edges close a gap off, and each verb in it has its subordinator."""
        before, last = self.word(gap.first - 1), self.word(gap.end - 1)
        opens = gap.first == 0 or self.words[gap.first] in _MARKS or before in _MARKS
        closes = self.is_last(gap) or last in _MARKS or self.word(gap.end) in _MARKS
        return opens and closes and not self._holds_main_clause(gap)

    def is_opening(self, index: int) -> bool:
        """Tell whether a token stands in a gap that opens the sentence."""
        return bool(self.gaps) and self.gaps[0].first == 0 and index < self.gaps[0].end

    def is_last(self, gap: Gap) -> bool:
        """Tell whether nothing but closing marks follows a gap."""
        return all(word in _ENDS for word in self.words[gap.end :])

    def _holds_main_clause(self, gap: Gap) -> bool:
        inside = range(gap.first, gap.end)
        verbs = sum(self.tags[at] in FINITE for at in inside)
        return verbs > sum(self.words[at] in _SUBORDINATES or self.words[at] in SAYS for at in inside)


_TOLD = 8


def shortenings(case: Case) -> Iterator[Shortening]:
    """What a statement keeps of each evidence sentence of which it keeps a word of matter."""
    start = 0
    for source in case.sources:
        end = start + len(source.tokens)
        links = [None if place is None or not start <= place < end else place - start for place in case.links]
        if any(place is not None and source.tokens[place].is_content for place in links):
            places = _completed(links, case, source)
            kept = _opened_left(source, {place for place in places if place is not None})
            yield Shortening(source, kept, tuple(_gaps(source, kept, case, places)))
        start = end


def _completed(links: Sequence[int | None], case: Case, source: Clause) -> list[int | None]:
    """Give a word without a place the same word's between its neighbours', where there is one."""
    places = list(links)
    bounds = [(-1, -1), *((at, place) for at, place in enumerate(links) if place is not None)]
    for (at, place), (after, following) in pairwise([*bounds, (len(links), len(source.tokens))]):
        free = following
        for open_at in range(after - 1, at, -1):
            word = case.statement.tokens[open_at].lower
            same = [one for one in range(place + 1, free) if source.tokens[one].lower == word]
            if same and case.links[open_at] is None:
                places[open_at] = free = same[-1]
    return places


def _opened_left(source: Clause, kept: set[int]) -> frozenset[int]:
    """Let a gap begin with the word that opens a phrase: "in [Leeds in] May" is "[in Leeds] in May"."""
    words = [token.lower for token in source.tokens]
    first = 0
    while first < len(words):
        if first in kept:
            first += 1
            continue
        end = next((at for at in range(first, len(words)) if at in kept), len(words))
        at, last = first, end
        while at - 1 in kept and words[at - 1] == words[last - 1] and source.nodes[at - 1].tag in _OPENERS:
            at, last = at - 1, last - 1
            kept = (kept - {at}) | {last}
        first = end
    return frozenset(kept)


_OPENERS = frozenset("IN TO CC DT WDT WP PUNCT".split())


def _gaps(source: Clause, kept: frozenset[int], case: Case, places: Sequence[int | None]) -> Iterator[Gap]:
    said = {place: at for at, place in enumerate(places) if place is not None}
    for left, right in pairwise([-1, *sorted(kept), len(source.tokens)]):
        if right - left > 1 and any(token.is_word for token in source.tokens[left + 1 : right]):
            first, end = said.get(left, -1) + 1, said.get(right, len(places))
            put_in = (case.statement.tokens[at] for at in range(first, end) if places[at] is None)
            yield Gap(left + 1, right, tuple(token.lower for token in put_in if token.is_word))
