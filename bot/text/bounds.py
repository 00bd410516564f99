"""Whether a claim that a shortening keeps still has its bounds: of whom, how much, for how long, and says who.

"Teenagers in Orne", "$2 billion a year", "a ban for young pupils", "may have won, but": what is said of some, in part
or for a time must not be told of all. Like `restriction`, but for what stands behind the words that it bounds.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.lexicon import TIME_WORDS
from bot.text.omission import NOMINAL, SAYS
from bot.text.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.omission import Gap, Shortening


def check_bounds(shortening: Shortening) -> Iterator[Problem]:
    """Find gaps that took away what bounds a claim, or whose word it is."""
    for gap in shortening.gaps:
        kind = next((kind for rule, kind in _RULES if rule(shortening, gap)), None)
        if kind is not None:
            yield Problem(kind, shortening.text(gap))


_PHRASE = 7
_QUOTES = frozenset(["”", "“", '"', "'", "’", "‘"])
_NAMED = frozenset(
    "described branded labelled labeled dubbed hailed denounced deemed regarded called condemned".split()
)


def _cuts_namer(shortening: Shortening, gap: Gap) -> bool:
    """Find "described as “heartbreaking” [by the agency]": whose word it is."""
    if shortening.word(gap.first) != "by" or (shortening.is_set_off(gap) and not shortening.is_last(gap)):
        return False
    before = [shortening.word(at) for at in range(gap.first - _PHRASE, gap.first) if at in shortening.kept]
    return bool(before) and (before[-1] in _QUOTES or not _NAMED.isdisjoint(before))


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DATES = frozenset("in on since from until by during".split())
_DATE_WORDS = 5


def _cuts_year(shortening: Shortening, gap: Gap) -> bool:
    """Find "the park hosted the game [in 2007].": what was long ago must not read as news."""
    opened = shortening.words[gap.first : min(gap.end, gap.first + _DATE_WORDS)]
    if opened[0] not in _DATES or not any(map(_YEAR.fullmatch, opened)):
        return False
    kept = [shortening.word(at) for at in shortening.kept]
    is_past = any(shortening.tag(at) == "VBD" for at in shortening.kept)
    return is_past and not any(_YEAR.fullmatch(word) or word in TIME_WORDS for word in kept)


_BANS = frozenset(map(stem, "ban limit restriction curb law rule penalty".split()))


def _widens_rule(shortening: Shortening, gap: Gap) -> bool:
    """Find "a ban on phones [for children]" and "the same as in other towns [of the county]"."""
    if shortening.word(gap.first) not in {"for", "in", "on", "under", "against"} or (
        shortening.is_set_off(gap) and not shortening.is_last(gap)
    ):
        return False
    at = gap.first - 1
    while at in shortening.kept and (shortening.tag(at) in NOMINAL or shortening.word(at) in {"on", "of"}):
        if shortening.source.tokens[at].stem in _BANS:
            return shortening.tag(gap.first + 1) in NOMINAL and not _opens_when(shortening, gap)
        at -= 1
    return False


def _opens_when(shortening: Shortening, gap: Gap) -> bool:
    return any(shortening.word(at) in TIME_WORDS for at in range(gap.first + 1, gap.end))


def _widens_subject(shortening: Shortening, gap: Gap) -> bool:
    """Find "teenagers in care [in Scotland] are moved too often": what is said of these is said of all."""
    noun, verb = gap.first - 1, gap.end
    if shortening.tag(gap.first) != "IN" or noun not in shortening.kept or shortening.holds_verb(gap):
        return False
    while shortening.tag(verb) == "RB":
        verb += 1
    if shortening.tag(verb) not in {"VBP", "MD"} or shortening.word(verb) in SAYS:
        return False
    start = noun
    while start >= 0 and (shortening.tag(start) in NOMINAL or shortening.tag(start) == "IN"):
        start -= 1
    phrase = range(start + 1, gap.first)
    is_denied = "n't" in shortening.words[verb : verb + 3] or "not" in shortening.words[verb : verb + 3]
    is_bare = any(shortening.tag(at) == "NNS" for at in phrase) and shortening.tag(start + 1) in {"NNS", "JJ"}
    return is_denied or is_bare


def _cuts_purpose(shortening: Shortening, gap: Gap) -> bool:
    """Find "girls refuse to wear uniforms [so they can reach the school]"."""
    opens = shortening.word(gap.first) == "so" and shortening.tag(gap.first + 1) in {"PRP", "IN", "NNS", "DT"}
    return opens and gap.first > 0 and shortening.word(gap.first - 1) != ","


_RATES = frozenset("day week month year hour night minute second head person share barrel ton tonne mile".split())


def _cuts_rate(shortening: Shortening, gap: Gap) -> bool:
    """Find "$2 billion [a year]", "40 and 30 years[, respectively]" and "more in July than he did [in March]"."""
    opener, measure = shortening.word(gap.first), shortening.word(gap.first + 1)
    if "respectively" in shortening.words[gap.first : gap.end]:
        return True
    if opener in {"a", "an", "per", "each", "every"} and measure in _RATES:
        amount = range(max(0, gap.first - 3), gap.first)
        return any(shortening.tag(at) == "CD" for at in amount)
    compared = [shortening.word(at) for at in range(max(0, gap.first - 4), gap.first) if at in shortening.kept]
    return (
        opener in {"in", "at", "on"}
        and "than" in compared
        and compared[-1] in {"did", "does", "do", "was", "were", "is", "had", "has"}
    )


_GIVES_WAY = frozenset(
    "may might initially originally seemed appeared hoped tried wanted planned attempted expected supposed thought "
    "intended aimed once nearly almost".split()
)
_REVERSES = frozenset(
    "released freed overturned dropped withdrawn cancelled canceled reversed acquitted cleared failed rejected denied "
    "postponed delayed".split()
)
_SPREADS = frozenset(("any", "ever", "first", "only", "most", "never", "no"))


def _cuts_turn(shortening: Shortening, gap: Gap) -> bool:
    """Find "Vega may have won the title[, but the night was Keller's]": what the claim only leads up to."""
    opening = shortening.words[gap.first : gap.first + 2]
    if not shortening.is_last(gap) or "but" not in opening:
        return False
    kept = [shortening.word(at) for at in range(gap.first) if at in shortening.kept]
    if not _REVERSES.isdisjoint(shortening.words[gap.first : gap.first + _PHRASE]):
        return True
    return not _GIVES_WAY.isdisjoint(kept) or ("not", "only") in pairwise(kept)


def _cuts_since(shortening: Shortening, gap: Gap) -> bool:
    """Find "higher than anyone has flown [since 1972]"."""
    kept = {shortening.word(at) for at in range(gap.first) if at in shortening.kept}
    return shortening.word(gap.first) == "since" and not kept.isdisjoint(_SPREADS | {"anyone", "than", "highest"})


_RULES = (
    (_cuts_year, ProblemKind.CUT),
    (_cuts_namer, ProblemKind.ATTRIBUTION),
    (_widens_rule, ProblemKind.CUT),
    (_widens_subject, ProblemKind.CUT),
    (_cuts_purpose, ProblemKind.CUT),
    (_cuts_rate, ProblemKind.NUMBER),
    (_cuts_turn, ProblemKind.CUT),
    (_cuts_since, ProblemKind.CUT),
)
