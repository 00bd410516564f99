"""Whether a statement has the same people do the same things to the same people as its evidence."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.text.align import fragments
from bot.text.case import Case, Problem, ProblemKind
from bot.text.clause import Clause, Role, clause_head, is_under, told
from bot.text.numbers import amounts
from bot.text.tokens import stem
from bot.text.wording import SUBJECTS, antecedent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.align import Fragment
    from bot.text.tokens import Token


def check_roles(case: Case) -> Iterator[Problem]:
    """Compare the relations that cross from one copied fragment to another with those of the evidence."""
    run_of = {at: run for run, found in _runs(case) for at in range(found.start, found.end)}
    known = frozenset().union(*map(told, case.texts))
    cut = case.statement.tokens
    counted = {at for amount in amounts(cut) for at in range(amount.start, amount.end)}
    for head, role, child in sorted(case.statement.relations):
        if role in {Role.DOER, Role.DONE_TO} and case.statement.nodes[child].label == "compound":
            continue
        is_copied = head in run_of and run_of.get(child) == run_of[head]
        if counted & {head, child} or not (_matters(case, head) and cut[child].is_content):
            continue
        holds = _copy_holds(case, head, role, child) if is_copied else _relation_holds(case, head, role, child, known)
        if not holds:
            first, last = sorted((head, child))
            kind = ProblemKind.ROLE if role in {Role.DOER, Role.DONE_TO} else ProblemKind.LINK
            yield Problem(kind, f"{cut[first].text} … {cut[last].text}")


def _runs(case: Case) -> Iterator[tuple[int, Fragment]]:
    """The copied fragments, numbered; two that only an adverb stood between have the same number."""
    number, before = 0, None
    for found in fragments(case.links):
        gap = case.evidence[before.source_end : found.source] if before else ()
        is_adverb = before is not None and before.end == found.start and len(gap) == 1 and gap[0].lower in _ADVERBS
        number, before = number + (not is_adverb), found
        yield number, found


_ADVERBS = frozenset(
    "also already now still recently currently later then again soon earlier once finally eventually previously "
    "subsequently quickly suddenly immediately simply really very".split()
)
"""Adverbs that may be left out without a change in who does what."""


def _matters(case: Case, index: int) -> bool:
    """Tell a word of matter, or a verb such as "was" where it is the verb of its clause."""
    node = case.statement.nodes[index]
    return case.statement.tokens[index].is_content or (node.tag.startswith("VB") and node.label != "aux")


def _copy_holds(case: Case, head: int, role: Role, child: int) -> bool:
    """Tell whether a copied verb kept its subject: "for the actor said" must not become "The actor said"."""
    place = case.links[head]
    if role is not Role.DOER or place is None:
        return True
    source, at = case.source_of(place)
    doers = {source.tokens[doer].stem for verb, found, doer in source.relations if verb == at and found is role}
    return not doers or case.statement.tokens[child].stem in doers


def _relation_holds(case: Case, head: int, role: Role, child: int, known: frozenset[tuple[str, Role, str]]) -> bool:
    pair = (case.statement.tokens[head].stem, case.statement.tokens[child].stem)
    if role in {Role.DOER, Role.DONE_TO}:
        same = {pair[1]} | (SUBJECTS if pair[1] in antecedent(case) else frozenset())
        return any((pair[0], role, taker) in known for taker in same)
    if any((first, other, last) in known for first, last in (pair, pair[::-1]) for other in (Role.PART, Role.AROUND)):
        return True
    return role is Role.AROUND and (_in_one_clause(case, head, child) or _opens_in_copy(case, child))


def _opens_in_copy(case: Case, child: int) -> bool:
    """Tell whether a phrase or clause was copied together with the word it follows: it belongs where it did."""
    parsed = case.statement
    top = parsed.nodes[child].head if parsed.nodes[child].label in {"pobj", "pcomp"} else child
    first = min(at for at in range(child + 1) if is_under(parsed, at, top))
    places = [case.links[at] for at in range(max(0, first - 1), child + 1)]
    return (
        first > 0
        and all(place is not None and after == place + 1 for place, after in pairwise(places))
        and places[-1] is not None
    )


def check_order(case: Case) -> Iterator[Problem]:
    """Find words moved before those they followed, unless what moved is a source, a time or a place."""
    runs = fragments(case.links)
    cut = case.statement.tokens
    for first, second in pairwise(runs):
        one_sentence = case.source_of(first.source)[0] is case.source_of(second.source)[0]
        is_back = second.source < first.source and one_sentence
        if is_back and not any(_may_move(cut[run.start : run.end]) for run in (first, second)):
            yield Problem(ProblemKind.ROLE, f"{cut[first.end - 1].text} {cut[second.start].text}")


_MOVABLE = frozenset(
    "on in at by after before since until during when while as for with from to despite although though because if "
    "unless according last next early late and but , that which who".split()
)
_SAYING = frozenset(map(stem, "say tell add report announce state write according".split()))


def _may_move(moved: Sequence[Token]) -> bool:
    content = [token for token in moved if token.is_content]
    return not content or moved[0].lower in _MOVABLE or any(token.stem in _SAYING for token in content)


def _in_one_clause(case: Case, head: int, child: int) -> bool:
    """Tell whether both words stand in one clause of the evidence, or the second opens a clause within the first's."""
    places = case.links[head], case.links[child]
    if places[0] is None or places[1] is None:
        return False
    source, at = case.source_of(places[0])
    other, inner = case.source_of(places[1])
    if source is not other:
        return False
    top = clause_head(source, inner)
    if top == inner and source.nodes[inner].head >= 0:
        top = clause_head(source, source.nodes[inner].head)
    if top == clause_head(source, at) or is_under(source, inner, at):
        return True
    return not _verb_between(source, at, inner)


def _verb_between(source: Clause, first: int, last: int) -> bool:
    low, high = sorted((first, last))
    return any(node.tag.startswith(("VB", "W")) for node in source.nodes[low + 1 : high])
