"""The gate: does the evidence say what a statement says? Nothing rewritten is shown unless it does.

Rules, not a model, so that a refusal has a reason: every word of matter, number, name and quoted word of the
statement has its place in the evidence, who does what to whom is the same, and no negation, reserve, condition or
source is lost or added. It is made to stop what is false; a true statement in new words it may stop as well. It
knows nothing of articles: the caller chooses the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from bot.text.attachment import check_attachment
from bot.text.bounds import check_bounds
from bot.text.case import Case, Problem, ProblemKind
from bot.text.certainty import check_conditions, check_modifiers, check_reports, check_reserves
from bot.text.clause import clause
from bot.text.complement import check_complements
from bot.text.fragment import check_fragments
from bot.text.omission import shortenings
from bot.text.referent import check_referents
from bot.text.restriction import check_restrictions
from bot.text.roles import check_order, check_roles
from bot.text.wellformed import check_claim, check_form, check_marks
from bot.text.wording import check_numbers, check_pronouns, check_quotes, check_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Finding", "Problem", "ProblemKind", "shortens", "supports"]

_CHECKS = (
    check_numbers,
    check_words,
    check_quotes,
    check_reserves,
    check_modifiers,
    check_conditions,
    check_reports,
    check_roles,
    check_order,
    check_pronouns,
)
_CHECKS_OF_CUTS = (
    check_restrictions,
    check_attachment,
    check_bounds,
    check_complements,
    check_fragments,
    check_form,
    check_referents,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate found; `problems` is empty where the statement is supported."""

    problems: tuple[Problem, ...]

    @property
    def supported(self) -> bool:
        """Tell whether the evidence says all that the statement says."""
        return not self.problems

    @property
    def reason(self) -> str | None:
        """The first problem as one plain sentence, or None."""
        return self.problems[0].reason if self.problems else None


_MAX_TOKENS = 300
_NOTHING = Problem(ProblemKind.EMPTY, "")


def supports(statement: str, evidence: Sequence[str], context: str = "") -> Finding:
    """Check one sentence, whoever wrote it, against the sentences of an article that are to say it.

    `context` is what comes before the evidence in the article: it may resolve the evidence's pronouns. A statement
    of more than 300 words and marks is not checked but refused.
    """
    case = _case(statement, evidence, context)
    return Finding((_NOTHING,) if case is None else tuple(dict.fromkeys(_problems(case))))


def shortens(statement: str, evidence: Sequence[str], context: str = "") -> Finding:
    """Check one sentence that was made by leaving words out of one or two others, before it is shown for them.

    Stricter than `supports`: what was left out may not narrow what is kept, what is kept must hang on what it hung
    on, and the rest must be a sentence. Stops at the first problem, the cheapest checks first.
    """
    case = _case(statement, evidence, context)
    if case is None:
        return Finding((_NOTHING,))
    first = next(chain(check_marks(case), _problems_of_cuts(case), _problems(case), check_claim(case)), None)
    return Finding(() if first is None else (first,))


def _case(statement: str, evidence: Sequence[str], context: str) -> Case | None:
    """Lay the statement beside the evidence; None where it has no words or too many."""
    parsed = clause(statement[: _MAX_TOKENS * 20])
    if not any(token.is_word for token in parsed.tokens) or len(parsed.tokens) > _MAX_TOKENS:
        return None
    return Case.of(parsed, [sentence[: _MAX_TOKENS * 20] for sentence in evidence], context)


def _problems(case: Case) -> Iterator[Problem]:
    return (problem for check in _CHECKS for problem in check(case))


def _problems_of_cuts(case: Case) -> Iterator[Problem]:
    for shortening in shortenings(case):
        for check in _CHECKS_OF_CUTS:
            yield from check(shortening)
