"""Cut a list of sentences into windows that fit a model's input. It knows no model, only how to count tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Count = Callable[[str], int]


def windows(sources: Sequence[str], budget: int, count: Count) -> list[tuple[str, ...]]:
    """Group `sources`, in order, into as few windows as fit `budget` tokens each.

    A sentence that is longer than a whole window is cut at white space.
    """
    grouped: list[list[str]] = []
    room = 0
    for source in sources:
        for piece in _pieces(source, budget, count):
            tokens = count(piece)
            if not grouped or tokens > room:
                grouped.append([])
                room = budget
            grouped[-1].append(piece)
            room -= tokens
    return [tuple(window) for window in grouped]


def _pieces(source: str, budget: int, count: Count) -> list[str]:
    """Halve `source` at white space until every piece fits; one word that does not is left out."""
    if count(source) <= budget:
        return [source]
    words = source.split()
    if len(words) < 2:  # noqa: PLR2004  a pair is what can be halved
        return []
    middle = len(words) // 2
    halves = " ".join(words[:middle]), " ".join(words[middle:])
    return [piece for half in halves for piece in _pieces(half, budget, count)]
