"""Figures of an article with what they count, so that reports of one story can be set side by side.

"At least 12 people were killed" and "15 dead" count the same: people who died. Only figures whose count is named in
one of the ways below are taken; a missed one is silence, a wrong one would be a false accusation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text.numbers import Amount, amounts
from bot.text.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Article

# Words that name one count, whatever noun stands between ("12 people were killed", "12 dead").
_FATES = {
    "killed": "dead",
    "dead": "dead",
    "died": "dead",
    "deaths": "dead",
    "fatalities": "dead",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "injuries": "injured",
    "missing": "missing",
    "arrested": "arrested",
    "arrests": "arrested",
    "detained": "arrested",
    "evacuated": "evacuated",
    "displaced": "displaced",
    "rescued": "rescued",
    "infected": "infected",
}
_FATE_REACH = 6
"""Tokens after a number within which its fate may stand."""
_PEOPLE = frozenset("people persons men women children civilians soldiers passengers residents workers others".split())
_STOP = frozenset("of the a an more than other such and or per in on at to from by for with as".split())
_MARKS = frozenset('.;:!?()"“”')
_LEAST_NOUN = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: `span` are the words, from the number to the noun or fate."""

    value: float
    unit: str
    bound: str
    counts: str
    span: Span
    sentence: int


def find_figures(article: Article) -> tuple[Figure, ...]:
    """The figures of an article that can be compared, in order."""
    return tuple(
        figure
        for index, sentence in enumerate(article.sentences)
        for figure in _figures(sentence.span.of(article.text), sentence.span.start, index)
    )


def _figures(text: str, offset: int, sentence: int) -> Iterator[Figure]:
    cut = tokens(text)
    for amount in amounts(cut):
        if amount.ordinal or _is_year(amount, cut):
            continue
        found = _counted(amount, cut)
        if found is None:
            continue
        counts, last = found
        span = Span(offset + cut[amount.start].start, offset + cut[last].end)
        yield Figure(amount.value, amount.unit, amount.bound, counts, span, sentence)


def _is_year(amount: Amount, cut: Sequence[Token]) -> bool:
    plain = amount.end - amount.start == 1 and cut[amount.start].lower.isdigit()
    return plain and not amount.unit and 1500 <= amount.value <= 2100  # noqa: PLR2004  years of the modern era


def _counted(amount: Amount, cut: Sequence[Token]) -> tuple[str, int] | None:
    """What the amount counts, and the index of the token that says so."""
    for index in range(amount.end, min(len(cut), amount.end + _FATE_REACH)):
        word = cut[index].lower
        if word in _MARKS:
            break
        if word in _FATES:
            between = [cut[at].lower for at in range(amount.end, index)]
            if not between or any(noun in _PEOPLE for noun in between) or len(between) == 1:
                return _FATES[word], index
    return _counted_noun(amount, cut)


def _counted_noun(amount: Amount, cut: Sequence[Token]) -> tuple[str, int] | None:
    """The noun behind the amount, or the fate before it where the noun is of people ("killed 12 people")."""
    noun = next((at for at in range(amount.end, min(len(cut), amount.end + 2)) if cut[at].lower not in _STOP), None)
    if noun is None or cut[noun].lower in _MARKS or not cut[noun].lower.isalpha() or len(cut[noun].lower) < _LEAST_NOUN:
        return None
    before = [cut[at].lower for at in range(max(0, amount.start - 2), amount.start)]
    fate = next((_FATES[word] for word in before if word in _FATES), None)
    return (fate if fate and cut[noun].lower in _PEOPLE else cut[noun].stem), noun
