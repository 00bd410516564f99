"""What the rest of Verbatim knows of a model: two small protocols and the request to a writer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Sentences to unit vectors whose dot product says how alike they are in meaning."""

    @property
    def name(self) -> str:
        """A stable name of the weights, part of every cache key."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`: shape (len(texts), dimensions), each row of length 1; (0, dimensions) for none."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a passage may answer a question, token by token.

    `starts` and `ends` are the tokens' offsets in the passage; `opens` and `closes` say how much likelier it is that
    the answer starts or ends with the token than that there is none (differences of logits).
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    opens: NDArray[np.float32]
    closes: NDArray[np.float32]


class Reader(Protocol):
    """A model that marks where in a passage a question is answered."""

    @property
    def name(self) -> str:
        """A stable name of the weights, part of every cache key."""
        ...

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage for the question, in order; a long passage is read as far as the model can."""
        ...


class Task(StrEnum):
    """What a writer is asked to do; each has a prompt of this name in prompts/."""

    SHORTEN = "shorten"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """Something to write from source sentences of an article, in their order."""

    task: Task
    sources: tuple[str, ...]


class Writer(Protocol):
    """A model that rewrites sentences. What it says is shown only after the gate has checked it."""

    @property
    def name(self) -> str:
        """A stable name of the weights and the way of decoding, part of every cache key."""
        ...

    @property
    def tasks(self) -> frozenset[Task]:
        """What it is good at: a summariser is asked for nothing but summaries."""
        ...

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        """Write for each request some candidates, the likeliest first; an empty tuple where it cannot."""
        ...
