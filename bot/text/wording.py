"""What a statement's words must have a source for: numbers, names, dates, words of matter, quotes, pronouns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.text.case import Case, Problem, ProblemKind, written
from bot.text.numbers import Amount, amounts
from bot.text.tokens import content_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.clause import Clause
    from bot.text.tokens import Token


def check_numbers(case: Case) -> Iterator[Problem]:
    """Find numbers that the evidence does not give, or not of the same thing."""
    known = amounts(case.evidence)
    cut = case.statement.tokens
    for amount in amounts(cut):
        same = [other for other in known if amount.agrees_with(other)]
        fits = any(
            other.bound == amount.bound and _counts_the_same(amount, case.statement, other, case) for other in same
        )
        is_pronoun = amount.value == 1 and cut[amount.start].lower == "one"
        if not fits and not is_pronoun:
            yield Problem(ProblemKind.NUMBER, written(_whole(cut, amount)))


_COUNTED_WITHIN = 4


def _counts_the_same(amount: Amount, parsed: Clause, other: Amount, case: Case) -> bool:
    """Tell whether the word that a number counts stands near the number in the evidence too."""
    cut, node = parsed.tokens, parsed.nodes[amount.end - 1]
    if _joined(cut, amount.end) != _joined(case.evidence, other.end):
        return False
    if _word(cut, amount.end) == "of" != _word(case.evidence, other.end):
        return False
    if node.label != "nummod" or node.head < amount.end or _joined(cut, amount.end):
        return True
    near = case.evidence[max(0, other.start - _COUNTED_WITHIN) : other.end + _COUNTED_WITHIN]
    return any(token.stem == parsed.tokens[node.head].stem for token in near)


def _word(cut: Sequence[Token], index: int) -> str:
    return cut[index].lower if index < len(cut) else ""


def _whole(cut: Sequence[Token], amount: Amount) -> Sequence[Token]:
    """The number with the others of its score or range: "9-4" for the 9 as for the 4."""
    start, end = amount.start, amount.end
    while _joined(cut, end):
        end += 2
    while start > 1 and _joined(cut, start - 1) and cut[start - 2].text[:1].isdigit():
        start -= 2
    return cut[start:end]


def _joined(cut: Sequence[Token], index: int) -> str:
    """What a score or range goes on with: "1" where "-1" follows."""
    return _word(cut, index + 1) if _word(cut, index) in {"-", "–"} and _word(cut, index + 1)[:1].isdigit() else ""


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


def check_words(case: Case) -> Iterator[Problem]:
    """Find words of matter without a source, and function words put in that change what is said."""
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


def _is_known_otherwise(case: Case, index: int) -> bool:
    """Tell whether a name is an acronym of the evidence's words, or what its pronoun stands for."""
    token = case.statement.tokens[index]
    if token.text.isupper() and len(token.text) > 1:
        initials = "".join(other.text[0] for other in case.evidence if other.is_capitalised)
        if token.text.replace(".", "") in initials:
            return True
    return token.is_capitalised and token.stem in antecedent(case)


SUBJECTS = frozenset("he she it they his her their its him them".split())
"""Pronouns of the third person."""


def antecedent(case: Case) -> frozenset[str]:
    """The words of the only name in the sentence before the evidence, where a pronoun of the evidence needs one."""
    if not any(token.lower in SUBJECTS for token in case.evidence):
        return frozenset()
    last = re.split(r"(?<=[.!?”\"'])\s+", case.context[-600:].strip())[-1]
    runs = re.findall(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*", last)
    names = [run for run in runs if content_stems(run) and (len(run.split()) > 1 or not last.startswith(run))]
    if not names and runs:
        names = runs[:1]
    return content_stems(names[0]) if len(names) == 1 else frozenset()


_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{2,}?)[”\"»]|(?<!\w)[‘']((?:[^‘’'\"]|(?<=\w)['’](?=\w)){2,}?)['’](?!\w)")
_MARKS = re.compile(r"[“”\"«»„‘’']")


def check_quotes(case: Case) -> Iterator[Problem]:
    """Find quoted words that do not stand in the evidence."""
    statement = written(case.statement.tokens)
    evidence = _plain(written(case.evidence))
    for match in _QUOTED.finditer(statement):
        words = (match[1] or match[2]).strip(" .,;:!?")
        if _plain(words) not in evidence:
            yield Problem(ProblemKind.QUOTE, words)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).lower().split())


def check_pronouns(case: Case) -> Iterator[Problem]:
    """Find pronouns that the statement puts in without a name before them to stand for."""
    known = {token.lower for token in case.evidence}
    for index, token in enumerate(case.statement.tokens):
        if token.lower not in SUBJECTS or token.lower in known or case.links[index] is not None:
            continue
        if not any(before.is_capitalised for before in case.statement.tokens[:index]):
            yield Problem(ProblemKind.PRONOUN, token.text)
