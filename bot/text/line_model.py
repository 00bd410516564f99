"""Tell which lines of a pasted page are the article: a linear-chain model over what `line_features` sees.

A line is before the article (head), in it (body), between its parts (aside), or behind it: the first line behind
(break) and the rest (tail). The path through these with the highest score is found by Viterbi's algorithm; a page has
at least one body line. The model is a conditional random field (Lafferty, McCallum and Pereira 2001), trained by
`bot.training.clean`; its weights are data, read once, on first use.
"""

from __future__ import annotations

import json
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from bot.text.furniture import is_furniture
from bot.text.line_features import describe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Part(IntEnum):
    """Where a line stands in a page."""

    HEAD = 0
    BODY = 1
    ASIDE = 2
    BREAK = 3
    TAIL = 4


FOLLOWERS = {
    Part.HEAD: (Part.HEAD, Part.BODY),
    Part.BODY: (Part.BODY, Part.ASIDE, Part.BREAK),
    Part.ASIDE: (Part.ASIDE, Part.BODY),
    Part.BREAK: (Part.TAIL,),
    Part.TAIL: (Part.TAIL,),
}
"""What may follow what: after the break nothing is body again."""

FIRST = (Part.HEAD, Part.BODY)
LAST = (Part.BODY, Part.BREAK, Part.TAIL)
_NEVER = float("-inf")


class LineModel(NamedTuple):
    """The weights of each feature for each part, and of each step from one part to another."""

    weights: Mapping[str, Sequence[float]]
    transitions: Sequence[Sequence[float]]

    def path(self, names: Sequence[Sequence[str]]) -> list[Part]:
        """Find the best parts for lines of which the features are given."""
        return _best_path([self._scores(line) for line in names], self.transitions)

    def _scores(self, line: Sequence[str]) -> list[float]:
        rows = [row for name in line if (row := self.weights.get(name))]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(Part)


@lru_cache(maxsize=1)
def _model() -> LineModel:
    data = json.loads(files("bot.text").joinpath("line_weights.json").read_text(encoding="utf-8"))
    return LineModel(data["weights"], data["transitions"])


def parts_of(lines: Sequence[str]) -> list[Part]:
    """Name the part that each line belongs to, given all lines of a page, stripped and not blank.

    Furniture is an aside wherever it stands; a page of nothing else is taken for a body.
    """
    places, cuts = without_furniture(lines)
    if not places:
        return [Part.BODY] * len(lines)
    parts = [Part.ASIDE] * len(lines)
    for place, part in zip(places, _model().path(describe([lines[at] for at in places], cuts)), strict=True):
        parts[place] = part
    return parts


def without_furniture(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """Give the places of the lines that are not furniture, and how many are left out before each and at the end."""
    places: list[int] = []
    cuts = [0]
    for at, line in enumerate(lines):
        if is_furniture(line):
            cuts[-1] += 1
        else:
            places.append(at)
            cuts.append(0)
    return places, cuts


def _best_path(scores: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]]) -> list[Part]:
    best = [scores[0][part] if part in FIRST else _NEVER for part in Part]
    origins: list[list[Part]] = []
    for row in scores[1:]:
        origin = [_origin(best, transitions, part) for part in Part]
        best = [best[before] + transitions[before][part] + row[part] for part, before in zip(Part, origin, strict=True)]
        origins.append(origin)
    path = [max(LAST, key=lambda part: best[part])]
    for origin in reversed(origins):
        path.append(origin[path[-1]])
    return path[::-1]


def _origin(best: Sequence[float], transitions: Sequence[Sequence[float]], part: Part) -> Part:
    """Give the part before `part` on the best path to it."""
    return max(
        (before for before in Part if part in FOLLOWERS[before]),
        key=lambda before: best[before] + transitions[before][part],
    )
