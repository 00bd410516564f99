"""Amounts in a text: their value, unit and bound, however they are written ("1.2 million", "1,200,000", "three").

English number words. It knows nothing of sentences; what is counted is for the caller to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.text.tokens import Token

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_GLUED_SCALES = frozenset("k m mn b bn tn".split())
_CURRENCY_MARKS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_UNIT_WORDS = {
    "%": "%",
    "percent": "%",
    "pct": "%",
    "dollar": "dollar",
    "dollars": "dollar",
    "pound": "pound",
    "pounds": "pound",
    "euro": "euro",
    "euros": "euro",
    "yen": "yen",
    "rupees": "rupee",
}
_BOUNDS = {
    "above": "more than,over,at least,above,in excess of,upwards of,no fewer than,no less than",
    "below": "less than,fewer than,under,up to,nearly,almost,at most,below,no more than,as many as,as much as",
    "near": "about,around,roughly,approximately,some,estimated,an estimated,circa,close to",
}
_BOUND_PHRASES = sorted(
    ((tuple(phrase.split()), bound) for bound, phrases in _BOUNDS.items() for phrase in phrases.split(",")),
    key=lambda item: -len(item[0]),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what belongs to it; `start` and `end` are token indices, marks and units included."""

    value: float
    unit: str
    """A currency, "%", or the empty string."""
    ordinal: bool
    bound: str
    """ "above", "below" or "near" where the number is given as a limit or an estimate; else empty."""
    start: int
    end: int

    def agrees_with(self, other: Amount) -> bool:
        """Tell whether both say the same number of the same unit."""
        return (self.value, self.unit, self.ordinal) == (other.value, other.unit, other.ordinal)


def amounts(tokens: Sequence[Token]) -> tuple[Amount, ...]:
    """Find the amounts among `tokens`, in order."""
    found: list[Amount] = []
    index = 0
    while index < len(tokens):
        amount = _amount_at(tokens, index)
        if amount is None:
            index += 1
        else:
            found.append(amount)
            index = amount.end
    return tuple(found)


def _amount_at(tokens: Sequence[Token], index: int) -> Amount | None:
    number = _digits_at(tokens, index) or _words_at(tokens, index)
    if number is None:
        return None
    value, ordinal, end = number
    start, unit = index, ""
    if index and tokens[index - 1].text in _CURRENCY_MARKS:
        start, unit = index - 1, _CURRENCY_MARKS[tokens[index - 1].text]
    elif not ordinal:
        unit, end = _unit_at(tokens, end)
    return Amount(value, unit, ordinal, _bound_before(tokens, start), start, end)


def _digits_at(tokens: Sequence[Token], index: int) -> tuple[float, bool, int] | None:
    if not tokens[index].text.isdecimal() and not tokens[index].text[0].isdecimal():
        return None
    value = _to_number(tokens[index].text)
    if value is None:
        return None
    if index + 1 == len(tokens):
        return value, False, index + 1
    following = tokens[index + 1]
    is_glued = following.start == tokens[index].end
    if is_glued and following.lower in {"st", "nd", "rd", "th"}:
        return value, True, index + 2
    if following.lower in _SCALES and (is_glued or following.lower not in _GLUED_SCALES):
        return round(value * _SCALES[following.lower], 6), False, index + 2
    return value, False, index + 1


def _to_number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:  # "1.2.3": a version or a date
        return None


def _words_at(tokens: Sequence[Token], index: int) -> tuple[float, bool, int] | None:
    if tokens[index].lower in _ORDINALS:
        return float(_ORDINALS[tokens[index].lower]), True, index + 1
    total, group, end = 0.0, None, index
    while end < len(tokens):
        word = tokens[end].lower
        if word in _SMALL or word in _TENS:
            group = (group or 0.0) + _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word in _SCALES and word not in _GLUED_SCALES and group is not None:
            total, group = _scaled(total, group, _SCALES[word])
        elif not (group is not None and _joins(tokens, end)):
            break
        end += 1
    return None if group is None else (total + group, False, end)


def _scaled(total: float, group: float, scale: float) -> tuple[float, float]:
    """Multiply the group read so far; a hundred stays open for what follows ("two hundred and five thousand")."""
    return (total, group * scale) if scale == _SCALES["hundred"] else (total + group * scale, 0.0)


def _joins(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the hyphen of "twenty-three" or the "and" of "hundred and five" stands at `index`."""
    if index + 1 == len(tokens) or tokens[index + 1].lower not in _SMALL.keys() | _TENS.keys():
        return False
    before = tokens[index - 1].lower
    return (tokens[index].text == "-" and before in _TENS) or (tokens[index].lower == "and" and before in _SCALES)


def _unit_at(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    if index < len(tokens) and tokens[index].lower in _UNIT_WORDS:
        return _UNIT_WORDS[tokens[index].lower], index + 1
    if index + 1 < len(tokens) and (tokens[index].lower, tokens[index + 1].lower) == ("per", "cent"):
        return "%", index + 2
    return "", index


def _bound_before(tokens: Sequence[Token], index: int) -> str:
    for phrase, bound in _BOUND_PHRASES:
        if tuple(token.lower for token in tokens[max(0, index - len(phrase)) : index]) == phrase:
            return bound
    return ""
