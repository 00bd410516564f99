"""The spans of a passage that could answer a question of a given kind: names, dates, amounts, places.

Rules over capitals, numbers and the words beside them. English. A candidate is only of the right kind; whether it is
the answer is for the caller to weigh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text.names import NameKind
from bot.text.question import AnswerKind
from bot.text.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.question import Question


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where something is named."""

    span: Span
    kind: NameKind


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER_WORD = (
    rf"(?:(?:{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?)"
    r"(?:\s(?:hundred|thousand|million|billion|dozen))*|dozens|hundreds|thousands|millions|a (?:dozen|hundred)|half)"
)
_DIGITS = r"\d+(?:[.,]\d+)*(?:\s?(?:hundred|thousand|million|billion|trillion|bn|m|k)\b)?"
_NUMBER = rf"(?:{_DIGITS}|\b{_NUMBER_WORD}\b)"
_UNIT_OF_TIME = r"(?:second|minute|hour|day|night|week|month|year|decade|centur(?:y|ie)|season)s?"
_CURRENCY = r"(?:(?:US|A|C|HK|NZ)?[$]|£|€|¥|₹)"

_DATE = (
    rf"(?:{_DAY},?\s)?(?:\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s\d{{4}})?|\b{_MONTH}(?:\s(?:of\s)?\d{{4}})?\b)"
)
_TIME = (
    rf"{_DATE}"
    rf"|\b(?:(?:last|next|this|early|late|mid)[ -])?{_DAY}(?:\s(?:morning|afternoon|evening|night))?\b"
    r"|\b\d{1,2}(?::\d\d)?\s?(?:a\.?m\.?|p\.?m\.?)|\b(?:1[0-9]|20)\d\d(?:s\b|\b)(?![,.]\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th) century\b|\b(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|midnight|noon)\b"
    rf"|\b(?:last|next|this|past|the same|earlier this|later this) (?:{_UNIT_OF_TIME}|spring|summer|autumn|fall|winter|"
    rf"weekend)\b|\b(?:{_NUMBER}|a|an|several) {_UNIT_OF_TIME} (?:ago|later|earlier|before|after)\b"
    rf"|\b(?:in|within|after) (?:{_NUMBER}|several|a few) {_UNIT_OF_TIME}\b"
)
_DURATION = rf"(?:{_NUMBER}|\b(?:a|an|several|a few|many))[ -](?:to[ -]{_NUMBER}[ -]|more )?{_UNIT_OF_TIME}\b|\blife\b"
_AGE = rf"\b\d{{1,3}}\b(?=,|[ -]years?[ -]old| years of age)|(?<=\baged )\d+|\b{_NUMBER}[ -]years?[ -]old"
_MONEY = (
    rf"{_CURRENCY}\s?{_DIGITS}"
    rf"|{_NUMBER}\s(?:\w+\s)?(?:dollars|cents|euros?|pounds|yen|rupees|rubles|pesos|yuan)\b"
)
_PERCENT = rf"{_NUMBER}\s?(?:%|percent\b|per cent\b|percentage points?\b)|\b(?:half|one[- ]third)\b"
_REASON = (
    r"\b(?:because|due to|owing to|since|after|amid|caused by|as a result|so that|in order to|following|over|"
    r"in response|blamed|reasons?|therefore|thanks to|for|to)\b"
)
_STATEMENT = r"[\"“][^\"”]{3,400}[\"”]|\b(?:said|says|told|that|called|according to)\b"

_SHAPES: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.TIME: re.compile(_TIME),
    AnswerKind.DURATION: re.compile(_DURATION, re.IGNORECASE),
    AnswerKind.AGE: re.compile(_AGE, re.IGNORECASE),
    AnswerKind.MONEY: re.compile(_MONEY, re.IGNORECASE),
    AnswerKind.PERCENT: re.compile(_PERCENT, re.IGNORECASE),
    AnswerKind.COUNT: re.compile(_NUMBER, re.IGNORECASE),
    AnswerKind.REASON: re.compile(_REASON, re.IGNORECASE),
    AnswerKind.STATEMENT: re.compile(_STATEMENT),
    AnswerKind.MANNER: re.compile(r"\b(?:by|through|using|via|with)\b"),
}
_NAME_KINDS = {
    AnswerKind.PERSON: frozenset({NameKind.PERSON, NameKind.OTHER, NameKind.ORGANISATION}),
    AnswerKind.NAME: frozenset({NameKind.ORGANISATION, NameKind.OTHER}),
    AnswerKind.PLACE: frozenset({NameKind.PLACE, NameKind.OTHER}),
}


def candidates(text: str, within: Span, kind: AnswerKind, mentions: Sequence[Mention]) -> Iterator[Span]:
    """List the spans inside `within` that could answer a question of `kind`; none for kinds without a shape.

    `mentions` are the names inside `within`.
    """
    if kind in _NAME_KINDS:
        yield from (mention.span for mention in mentions if mention.kind in _NAME_KINDS[kind])
    elif kind in _SHAPES:
        yield from (Span(*match.span()) for match in _SHAPES[kind].finditer(text, within.start, within.end))


def choose(text: str, within: Span, question: Question, mentions: Sequence[Mention]) -> Span | None:
    """Choose the words of a sentence that answer; None where the question wants none or none are of its kind.

    Among the candidates that say something new, the one nearest to the question's own words in the sentence.
    """
    if not question.kind.is_exact:
        return None
    asked = set(question.terms)
    heard = [within.start + word.start for word in words(within.of(text)) if word.stem in asked]
    new = [
        span
        for span in candidates(text, within, question.kind, mentions)
        if any(word.stem not in asked for word in words(span.of(text)))
    ]
    return min(new, key=lambda span: (_distance(span, heard), span), default=None)


def _distance(span: Span, places: Sequence[int]) -> float:
    """The mean distance in characters to the words at `places`."""
    return sum(max(span.start - place, place - span.end, 0) for place in places) / max(1, len(places))
