"""Lay a statement's words beside the words of its evidence, as one who checks a copy would.

Each word of the statement gets at most one place in the evidence. Among all ways the cheapest is taken (Viterbi):
copying on costs nothing, a jump forward little, a jump back more, a word without a place most. It knows nothing
of meaning; `verify` decides what a jump or a missing word says.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.text.tokens import Token

_JUMP = 1.0
_BACK = 2.0
_FAR = 0.02
_NO_PLACE = 4.0
_NO_PLACE_FUNCTION = 0.9
_MAX_PLACES = 40
"""Places of one word in the evidence that are tried: it bounds the time on a text of one word repeated."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of the statement `[start, end)` that stands unbroken in the evidence from `source` on (token indices)."""

    start: int
    end: int
    source: int

    @property
    def source_end(self) -> int:
        """The index after its last token in the evidence."""
        return self.source + self.end - self.start


def align(statement: Sequence[Token], evidence: Sequence[Token]) -> list[int | None]:
    """Give for each token of `statement` its index in `evidence`, or None where it has no place."""
    places = _places(evidence)
    columns: list[list[tuple[int | None, int, float, int]]] = []
    # A state: (place or None, the last place before or at it, cost so far, index of the state before).
    states: list[tuple[int | None, int, float, int]] = [(None, -1, 0.0, -1)]
    for token in statement:
        states = _step(token, places.get(token.stem, ()), states)
        columns.append(states)
    return _trace(columns)


def _places(evidence: Sequence[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, token in enumerate(evidence):
        if len(places[token.stem]) < _MAX_PLACES:
            places[token.stem].append(index)
    return places


def _step(
    token: Token, places: Sequence[int], states: list[tuple[int | None, int, float, int]]
) -> list[tuple[int | None, int, float, int]]:
    found: list[tuple[int | None, int, float, int]] = []
    for place in places:
        cost, before = min((state[2] + _move(state[1], place), index) for index, state in enumerate(states))
        found.append((place, place, cost, before))
    skip = _NO_PLACE if token.is_content else _NO_PLACE_FUNCTION
    cheapest = min(range(len(states)), key=lambda index: states[index][2])
    found.append((None, states[cheapest][1], states[cheapest][2] + skip, cheapest))
    return found


def _move(last: int, place: int) -> float:
    step = place - last
    if step == 1:
        return 0.0
    if last < 0:
        return _FAR * min(place, 10)
    return (_JUMP if step > 1 else _BACK) + _FAR * min(abs(step), 25)


def _trace(columns: list[list[tuple[int | None, int, float, int]]]) -> list[int | None]:
    links: list[int | None] = [None] * len(columns)
    if not columns:
        return links
    index = min(range(len(columns[-1])), key=lambda state: columns[-1][state][2])
    for position in range(len(columns) - 1, -1, -1):
        place, _, _, before = columns[position][index]
        links[position] = place
        index = before
    return links


def fragments(links: Sequence[int | None]) -> tuple[Fragment, ...]:
    """The unbroken runs of an alignment, in the statement's order; words without a place end a run."""
    runs: list[Fragment] = []
    for position, place in enumerate(links):
        if place is None:
            continue
        last = runs[-1] if runs else None
        if last is not None and last.end == position and last.source_end == place:
            runs[-1] = Fragment(last.start, position + 1, last.source)
        else:
            runs.append(Fragment(position, position + 1, place))
    return tuple(runs)
