"""What kind of answer a question wants, and what it already says.

Rules on the question word and the noun beside it, after the answer types of Li and Roth (2002, "Learning
Question Classifiers"), as coarse as the words of an article can be told apart. English; a question in another
language wants `AnswerKind.THING`. Nothing here knows an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.text.tokens import Token, words

MAX_QUESTION = 500
"""Characters of a question that are read; the rest is passed over."""


class AnswerKind(StrEnum):
    """What an answer has to be."""

    PERSON = "person"
    NAME = "name"
    """An organisation, a work, a product: anything with a name that is not a person or a place."""
    PLACE = "place"
    TIME = "time"
    DURATION = "duration"
    AGE = "age"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    REASON = "reason"
    STATEMENT = "statement"
    MANNER = "manner"
    YES_NO = "yes_no"
    THING = "thing"

    @property
    def is_exact(self) -> bool:
        """Tell whether a few words can be the whole answer: a name, a date, an amount."""
        return self not in {
            AnswerKind.REASON,
            AnswerKind.STATEMENT,
            AnswerKind.MANNER,
            AnswerKind.YES_NO,
            AnswerKind.THING,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: the kind of its answer, its terms (stems), its names, and the noun after "which"."""

    text: str
    kind: AnswerKind
    terms: tuple[str, ...]
    names: frozenset[str]
    """Stems of the words written as names."""
    wanted: str | None
    """The stem of the noun that "what", "which" or "how many" asks about."""


def read_question(text: str) -> Question:
    """Read a question; an empty one has no terms and wants a thing."""
    text = " ".join(text[:MAX_QUESTION].split())
    lowered = text.lower().replace("’", "'")
    content = tuple(token for token in words(text) if token.is_content)
    return Question(text, _kind(lowered), tuple(token.stem for token in content), _names(content), _wanted(text))


_PEOPLE = (
    r"person|people|man|woman|boy|girl|actor|actress|singer|rapper|musician|artist|author|writer|director|player|"
    r"athlete|star|celebrity|comedian|politician|president|senator|governor|mayor|minister|leader|ceo|founder|king|"
    r"queen|prince|princess|pope|judge|justice|lawyer|suspect|victim|name|candidate|lawmaker|billionaire|scientist|"
    r"philosopher|general|commander|spokesman|spokeswoman|spokesperson|coach|host|journalist"
)
_NAMED = (
    r"company|companies|organi[sz]ation|group|team|club|agency|party|network|airline|retailer|brand|bank|university|"
    r"school|college|band|newspaper|magazine|website|app|platform|movie|film|show|series|album|song|book|game|"
    r"maker|manufacturer|chain|giant|firm|automaker|carmaker|institution|court|department|hospital|store|service"
)
_PLACES = (
    r"country|countries|nation|nations|city|cities|town|village|state|states|place|location|area|region|continent|"
    r"province|county|island|river|mountain|ocean|sea|lake|district|borough|part of the world|airport|border|venue"
)
_TIMES = r"year|day|date|month|time|decade|century|season|hour|weekday|era|period|night"
_AMOUNTS = r"amount|price|cost|salary|fine|budget|sum|bail|reward|profit|revenue|value|fee"
_ASKS = r"\b(?:what|which|what's|name the|in what|at what)\b"
_MODIFIERS = r"(?:\s+(?!did\b|do\b|does\b|is\b|are\b|was\b|were\b|has\b|have\b|will\b)[\w'.-]+){0,3}?"

_PERCENT = r"\b(?:what|which|how)\b.{0,30}\b(?:percent|percentage|per cent|proportion)|\bpercentage\b"
_AGE = r"\bhow old\b|\b(?:what|at what|which) age\b|\bwhat\b.{0,20}\bage of\b"
_DURATION = r"\bhow long\b|\bhow many (?:more )?(?:years|months|weeks|days|hours|minutes|decades)\b"
_MONEY = (
    r"\bhow much (?:money|cash|did|does|do|was|were|is|are|will|would|has|have|the|it)\b"
    rf"|{_ASKS}{_MODIFIERS}\s+(?:{_AMOUNTS})\b|\bwhat do(?:es)?\b.*\bcosts?$|\bcosts?\?"
)
_COUNT = (
    r"\bhow (?:many|much|far|tall|high|big|large|fast|deep|wide|heavy|often|few|frequently)\b"
    rf"|{_ASKS}{_MODIFIERS}\s+(?:number|score|speed|temperature|magnitude|rate|population)\b"
)
_REASON = (
    r"\bwhy\b|\bwhat (?:was|is|were|are)?\s?(?:the |a )?(?:main |stated )?(?:reason|cause)"
    r"|\bwhat (?:caused|causes|led to|prompted|made)\b|\bhow come\b"
)
_STATEMENT = (
    r"\bwhat (?:did|does|do|has|have|was|were|is|are)\b.{0,60}\b(?:say|said|says|tell|told|claim|claims|call|called|"
    r"add|warn|argue|think|believe|announce|state|express)\b"
)
_YES_NO = r"^(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might)\b"

_RULES: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (AnswerKind.PERCENT, re.compile(_PERCENT)),
    (AnswerKind.AGE, re.compile(_AGE)),
    (AnswerKind.DURATION, re.compile(_DURATION)),
    (AnswerKind.MONEY, re.compile(_MONEY)),
    (AnswerKind.COUNT, re.compile(_COUNT)),
    (AnswerKind.REASON, re.compile(_REASON)),
    (AnswerKind.TIME, re.compile(rf"\bwhen\b|{_ASKS}{_MODIFIERS}\s+(?:{_TIMES})\b")),
    (AnswerKind.PERSON, re.compile(r"\b(?:who|whom|whose|who's)\b")),
    (AnswerKind.PLACE, re.compile(rf"\bwhere\b|{_ASKS}{_MODIFIERS}\s+(?:{_PLACES})\b")),
    (AnswerKind.STATEMENT, re.compile(_STATEMENT)),
    (AnswerKind.NAME, re.compile(rf"{_ASKS}{_MODIFIERS}\s+(?:{_NAMED})\b")),
    (AnswerKind.PERSON, re.compile(rf"{_ASKS}{_MODIFIERS}\s+(?:{_PEOPLE})\b")),
    (AnswerKind.THING, re.compile(r"\b(?:what|which)\b")),
    (AnswerKind.MANNER, re.compile(r"\bhow\b")),
    (AnswerKind.YES_NO, re.compile(_YES_NO)),
)
"""The first that fits decides, so that "how many years" is a duration before it is a count."""


def _kind(question: str) -> AnswerKind:
    """Take the kind of the first rule that fits."""
    return next((kind for kind, pattern in _RULES if pattern.search(question)), AnswerKind.THING)


def _names(content: tuple[Token, ...]) -> frozenset[str]:
    """Take the capitalised words, but for one that opens the question."""
    return frozenset(token.stem for token in content if token.is_capitalised and token.start > 0)


_NOUN_ASKED = re.compile(r"\b(?:what|which|how many|how much)\s+((?:[\w'’-]+\s+){0,3}[\w'’-]+)", re.IGNORECASE)


def _wanted(question: str) -> str | None:
    """Take the last noun before the verb: "which major US retailer announced" wants a retailer."""
    match = _NOUN_ASKED.search(question)
    if match is None:
        return None
    phrase: list[Token] = []
    for token in words(match[1]):
        is_noun = token.is_content or token.text == "US"
        if not is_noun or (phrase and token.lower.endswith("ed")):
            break
        phrase.append(token)
    return phrase[-1].stem if phrase else None
