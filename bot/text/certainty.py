"""Whether a statement is as certain as its evidence: no negation, reserve, condition or source lost or added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Case, Problem, ProblemKind
from bot.text.reserve import Reserve, operators
from bot.text.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.clause import Clause
    from bot.text.tokens import Token

_KINDS = {
    Reserve.NEGATION: ProblemKind.NEGATION,
    Reserve.HEDGE: ProblemKind.RESERVE,
    Reserve.CONDITION: ProblemKind.RESERVE,
    Reserve.ATTRIBUTION: ProblemKind.ATTRIBUTION,
}


def check_reserves(case: Case) -> Iterator[Problem]:
    """Compare the operators over each verb, noun or adjective of the statement with those over its source."""
    kept = {place for place in case.links if place is not None}
    for index, token in enumerate(case.statement.tokens):
        place = case.links[index]
        if place is None or not (token.is_content or case.statement.nodes[index].tag.startswith("VB")):
            continue
        source, at = case.source_of(place)
        offset = place - at
        for operator, kind in operators(source, at).items():
            if operator + offset not in kept and not _said_otherwise(source.tokens[operator], case.statement):
                yield Problem(_KINDS[kind], source.tokens[operator].text)
        for operator in operators(case.statement, index):
            if case.links[operator] is None and not _said_otherwise(case.statement.tokens[operator], source):
                yield Problem(ProblemKind.NEGATION, case.statement.tokens[operator].text)


def _said_otherwise(token: Token, parsed: Clause) -> bool:
    return any(other.stem == token.stem for other in parsed.tokens)


_NARROWING = frozenset(
    stem(word)
    for word in "former alleged suspected fake attempted potential possible ex acting deputy vice assistant proposed "
    "planned unconfirmed failed some most half part nearly almost only accused apparent probable likely prospective "
    "mock supposed disputed few partly no about allegedly reportedly less more least fewer".split()
)


def check_modifiers(case: Case) -> Iterator[Problem]:
    """Find words such as "former" or "else" that stood beside a word of the statement and were left out."""
    kept = {place for place in case.links if place is not None}
    for index, place in enumerate(case.links):
        if not place or not case.statement.tokens[index].is_word:
            continue
        before = case.evidence[place - 1]
        if before.stem in _NARROWING and place - 1 not in kept:
            yield Problem(ProblemKind.RESERVE, f"{before.text} {case.evidence[place].text}")
        following = case.evidence[place + 1] if place + 1 < len(case.evidence) else before
        if following.lower == "else" and place + 1 not in kept:
            yield Problem(ProblemKind.RESERVE, f"{case.evidence[place].text} else")


_WEIGHS = frozenset("as even what see know wonder ask decide whether matter".split())


def check_conditions(case: Case) -> Iterator[Problem]:
    """Find an "if" or "unless" of a sentence whose verb the statement takes over without it."""
    used = {place for place in case.links if place is not None}
    place = 0
    for source in case.sources:
        own = range(place, place + len(source.tokens))
        takes_verb = any(at in used and source.nodes[at - place].tag.startswith(("VB", "MD")) for at in own)
        for at in own if takes_verb else ():
            token = source.tokens[at - place]
            before = source.tokens[at - place - 1].stem if at > place else ""
            if token.lower in {"if", "unless"} and at not in used and before not in _WEIGHS:
                yield Problem(ProblemKind.RESERVE, token.text)
        place += len(source.tokens)


_REPORTED = frozenset(
    "claimed alleged reported understood believed thought said suggested feared rumoured heard told warned "
    "argued".split()
)
_IMPERSONAL = frozenset("is was been being".split())
_NEAR = 6
"""Words that a source named at the end of a sentence may have, as in ", the court was told"."""


def check_reports(case: Case) -> Iterator[Problem]:
    """Find an "it is claimed" or a ", a court heard" of a sentence whose verb the statement takes over without it."""
    used = {place for place in case.links if place is not None}
    place = 0
    for source in case.sources:
        own = range(place, place + len(source.tokens))
        takes_verb = any(at in used and source.nodes[at - place].tag.startswith(("VB", "MD")) for at in own)
        for index in _reports(source) if takes_verb else ():
            token = source.tokens[index]
            if place + index not in used and not _said_otherwise(token, case.statement):
                yield Problem(ProblemKind.ATTRIBUTION, token.text)
        place += len(source.tokens)


def _reports(source: Clause) -> Iterator[int]:
    """The places of words that report: after "it is" or "it has been", or last, in a part of its own."""
    lower = [token.lower for token in source.tokens]
    last = max((index for index, token in enumerate(source.tokens) if token.is_word), default=0)
    for index, word in enumerate(lower):
        if word not in _REPORTED:
            continue
        impersonal = lower[max(0, index - 1)] in _IMPERSONAL and "it" in lower[max(0, index - 3) : index]
        closing = index == last and "," in lower[max(0, index - _NEAR) : index]
        if impersonal or closing:
            yield index
