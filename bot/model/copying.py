"""Writing that is mostly copying: greedy, held to an automaton, with the source itself as the draft.

After each token the source's own continuation is drafted and tried in one pass of the model, and what the model would
have chosen anyway is taken at once: "Inference with Reference" (Yang et al. 2023), prompt lookup decoding. What comes
out is, token by token, what the model writes without drafts. Where the model was least sure, others are written from
there with its second choice. It knows no kind of model.
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
_LIKELY = -4.0
"""Logarithm of how likely another choice must be for a text to be written from it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest token, and the next; with their log-probabilities among those that were allowed."""

    token: int
    log_probability: float
    other: int
    other_log_probability: float


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a text could have gone on in another way: after so many tokens, with this one."""

    log_probability: float
    written: int
    token: int
    token_log_probability: float


@dataclass(slots=True)
class Text:
    """A text that is being written: `most` tokens at most, by `automaton`, with `source` as the draft."""

    automaton: Automaton
    source: Sequence[int]
    most: int
    written: list[int] = field(default_factory=list)
    finished: bool = False
    state: State = field(init=False)
    log_probabilities: list[float] = field(default_factory=list)
    """Of each token chosen so far, the stop included, among those that were allowed."""
    _turns: list[_Turn] = field(default_factory=list)
    _place: int = -1

    def __post_init__(self) -> None:
        self.state = self.automaton.start

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be written."""
        return self.finished or len(self.written) >= self.most or not self.state.allowed

    @property
    def score(self) -> float:
        """The log-probability of all that was chosen so far."""
        return sum(self.log_probabilities)

    def choose(self, choice: Choice) -> None:
        """Go on with the likeliest token; the next is remembered."""
        so_far = self.score + choice.other_log_probability
        if so_far > _LIKELY:
            self._turns.append(_Turn(so_far, len(self.written), choice.other, choice.other_log_probability))
        self.take(choice.token, choice.log_probability)

    def take(self, token: int, log_probability: float) -> None:
        """Go on with `token`, which must be allowed."""
        self.log_probabilities.append(log_probability)
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

    def others(self, count: int) -> list[tuple[int, Text]]:
        """Begin at most `count` other texts where another choice was likeliest; gives after how many tokens, too."""
        turns = sorted(self._turns, key=lambda turn: turn.log_probability, reverse=True)[:count]
        return [(turn.written, self._turned(turn)) for turn in turns]

    def _turned(self, turn: _Turn) -> Text:
        other = Text(self.automaton, self.source, self.most)
        for token, log_probability in zip(self.written[: turn.written], self.log_probabilities, strict=False):
            other.take(token, log_probability)
        other.take(turn.token, turn.token_log_probability)
        return other

    def draft(self, depth: int) -> list[tuple[int, State]]:
        """Guess at most `depth` tokens and the states after them: the source goes on, or nothing else is allowed."""
        drafted: list[tuple[int, State]] = []
        state, place = self.state, self._place + 1
        for _ in range(min(depth, self.most - len(self.written) - 1)):
            copied = self.source[place] if place < len(self.source) else None
            token = state.allowed[0] if len(state.allowed) == 1 else copied
            if token is None or self.automaton.is_stop(token):
                break
            following = self.automaton.step(state, token)
            if following is None:
                break
            drafted.append((token, following))
            state, place = following, place + 1 if token == copied else len(self.source)
        return drafted

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
    passes: Passes,
    prefix: Sequence[int],
    rests: Sequence[Sequence[int]],
    texts: Sequence[Text],
    depth: int,
    others: int,
) -> list[list[Text]]:
    """Write all `texts`, each after `prefix` and its own of `rests`; at most `depth` tokens are drafted at once.

    Gives, for each, at most so many `others` that begin as it does.
    """
    begun = [index for index, text in enumerate(texts) if not text.is_over]
    if not begun:
        return [[] for _ in texts]
    going = [texts[index] for index in begun]
    allowed = _Allowed(going)
    logits = passes.begin(tuple(prefix), [rests[index] for index in begun], allowed.columns)
    for text, choice in zip(going, allowed.best(logits, [text.state for text in going]), strict=True):
        text.choose(choice)
    _go_on(passes, going, allowed, depth)
    branches = [
        (row, len(prefix) + len(rests[index]) + written, other)
        for row, index in enumerate(begun)
        for written, other in texts[index].others(others)
    ]
    if branches:
        passes.fork([row for row, _, _ in branches], [length for _, length, _ in branches])
        _go_on(passes, [other for _, _, other in branches], allowed, depth)
    return [[other for row, _, other in branches if begun[row] == index] for index in range(len(texts))]


def _go_on(passes: Passes, texts: Sequence[Text], allowed: _Allowed, depth: int) -> None:
    """Write until all are over: each pass feeds the last token with a draft after it."""
    while not all(text.is_over for text in texts):
        drafts = [[] if text.is_over else text.draft(depth) for text in texts]
        fed = [
            [] if text.is_over else [text.written[-1], *(token for token, _ in draft)]
            for text, draft in zip(texts, drafts, strict=True)
        ]
        states = [
            state
            for text, draft in zip(texts, drafts, strict=True)
            if not text.is_over
            for state in (text.state, *(after for _, after in draft))
        ]
        best = allowed.best(passes.feed(fed), states)
        passes.keep([_accept(text, row[1:], [next(best) for _ in row]) for text, row in zip(texts, fed, strict=True)])


def _accept(text: Text, drafted: Sequence[int], choices: Sequence[Choice]) -> int:
    """Take the choices up to the first that was not drafted; gives how many of the tokens fed hold."""
    for index, choice in enumerate(choices):
        text.choose(choice)
        if index == len(drafted) or choice.token != drafted[index] or text.is_over:
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

    def best(self, logits: Tensor, states: Sequence[State]) -> Iterator[Choice]:
        """For each row of `logits`, the likeliest tokens that are allowed."""
        torch, column = self._torch, self._column
        places = torch.tensor(
            [index * len(column) + column[token] for index, state in enumerate(states) for token in state.allowed]
        )
        masked = torch.full_like(logits, -torch.inf).view(-1)
        masked[places] = logits.reshape(-1)[places]
        values, columns = masked.view_as(logits).log_softmax(-1).topk(min(2, len(column)))
        for (value, *other), (chosen, *second) in zip(values.tolist(), columns.tolist(), strict=True):
            yield Choice(self._tokens[chosen], value, self._tokens[(second or [chosen])[0]], (other or [-torch.inf])[0])
