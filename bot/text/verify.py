"""The gate: does the evidence say what a statement says? Nothing rewritten is shown unless it does.

Rules, not a model, so that a refusal has a reason: every word of matter, number, name and quoted word of the
statement has its place in the evidence, who does what to whom is the same, and no negation, reserve, condition or
source is lost or added. It is made to stop what is false; a true statement in new words it may stop as well. It
knows nothing of articles: the caller chooses the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.text.align import align, fragments
from bot.text.clause import Clause, Reserve, Role, clause, clause_head, operators
from bot.text.numbers import Amount, amounts
from bot.text.tokens import content_stems, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    PRONOUN = "pronoun"


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
    ProblemKind.ROLE: "The article does not join these words like this: “{}”.",
    ProblemKind.PRONOUN: "It is not clear whom “{}” means.",
}


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


@dataclass(frozen=True, slots=True)
class _Case:
    """A statement beside its evidence: `links[i]` is the place of its token i among the evidence's tokens."""

    statement: Clause
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


_MAX_TOKENS = 300


def supports(statement: str, evidence: Sequence[str], context: str = "") -> Finding:
    """Check one sentence against the sentences of an article that are to say it.

    `context` is what comes before the evidence in the article: it may resolve the evidence's pronouns. A statement
    of more than 300 words and marks is not checked but refused.
    """
    parsed = clause(statement[: _MAX_TOKENS * 20])
    if not any(token.is_word for token in parsed.tokens) or len(parsed.tokens) > _MAX_TOKENS:
        return Finding((Problem(ProblemKind.EMPTY, ""),))
    sources = tuple(clause(sentence[: _MAX_TOKENS * 20]) for sentence in evidence)
    flat = tuple(token for source in sources for token in source.tokens)
    case = _Case(parsed, sources, flat, tuple(align(parsed.tokens, flat)), context)
    checks = (_numbers, _words, _quotes, _reserves, _modifiers, _roles, _pronouns)
    return Finding(tuple(dict.fromkeys(problem for check in checks for problem in check(case))))


# Numbers


def _numbers(case: _Case) -> Iterator[Problem]:
    known = amounts(case.evidence)
    cut = case.statement.tokens
    for amount in amounts(cut):
        same = [other for other in known if amount.agrees_with(other)]
        fits = any(
            other.bound == amount.bound and _counts_the_same(amount, case.statement, other, case) for other in same
        )
        is_pronoun = amount.value == 1 and cut[amount.start].lower == "one"
        if not fits and not is_pronoun:
            yield Problem(ProblemKind.NUMBER, _text(cut[amount.start : amount.end]))


_COUNTED_WITHIN = 4


def _counts_the_same(amount: Amount, parsed: Clause, other: Amount, case: _Case) -> bool:
    """Tell whether the word that a number counts stands near the number in the evidence too."""
    node = parsed.nodes[amount.end - 1]
    if node.label != "nummod" or node.head < amount.end:
        return True
    near = case.evidence[max(0, other.start - _COUNTED_WITHIN) : other.end + _COUNTED_WITHIN]
    return any(token.stem == parsed.tokens[node.head].stem for token in near)


# Words and names

_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today tomorrow tonight last next".split()
)
# Function words that change what is said when they are put in.
_LOADED = frozenset(
    "against from without before after until since during because although though unless if while whereas by for "
    "over under into off out or all every each both only still again never no not nor neither none cannot n't under "
    "above below between beyond behind towards toward would will can could may might must should shall".split()
)


def _words(case: _Case) -> Iterator[Problem]:
    cut = case.statement.tokens
    counted = {index for amount in amounts(cut) for index in range(amount.start, amount.end)}
    known = {token.stem for token in case.evidence}
    for index, token in enumerate(cut):
        if not token.is_word or index in counted or case.links[index] is not None:
            continue
        if token.lower in _LOADED:
            yield Problem(ProblemKind.WORD, token.text)
        elif token.is_content and token.stem not in known and not _is_known_otherwise(case, index):
            yield Problem(_kind_of(token, index), token.text)


def _kind_of(token: Token, index: int) -> ProblemKind:
    if token.lower in _DATES:
        return ProblemKind.DATE
    return ProblemKind.NAME if token.is_capitalised and index else ProblemKind.WORD


def _is_known_otherwise(case: _Case, index: int) -> bool:
    """Tell whether a name is an acronym of the evidence's words, or what its pronoun stands for."""
    token = case.statement.tokens[index]
    if token.text.isupper() and len(token.text) > 1:
        initials = "".join(other.text[0] for other in case.evidence if other.is_capitalised)
        if token.text.replace(".", "") in initials:
            return True
    return token.is_capitalised and token.stem in _antecedent(case)


_SUBJECTS = frozenset("he she it they his her their its him them".split())


