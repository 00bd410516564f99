"""What kind of answer a question wants, and what it already says.

Rules on the question word and the noun beside it, after the answer types of Li and Roth (2002, "Learning
Question Classifiers"), as coarse as the words of an article can be told apart. English; a question in another
language wants `AnswerKind.THING`. Nothing here knows an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.text.tokens import FUNCTION_WORDS, Token, words

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
    return Question(text, _kind(lowered), tuple(token.stem for token in content), _names(content), _wanted(lowered))


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

_RULES: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (AnswerKind.PERCENT, r"\b(?:what|which|how)\b.{0,30}\b(?:percent|percentage|per cent|proportion)|\bpercentage\b"),
        (AnswerKind.AGE, r"\bhow old\b|\b(?:what|at what|which) age\b|\bwhat\b.{0,20}\bage of\b|\b(?:'s|s') age\b"),
        (AnswerKind.DURATION, r"\bhow long\b|\bhow many (?:more )?(?:years|months|weeks|days|hours|minutes|decades)\b"),
        (AnswerKind.MONEY, r"\bhow much (?:money|cash|did|does|do|was|were|is|are|will|would|has|have|the|it)\b"),
        (AnswerKind.MONEY, rf"{_ASKS}{_MODIFIERS}\s+(?:{_AMOUNTS})\b|\bwhat do(?:es)?\b.*\bcosts?$|\bcosts?\?"),
        (AnswerKind.COUNT, r"\bhow (?:many|much|far|tall|high|big|large|fast|deep|wide|heavy|often|few|frequently)\b"),
        (AnswerKind.COUNT, rf"{_ASKS}{_MODIFIERS}\s+(?:number|score|speed|temperature|magnitude|rate|population)\b"),
        (AnswerKind.REASON, r"\bwhy\b|\bwhat (?:was|is|were|are)?\s?(?:the |a )?(?:main |stated )?(?:reason|cause)|"
                            r"\bwhat (?:caused|causes|led to|prompted|made)\b|\bhow come\b|\bfor what\b"),
        (AnswerKind.TIME, r"\bwhen\b|\bsince when\b"),
        (AnswerKind.TIME, rf"{_ASKS}{_MODIFIERS}\s+(?:{_TIMES})\b"),
        (AnswerKind.PERSON, r"\b(?:who|whom|whose|who's)\b"),
        (AnswerKind.PLACE, r"\bwhere\b"),
        (AnswerKind.PLACE, rf"{_ASKS}{_MODIFIERS}\s+(?:{_PLACES})\b"),
        (AnswerKind.STATEMENT, r"\bwhat (?:did|does|do|has|have|was|were|is|are)\b.{0,60}\b(?:say|said|says|tell|told|"
                               r"claim|claims|call|called|add|warn|argue|think|believe|announce|state|express)\b"),
        (AnswerKind.NAME, rf"{_ASKS}{_MODIFIERS}\s+(?:{_NAMED})\b"),
        (AnswerKind.PERSON, rf"{_ASKS}{_MODIFIERS}\s+(?:{_PEOPLE})\b"),
        (AnswerKind.THING, r"\b(?:what|which)\b"),
        (AnswerKind.MANNER, r"\bhow\b"),
        (AnswerKind.YES_NO, r"^(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might)\b"),
    )
)  # fmt: skip


def _kind(question: str) -> AnswerKind:
    """Take the kind of the first rule that fits."""
    return next((kind for kind, pattern in _RULES if pattern.search(question)), AnswerKind.THING)


def _names(content: tuple[Token, ...]) -> frozenset[str]:
    """Take the capitalised words, but for one that opens the question."""
    return frozenset(token.stem for token in content if token.is_capitalised and token.start > 0)


_NOUN_ASKED = re.compile(r"\b(?:what|which|how many|how much)\s+((?:[\w'-]+\s+){0,3}[\w'-]+)")


def _wanted(question: str) -> str | None:
    """Take the last noun before the verb: "which major US retailer announced" wants a retailer."""
    match = _NOUN_ASKED.search(question)
    if match is None:
        return None
    phrase: list[Token] = []
    for token in words(match[1]):
        if not token.is_content or (phrase and token.lower.endswith("ed")):
            break
        phrase.append(token)
    return phrase[-1].stem if phrase else None
