"""What a model is asked to write, what it drafts, and what every way of decoding offers. It knows no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.base import Task
    from bot.model.prompts import Prompt

UNFILLED: Final = {"text": "", "words": "999"}
"""Fills a prompt where only the room that it takes by itself is asked."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One text to write: what `prompt` says about `text`, in at most `most` tokens.

    `words` is the number of words that is asked for, where the prompt names one. With `copies` the words of the text
    and function words are all that may be written.
    """

    prompt: Prompt
    text: str
    most: int
    words: int | None = None
    copies: bool = False

    @property
    def variables(self) -> dict[str, str]:
        """What the prompt is filled with."""
        return {"text": self.text} | ({"words": str(self.words)} if self.words is not None else {})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote; `finished` tells that it came to an end by itself.

    `score` is the logarithm of its probability, at most 0; 0 where none is known. Drafts are not told apart by a mean
    over their tokens: one that strays once, in a long sentence, would pass for likely.
    """

    text: str
    finished: bool
    score: float = 0.0


class Drafter(Protocol):
    """A loaded model that writes drafts; see `bot.model.generation.Generator`."""

    @property
    def decoding(self) -> str:
        """The way of decoding, part of a cache key."""
        ...

    @property
    def tasks(self) -> frozenset[Task]:
        """What the model is good at."""
        ...

    def count(self, text: str) -> int:
        """Count the tokens of `text` alone."""
        ...

    def room(self, prompt: Prompt) -> int:
        """Count the tokens that a text may have beside `prompt`; below 1 for none."""
        ...

    def generate(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        """Write for all `asks` as one batch; the likeliest draft of each comes first."""
        ...