def _antecedent(case: _Case) -> frozenset[str]:
    """The words of the only name in the sentence before the evidence, where a pronoun of the evidence needs one."""
    if not any(token.lower in _SUBJECTS for token in case.evidence):
        return frozenset()
    last = re.split(r"(?<=[.!?”\"'])\s+", case.context[-600:].strip())[-1]
    runs = re.findall(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*", last)
    names = [run for run in runs if content_stems(run) and (len(run.split()) > 1 or not last.startswith(run))]
    if not names and runs:
        names = runs[:1]
    return content_stems(names[0]) if len(names) == 1 else frozenset()


# Quoted words

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{2,}?)[”\"»]|(?<!\w)[‘']((?:[^‘’'\"]|(?<=\w)['’](?=\w)){2,}?)['’](?!\w)")
_MARKS = re.compile(r"[“”\"«»„‘’']")


def _quotes(case: _Case) -> Iterator[Problem]:
    statement = "".join(_spaced(case.statement.tokens))
    evidence = _plain("".join(_spaced(case.evidence)))
    for match in _QUOTED.finditer(statement):
        words = (match[1] or match[2]).strip(" .,;:!?")
        if _plain(words) not in evidence:
            yield Problem(ProblemKind.QUOTE, words)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).lower().split())


def _spaced(cut: Iterable[Token]) -> Iterator[str]:
    end = None
    for token in cut:
        yield "" if token.start == end else " "
        yield token.text
        end = token.end


# Negation, reserve, attribution

_KINDS = {
    Reserve.NEGATION: ProblemKind.NEGATION,
    Reserve.HEDGE: ProblemKind.RESERVE,
    Reserve.CONDITION: ProblemKind.RESERVE,
    Reserve.ATTRIBUTION: ProblemKind.ATTRIBUTION,
}


def _reserves(case: _Case) -> Iterator[Problem]:
    """Compare the operators over each verb, noun or adjective of the statement with those over its source."""
    kept = {place for place in case.links if place is not None}
    for index, token in enumerate(case.statement.tokens):
        place = case.links[index]
        if place is None or not token.is_content:
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


def _modifiers(case: _Case) -> Iterator[Problem]:
    """Find words such as "former" that stood right before a word of the statement and were left out."""
    kept = {place for place in case.links if place is not None}
    for index, place in enumerate(case.links):
        if not place or not case.statement.tokens[index].is_word:
            continue
        before = case.evidence[place - 1]
        if before.stem in _NARROWING and place - 1 not in kept:
            yield Problem(ProblemKind.RESERVE, f"{before.text} {case.evidence[place].text}")


# Who did what


def _roles(case: _Case) -> Iterator[Problem]:
    """Compare the relations that cross from one copied fragment to another with those of the evidence."""
    run_of = {at: run for run, found in enumerate(fragments(case.links)) for at in range(found.start, found.end)}
    known = frozenset(_stem_relations(case.sources))
    cut = case.statement.tokens
    counted = {at for amount in amounts(cut) for at in range(amount.start, amount.end)}
    for head, role, child in sorted(case.statement.relations):
        is_copied = head in run_of and run_of.get(child) == run_of[head]
        if is_copied or counted & {head, child} or not (cut[head].is_content and cut[child].is_content):
            continue
        if not _relation_holds(case, head, role, child, known):
            first, last = sorted((head, child))
            yield Problem(ProblemKind.ROLE, f"{cut[first].text} … {cut[last].text}")


def _relation_holds(case: _Case, head: int, role: Role, child: int, known: frozenset[tuple[str, Role, str]]) -> bool:
    pair = (case.statement.tokens[head].stem, case.statement.tokens[child].stem)
    if role in {Role.DOER, Role.DONE_TO}:
        return (pair[0], role, pair[1]) in known
    if any((first, other, last) in known for first, last in (pair, pair[::-1]) for other in Role):
        return True
    return role is Role.AROUND and _in_one_clause(case, head, child)


def _in_one_clause(case: _Case, head: int, child: int) -> bool:
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
    return top == clause_head(source, at)


def _stem_relations(sources: Iterable[Clause]) -> Iterator[tuple[str, Role, str]]:
    for source in sources:
        for head, role, child in source.relations:
            yield source.tokens[head].stem, role, source.tokens[child].stem


# Pronouns


def _pronouns(case: _Case) -> Iterator[Problem]:
    """Find pronouns that the statement puts in without a name before them to stand for."""
    known = {token.lower for token in case.evidence}
    for index, token in enumerate(case.statement.tokens):
        if token.lower not in _SUBJECTS or token.lower in known or case.links[index] is not None:
            continue
        if not any(before.is_capitalised for before in case.statement.tokens[:index]):
            yield Problem(ProblemKind.PRONOUN, token.text)


def _text(cut: Sequence[Token]) -> str:
    return "".join(_spaced(cut)).strip()
