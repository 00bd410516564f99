"""The numbers that a text gives anywhere, to tell an invented one from one that only stands elsewhere.

Lenient on purpose: a rounded number is given, whatever it counts, and so is a score from the other side ("1-3" for
"3-1"). Number words below a hundred are never asked for: whoever counts three names may say three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from bot.text.numbers import amounts
from bot.text.tokens import tokens

_PAIR = re.compile(r"(?<![\d.,-])(\d{1,3})\s?(?:[-–]|to|and)\s?(?=(\d{1,3})(?![\d.,]?\d))")
"""Two numbers of a score or range; longer ones may be years, of which the second is often cut short."""


@dataclass(frozen=True, slots=True)
class GivenNumbers:
    """Every value of a text, and every pair that makes a score or range."""

    values: frozenset[float]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the numbers of a text."""
        pairs = [(match[1], match[2]) for match in _PAIR.finditer(text)]
        both = [*pairs, *((second, first) for first, second in pairs)]
        return cls(frozenset(amount.value for amount in amounts(tokens(text))), frozenset(both))

    def has(self, words: str) -> bool:
        """Tell whether the text gives, exactly or rounded, each number that `words` write in digits."""
        pairs = [(match[1], match[2]) for match in _PAIR.finditer(words)]
        if pairs:
            return self.pairs.issuperset(pairs)
        cut = tokens(words)
        written = (one for one in amounts(cut) if any(each.text[0].isdigit() for each in cut[one.start : one.end]))
        return all(self._has_value(amount.value) for amount in written)

    def _has_value(self, value: float) -> bool:
        if value in self.values:
            return True
        digits, _, exponent = f"{value:.14e}".partition("e")
        places = len(digits.replace(".", "").rstrip("0")) - 1
        half = 0.5 * 10.0 ** (int(exponent) - places)
        return any(abs(given - value) <= half for given in self.values)
