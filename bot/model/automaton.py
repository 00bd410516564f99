"""What may be written next, token by token, when only certain pieces may be written: a trie that is walked.

The pieces' ways of writing are cut into tokens once and laid over one another; a state is a place in the trie and how
often each piece may still be written. Any tokenizer serves that cuts text at white space. It knows no model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.model.pieces import may_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.model.pieces import Piece

_BEFORE = "a"
"""A word put before what is cut into tokens as it stands inside a sentence; its own tokens are taken off again."""


@dataclass(slots=True)
class _Node:
    """A place in the trie. Pieces are bits: those that lie `below`, and those that have an end here."""

    children: dict[int, _Node] = field(default_factory=dict)
    below: int = 0
    ends: int = 0
    may_end: bool = False

    def add(self, tokens: Iterable[int], piece: int, *, may_end: bool) -> None:
        node = self
        for token in tokens:
            node.below |= 1 << piece
            node = node.children.setdefault(token, _Node())
        node.below |= 1 << piece
        node.ends |= 1 << piece
        node.may_end |= may_end


@dataclass(frozen=True, slots=True)
class State:
    """Where a text that is being written stands: a place in the trie, and what may still be written."""

    node: _Node
    left: tuple[int, ...]
    """How often each piece may still be written."""
    open: int
    """The pieces that may still be written, as bits."""
    allowed: tuple[int, ...]
    """The tokens that may come next; none where nothing can."""


class Automaton:
    """All texts that can be made of `pieces`, as tokens of `tokenizer`; `stops` are the tokens that end a text."""

    def __init__(self, pieces: Sequence[Piece], tokenizer: Any, stops: Iterable[int]) -> None:  # noqa: ANN401
        self._inside, opening = _Node(), _Node()
        self._stops = tuple(stops)
        cut = _Cutter(tokenizer)
        for root, ways_of in ((self._inside, [p.inside for p in pieces]), (opening, [p.opening for p in pieces])):
            ways = [(index, way) for index, found in enumerate(ways_of) for way in found]
            cuts = cut([way for _, way in ways], inside=root is self._inside)
            for (index, way), tokens in zip(ways, cuts, strict=True):
                if tokens:
                    root.add(tokens, index, may_end=may_end(way))
        left = tuple(piece.times for piece in pieces)
        self.start = self._state(opening, left, (1 << len(left)) - 1)

    @property
    def tokens(self) -> frozenset[int]:
        """All tokens that may ever come."""
        found, queue = set(self._stops), [self._inside, self.start.node]
        while queue:
            node = queue.pop()
            found.update(node.children)
            queue += node.children.values()
        return frozenset(found)

    def is_stop(self, token: int) -> bool:
        """Tell whether the text is at its end with `token`."""
        return token in self._stops

    def step(self, state: State, token: int) -> State | None:
        """Give the state after `token`, which must not be a stop; None where it may not come."""
        child = state.node.children.get(token)
        if child is not None and child.below & state.open:
            return self._state(child, state.left, state.open)
        ended = state.node.ends & state.open
        child = self._inside.children.get(token) if ended else None
        if child is None:
            return None
        left, still_open = _without(state.left, state.open, ended)
        return self._state(child, left, still_open) if child.below & still_open else None

    def _state(self, node: _Node, left: tuple[int, ...], still_open: int) -> State:
        allowed = [token for token, child in node.children.items() if child.below & still_open]
        ended = node.ends & still_open
        if ended:
            _, after = _without(left, still_open, ended)
            following = self._inside.children.items()
            going_on = frozenset(allowed)
            allowed += [token for token, child in following if child.below & after and token not in going_on]
            allowed += self._stops if node.may_end else ()
        return State(node, left, still_open, tuple(allowed))


def _without(left: tuple[int, ...], still_open: int, ended: int) -> tuple[tuple[int, ...], int]:
    """Take one of the `ended` pieces from what is left: the first."""
    piece = (ended & -ended).bit_length() - 1
    remaining = left[piece] - 1
    if remaining == 0:
        still_open &= ~(1 << piece)
    return (*left[:piece], remaining, *left[piece + 1 :]), still_open


class _Cutter:
    """Cuts ways of writing into tokens, as they come at the start of a text or after a word."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401
        self._tokenizer = tokenizer
        self._special = frozenset(tokenizer.all_special_ids)
        self._before = self._cut([_BEFORE])[0]

    def __call__(self, ways: Sequence[str], *, inside: bool) -> list[list[int]]:
        if not inside:
            return self._cut(ways)
        cuts = self._cut([f"{_BEFORE} {way}" for way in ways])
        skip = len(self._before)
        return [tokens[skip:] if tokens[:skip] == self._before else [] for tokens in cuts]

    def _cut(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut each text; nothing is given for one that the tokenizer has no tokens for, or markup for tokens."""
        if not texts:
            return []
        cuts = self._tokenizer(list(texts), add_special_tokens=False, verbose=False).input_ids
        return [tokens if self._special.isdisjoint(tokens) else [] for tokens in cuts]
