"""Whether words that a shortening keeps still have what they need to mean what they meant.

Some words say little or something else alone: who puts, puts somewhere; an effort is one to do something; a distance
is one from somewhere; what was called a name was called so by somebody. What completes them is told by its place on
the surface and by its first word, since trees hang such phrases anywhere.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.lexicon import TIME_WORDS
from bot.text.omission import FINITE, NOMINAL, SAYS
from bot.text.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.omission import Gap, Shortening


def check_complements(shortening: Shortening) -> Iterator[Problem]:
    """Find gaps that took away what completes a word which the statement keeps."""
    for gap in shortening.gaps:
        kind = next((kind for rule, kind in _RULES if rule(shortening, gap)), None)
        if kind is not None:
            yield Problem(kind, shortening.text(gap))


_GOALS = {
    stem(verb): frozenset(openers.split())
    for verbs, openers in (
        ("put place lay insert plunge", "in on into onto at under over inside against behind"),
        ("throw hurl toss fling aim point fire lob shout yell direct", "at towards toward into"),
        ("base rely depend focus embark insist hinge", "on upon"),
        ("meet charge provide", "with"),
        ("serve act swear paint", "as"),
        ("compare", "to with"),
        ("attribute devote expose subject confine restrict limit belong refer amount contribute adapt", "to"),
        ("rob strip deprive rid accuse convict acquit remind inform convince suspect consist", "of"),
        ("prevent stop discourage deter ban bar exclude exempt remove", "from"),
        ("turn transform convert divide translate", "into"),
        ("regard treat describe portray depict label", "as"),
        ("link connect tie", "to with"),
        ("replace", "with by"),
        ("blame praise mistake", "for"),
    )
    for verb in verbs.split()
}
"""Verbs, by their stems, that say something else without the phrase that one of these words opens."""
_PHRASE = 7


def _cuts_goal(shortening: Shortening, gap: Gap) -> bool:
    """Find "threw a stone [at the window]", "put it [in a safe]" and "was based [on a novel]"."""
    at, opener = gap.first - 1, shortening.word(gap.first)
    while at in shortening.kept and at >= gap.first - _PHRASE:
        if shortening.tag(at).startswith("VB"):
            goes_on = shortening.word(gap.first + 1) != "well"
            return goes_on and opener in _GOALS.get(shortening.source.tokens[at].stem, ())
        if shortening.tag(at) not in NOMINAL | {"PRP", "WDT", "RP"}:
            return False
        at -= 1
    return False


_ASKS = frozenset(
    map(stem, "press urge ask order force persuade want allow enable encourage invite pressure instruct".split())
)


def _cuts_request(shortening: Shortening, gap: Gap) -> bool:
    """Find "pressing lawmakers [in private to change the law]": what was asked."""
    inside = range(gap.first, gap.end - 1)
    asked = next((at for at in inside if shortening.word(at) == "to" and shortening.tag(at + 1) == "VB"), None)
    if asked is None or any(shortening.tag(at) in FINITE for at in range(gap.first, asked)):
        return False
    at = gap.first - 1
    while at in shortening.kept and shortening.tag(at) in NOMINAL - {"VBG", "VBN"} | {"PRP"}:
        at -= 1
    return at in shortening.kept and at < gap.first - 1 and shortening.source.tokens[at].stem in _ASKS


_NAMED = frozenset(
    "described branded labelled labeled dubbed hailed denounced deemed regarded called condemned".split()
)
_QUOTES = frozenset(["”", '"', "'", "’"])


def _cuts_namer(shortening: Shortening, gap: Gap) -> bool:
    """Find "described as “heartbreaking” [by the agency]": whose word it is."""
    if shortening.word(gap.first) != "by" or (shortening.is_set_off(gap) and not shortening.is_last(gap)):
        return False
    before = [shortening.word(at) for at in range(gap.first - _PHRASE, gap.first) if at in shortening.kept]
    return bool(before) and (before[-1] in _QUOTES or not _NAMED.isdisjoint(before))


_PLANS = frozenset(
    map(
        stem,
        "effort attempt plan bid decision failure ability inability right refusal need chance power authority "
        "willingness desire permission pressure reason tendency obligation determination struggle battle fight".split(),
    )
)
_BEFORE_BARE = frozenset("IN TO VB VBD VBG VBN VBZ VBP".split())
_CONTENT = frozenset("on of to for with over against about between into".split())


def _cuts_content(shortening: Shortening, gap: Gap) -> bool:
    """Find "efforts [to stem the flow]" and "in response to consultation [on the reform]"."""
    noun = gap.first - 1
    if noun not in shortening.kept or shortening.tag(noun) not in {"NN", "NNS"}:
        return False
    if shortening.word(gap.first) == "to" and shortening.source.tokens[noun].stem in _PLANS:
        return shortening.tag(gap.first + 1) == "VB"
    before, opener = shortening.word(noun - 1), shortening.word(gap.first)
    is_bare = shortening.tag(noun) == "NN" and shortening.tag(noun - 1) in _BEFORE_BARE and noun - 1 in shortening.kept
    if not is_bare or opener not in _CONTENT or _opens_when(shortening, gap):
        return False
    return before not in {"in", "into", "of", "at", "by"} or opener in {"to", "between"}


_KNOWN_BY_PLACE = frozenset("mayor president governor king queen prime minister head chief".split())


def _cuts_whole(shortening: Shortening, gap: Gap) -> bool:
    """Find "the motivator [of the base]" and "a series [of saves]": a part, a kind or a deed without its whole."""
    noun = gap.first - 1
    is_noun = noun in shortening.kept and shortening.tag(noun) in {"NN", "NNS"}
    if not is_noun or shortening.word(gap.first) != "of" or shortening.word(noun) in _KNOWN_BY_PLACE:
        return False
    return shortening.tag(gap.first + 1) not in {"NNP", "CD"} and shortening.word(gap.end) != "of"


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


_LENGTHS = frozenset(
    map(
        stem,
        "mile hour day week month year kilometre kilometer km metre meter yard foot feet inch block minute".split(),
    )
)
_FROM = frozenset("from away off above below north south east west outside inland after before since behind".split())


def _cuts_distance(shortening: Shortening, gap: Gap) -> bool:
    """Find "was found a half-mile [from the house]"."""
    unit = gap.first - 1
    if unit not in shortening.kept or shortening.source.tokens[unit].stem not in _LENGTHS:
        return False
    if shortening.word(unit - 1) in {"this", "last", "next", "that", "every", "each"}:
        return False
    return shortening.word(gap.first) in _FROM


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


def _cuts_circumstance(shortening: Shortening, gap: Gap) -> bool:
    """Find "the attack occurred [when the crowd left]": nothing is said of it but when and where."""
    is_empty = shortening.word(gap.first - 1) in {"occurred", "happened", "occurs", "happens", "comes", "came"}
    return is_empty and shortening.is_last(gap) and shortening.word(gap.first) not in {",", "and", "but"}


_GIVES = frozenset(map(stem, "deny give grant offer award hand send cost deal teach".split()))


def _cuts_gift(shortening: Shortening, gap: Gap) -> bool:
    """Find "denying the clerks [a fair trial]"."""
    at = gap.first - 1
    if shortening.tag(gap.first) not in {"DT", "PRP$", "CD"} or gap.put_in:
        return False
    while at in shortening.kept and shortening.tag(at) in {"NN", "NNS", "NNP", "DT", "PRP$", "PRP", "CC", "JJ"}:
        at -= 1
    return at in shortening.kept and at < gap.first - 1 and shortening.source.tokens[at].stem in _GIVES


_RULES = (
    (_cuts_goal, ProblemKind.CUT),
    (_cuts_request, ProblemKind.CUT),
    (_cuts_namer, ProblemKind.ATTRIBUTION),
    (_cuts_content, ProblemKind.CUT),
    (_cuts_whole, ProblemKind.CUT),
    (_widens_rule, ProblemKind.CUT),
    (_widens_subject, ProblemKind.CUT),
    (_cuts_distance, ProblemKind.CUT),
    (_cuts_purpose, ProblemKind.CUT),
    (_cuts_rate, ProblemKind.NUMBER),
    (_cuts_turn, ProblemKind.CUT),
    (_cuts_since, ProblemKind.CUT),
    (_cuts_circumstance, ProblemKind.CUT),
    (_cuts_gift, ProblemKind.CUT),
)
