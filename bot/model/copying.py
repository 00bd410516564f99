"""Writing that is mostly copying: greedy, held to an automaton, with the source itself as the draft.

After each token the source's own continuation is drafted and tried in one pass of the model, and what the model would
have chosen anyway is taken at once: "Inference with Reference" (Yang et al. 2023), prompt lookup decoding. What comes
out is, token by token, what the model writes without drafts. It knows no kind of model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from bot.model.automaton import Automaton, State
    from bot.model.passes import Passes

_SUFFIX = 8
"""Tokens of what was written by which the place in the source is looked for, at most."""


@dataclass(slots=True)
class Text:
    """A text that is being written: `most` tokens at most, by `automaton`, with `source` as the draft."""

    automaton: Automaton
    source: Sequence[int]
    most: int
    written: list[int] = field(default_factory=list)
    finished: bool = False
    log_probability: float = 0.0
    """Of all tokens chosen so far, the stop included, among those that were allowed."""
    state: State = field(init=False)
    _place: int = -1

    def __post_init__(self) -> None:
        self.state = self.automaton.start

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be written."""
        return self.finished or len(self.written) >= self.most or not self.state.allowed

    def choose(self, token: int, log_probability: float) -> None:
        """Go on with `token`."""
        self.log_probability += log_probability
        if self.automaton.is_stop(token):
            self.finished = True
            return
        following = self.automaton.step(self.state, token)
        if following is None:
            message = "a token that was not allowed"
            raise ValueError(message)
        self.state = following
        self.written.append(token)
        self._place = self._found()

    def draft(self, depth: int) -> list[tuple[int, State]]:
        """Guess at most `depth` tokens and the states after them: the source goes on, or nothing else is allowed."""
        drafted: list[tuple[int, State]] = []
        state, place = self.state, self._place + 1
        for _ in range(min(depth, self.most - len(self.written) - 1)):
            copied = self.source[place] if place < len(self.source) else None
            token = state.allowed[0] if len(state.allowed) == 1 else copied
            following = self.automaton.step(state, token) if token is not None and not self._stops(token) else None
            if token is None or following is None:
                break
            drafted.append((token, following))
            state, place = following, place + 1 if token == copied else len(self.source)
        return drafted

    def _stops(self, token: int) -> bool:
        return self.automaton.is_stop(token)

    def _found(self) -> int:
        """Where the source was last copied from: the longest match, and of equals the next one forward."""
        last = self.written[-1]
        places = [place for place, token in enumerate(self.source) if token == last]
        return max(
            places, key=lambda place: (self._match(place), place > self._place, -place), default=len(self.source)
        )

    def _match(self, place: int) -> int:
        length = 0
        while length < min(_SUFFIX, place + 1, len(self.written)):
            if self.source[place - length] != self.written[-1 - length]:
                break
            length += 1
        return length


def write(
    passes: Passes, prefix: tuple[int, ...], rests: Sequence[Sequence[int]], texts: Sequence[Text], depth: int
) -> None:
    """Write all `texts`, each after `prefix` and its own of `rests`; `depth` tokens are drafted at most."""
    begun = [(text, rest) for text, rest in zip(texts, rests, strict=True) if not text.is_over]
    if not begun:
        return
    going = [text for text, _ in begun]
    allowed = _Allowed(going)
    logits = passes.begin(prefix, [rest for _, rest in begun], allowed.columns)
    for text, choice in zip(going, allowed.best(logits, [text.state for text in going]), strict=True):
        text.choose(*choice)
    while kept := [index for index, text in enumerate(going) if not text.is_over]:
        if len(kept) < len(going):
            passes.select(kept)
            going = [going[index] for index in kept]
        passes.keep(_pass(passes, going, allowed, depth))


def _pass(passes: Passes, texts: Sequence[Text], allowed: _Allowed, depth: int) -> list[int]:
    """Feed each text's last token with a draft after it; gives how many of them hold."""
    drafts = [text.draft(depth) for text in texts]
    fed = [[text.written[-1], *(token for token, _ in draft)] for text, draft in zip(texts, drafts, strict=True)]
    states = [
        state
        for text, draft in zip(texts, drafts, strict=True)
        for state in (text.state, *(after for _, after in draft))
    ]
    best = allowed.best(passes.feed(fed), states)
    held = []
    for text, row in zip(texts, fed, strict=True):
        choices = [next(best) for _ in row]
        held.append(_accept(text, row[1:], choices))
    return held


def _accept(text: Text, drafted: Sequence[int], choices: Sequence[tuple[int, float]]) -> int:
    """Take the choices up to the first that was not drafted; gives how many of the tokens fed hold."""
    for index, (token, log_probability) in enumerate(choices):
        text.choose(token, log_probability)
        if index == len(drafted) or token != drafted[index] or text.is_over:
            return index + 1
    return len(choices)


class _Allowed:
    """The tokens that may come in any of `texts`, as columns of the logits that are asked for."""

    def __init__(self, texts: Sequence[Text]) -> None:
        import torch  # noqa: PLC0415  loading torch takes seconds

        self._torch = torch
        self._tokens = sorted(frozenset().union(*(text.automaton.tokens for text in texts)))
        self._column = {token: column for column, token in enumerate(self._tokens)}
        self.columns = torch.tensor(self._tokens)

    def best(self, logits: Tensor, states: Sequence[State]) -> Iterator[tuple[int, float]]:
        """For each row of `logits`, the likeliest token that is allowed, and its log-probability among these."""
        torch = self._torch
        column = self._column
        flat = [index * len(column) + column[token] for index, state in enumerate(states) for token in state.allowed]
        masked = torch.full_like(logits, -torch.inf).view(-1)
        places = torch.tensor(flat)
        masked[places] = logits.reshape(-1)[places]
        values, columns = masked.view_as(logits).log_softmax(-1).max(-1)
        for value, chosen in zip(values.tolist(), columns.tolist(), strict=True):
            yield self._tokens[chosen], value
