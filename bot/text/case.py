"""A statement laid beside its evidence, and what can be wrong with it: the values that the gate's checks share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from bot.text.align import align
from bot.text.clause import Clause, clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.text.tokens import Token


class ProblemKind(StrEnum):
    """What is wrong with a statement."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    WORD = "word"
    QUOTE = "quote"
    NEGATION = "negation"
    RESERVE = "reserve"
    ATTRIBUTION = "attribution"
    ROLE = "role"
    """The doer of a deed, or whom or what it is done to."""
    LINK = "link"
    """Any other words that belong together: a name and its title, a deed and its time or place."""
    PRONOUN = "pronoun"
    CUT = "cut"
    """Words left out without which the rest says something else."""
    FORM = "form"
    """Words that are no sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the evidence does not say; `words` are the statement's or the evidence's words at fault."""

    kind: ProblemKind
    words: str

    @property
    def reason(self) -> str:
        """The problem as one plain sentence."""
        return _REASONS[self.kind].format(self.words)


_REASONS = {
    ProblemKind.EMPTY: "There is nothing to check.",
    ProblemKind.NUMBER: "The article does not give the number “{}” like this.",
    ProblemKind.DATE: "The article does not give the time “{}” here.",
    ProblemKind.NAME: "The article does not name “{}” here.",
    ProblemKind.WORD: "The article does not say “{}” here.",
    ProblemKind.QUOTE: "The article does not have the quoted words “{}”.",
    ProblemKind.NEGATION: "“{}” makes the difference between yes and no, and only one of the two has it.",
    ProblemKind.RESERVE: "The article and the statement are not equally certain: “{}”.",
    ProblemKind.ATTRIBUTION: "The article has someone say this (“{}”); the statement gives it as a fact.",
    ProblemKind.ROLE: "The article has other people or things do this: “{}”.",
    ProblemKind.LINK: "The article does not join these words like this: “{}”.",
    ProblemKind.PRONOUN: "It is not clear whom “{}” means.",
    ProblemKind.CUT: "Without “{}” the statement says something else.",
    ProblemKind.FORM: "The words are not a whole sentence: “{}”.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A statement beside its evidence: `links[i]` is the place of its token i among the evidence's tokens."""

    statement: Clause
    texts: tuple[str, ...]
    sources: tuple[Clause, ...]
    evidence: tuple[Token, ...]
    links: tuple[int | None, ...]
    context: str

    def source_of(self, place: int) -> tuple[Clause, int]:
        """The evidence sentence in which a token stands, and the token's index there."""
        for source in self.sources:
            if place < len(source.tokens):
                return source, place
            place -= len(source.tokens)
        raise IndexError(place)

    @classmethod
    def of(cls, statement: Clause, evidence: Sequence[str], context: str) -> Self:
        """Parse the evidence and give each word of the statement its place in it."""
        sources = tuple(map(clause, evidence))
        flat = tuple(token for source in sources for token in source.tokens)
        return cls(statement, tuple(evidence), sources, flat, tuple(align(statement.tokens, flat)), context)


def written(cut: Iterable[Token]) -> str:
    """The words and marks of some tokens, spaced as they were."""
    text, end = "", None
    for token in cut:
        text += token.text if token.start == end or not text else " " + token.text
        end = token.end
    return text
