"""Whether a shortening left out words that narrow the words it keeps, so that it says more than its source.

"one of", "people who …", "the largest in …", "more than …", "both … and …", "A and B" before "met": each restricts a
word that is kept. They are told by their place on the surface and by their tags; trees err most on just these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.omission import FINITE, NOMINAL
from bot.text.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.omission import Gap, Shortening


def check_restrictions(shortening: Shortening) -> Iterator[Problem]:
    """Find gaps that took away what narrows a word which the statement keeps."""
    for gap in shortening.gaps:
        if any(rule(shortening, gap) for rule in _RULES):
            yield Problem(ProblemKind.CUT, shortening.text(gap))


_NARROWING = frozenset(
    "former alleged suspected fake attempted potential possible ex acting deputy vice assistant proposed planned "
    "unconfirmed failed some most half part nearly almost only accused apparent probable likely prospective mock "
    "supposed disputed few partly no about allegedly reportedly less more least fewer first many several mostly "
    "largely mainly interim then would-be so-called self aspiring rejected honorary late outgoing incoming retired "
    "unofficial false expected would called just even never rarely sometimes often usually generally hardly "
    "not any every each all other another last second third partially roughly approximately around presumed would "
    "typically normally frequently regularly occasionally commonly traditionally seldom straight consecutive "
    "successive "
    "claimed purported ostensible virtual quasi pseudo anti non pro".split()
)
_NARROWED = frozenset("NN NNS NNP JJ VBN VBG CD RB VBD VBZ VBP VB DT IN".split())


def _narrows_next(shortening: Shortening, gap: Gap) -> bool:
    """Find "former", "only", "most": a word left out before the words of its phrase."""
    if gap.end >= len(shortening.words) or shortening.tag(gap.end) not in _NARROWED:
        return False
    at = gap.end - 1
    while at >= gap.first and (shortening.tag(at) in NOMINAL or shortening.word(at) in {"-", "‑"}):
        if shortening.word(at) in _NARROWING:
            return True
        at -= 1
    return False


_OPENS_RELATIVE = frozenset("who whom whose that which where".split())
_SINGULAR_DETERMINERS = frozenset("the a an this that his her its their my our".split())
_MUST_TELL_WHICH = frozenset(
    "any every each all no only first last most many some few those such anyone everyone".split()
)


def _tells_which(shortening: Shortening, gap: Gap) -> bool:
    """Find "people [who …]" and "workers [hired …]": a clause without comma that says which are meant."""
    noun = gap.first - 1
    if noun < 0 or shortening.tag(noun) not in {"NN", "NNS", "NNP", "DT", "PRP", "CD"} or noun not in shortening.kept:
        return False
    word = shortening.words[gap.first]
    reduced = shortening.tag(gap.first) in {"VBN", "VBG"} and shortening.source.nodes[gap.first].label == "acl"
    if not (word in _OPENS_RELATIVE and shortening.tag(gap.first) in {"WP", "WDT", "WRB", "IN", "DT"}) and not reduced:
        return False
    return not (_is_one_thing(shortening, noun) or (reduced and _is_definite(shortening, noun)))


def _is_definite(shortening: Shortening, noun: int) -> bool:
    before = [shortening.word(at) for at in range(max(0, noun - _PHRASE), noun)]
    return "the" in before and not _MUST_TELL_WHICH.intersection(before)


def _is_one_thing(shortening: Shortening, noun: int) -> bool:
    """Tell whether a noun is one thing by itself: a name, or a singular after "the" or "a"."""
    if shortening.tag(noun) == "NNP":
        return True
    before = [shortening.word(at) for at in range(max(0, noun - _PHRASE), noun)]
    return (
        shortening.tag(noun) == "NN"
        and any(w in _SINGULAR_DETERMINERS for w in before)
        and not any(w in _MUST_TELL_WHICH for w in before)
    )


_PHRASE = 4
_NO_COMPARATIVE = frozenset(
    "over under after never ever however together whether another number member leader minister former order officer "
    "her per power water".split()
)


def _cuts_comparison(shortening: Shortening, gap: Gap) -> bool:
    """Find "more … [than …]" and "as large [as …]"."""
    for at in range(gap.first, gap.end):
        before = [one for one in range(max(0, at - _COMPARED), at) if one in shortening.kept]
        if shortening.word(at) == "than" and any(_is_comparative(shortening, one) for one in before):
            return True
        if shortening.word(at) == "as" and any(_opens_equal(shortening, one) for one in before):
            return True
    return False


def _opens_equal(shortening: Shortening, at: int) -> bool:
    return shortening.word(at) == "as" and shortening.tag(at + 1) in {"JJ", "RB"}


_COMPARED = 8


def _is_comparative(shortening: Shortening, at: int) -> bool:
    word = shortening.word(at)
    if word in {"more", "less", "fewer", "rather", "other", "better", "worse", "sooner", "later"}:
        return True
    return word.endswith("er") and shortening.tag(at) in {"JJ", "RB"} and word not in _NO_COMPARATIVE


_SUPERLATIVES = frozenset("most least worst best first last only second third fourth fifth biggest next sole".split())
_SCOPES = frozenset("of in since to on for from at by among that who which ever anywhere within under with".split())


def _cuts_scope(shortening: Shortening, gap: Gap) -> bool:
    """Find "the largest bridge [in Europe]" and "the first woman [to …]"."""
    if shortening.word(gap.first) not in _SCOPES:
        return False
    at = gap.first - 1
    is_time = shortening.word(at) in _TIMES
    while at in shortening.kept and (shortening.tag(at) in NOMINAL or shortening.word(at) in _ORDINAL_ENDS | {"-"}):
        word = shortening.word(at)
        if is_time and word in {"last", "next"}:
            return False
        if word in _SUPERLATIVES | _ORDINAL_ENDS or (
            word.endswith("est") and shortening.tag(at) == "JJ" and len(word) > _SHORT
        ):
            return True
        at -= 1
    return False


_SHORT = 4
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
"""What follows the number of "12th", which is two tokens."""
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december day night week weekend month year years months weeks days spring summer fall "
    "autumn winter season decade century evening time".split()
)


def _moves_number(shortening: Shortening, gap: Gap) -> bool:
    """Find "13 [men and 14] women" and "50 stars and 13 [stripes]": a number that lost what it counts."""
    before, inside = gap.first - 1, range(gap.first, gap.end)
    if shortening.tag(before) != "CD" or before not in shortening.kept or shortening.word(before) == "one":
        return False
    if shortening.tag(gap.end) in {"NN", "NNS", "JJ", "NNP", "CD"}:
        return any(shortening.word(at) in {"and", ",", "or", "of"} or shortening.tag(at) == "CD" for at in inside)
    return shortening.tag(gap.first) in {"NN", "NNS"} and shortening.source.nodes[before].label == "nummod"


_TOGETHER = frozenset("both between either neither together each jointly respectively".split())
_COLLECTIVE = frozenset(
    map(
        stem,
        "meet marry agree clash split divorce separate sign share argue fight exchange join collide merge debate "
        "compete differ collaborate cooperate talk negotiate date play face be have combine team trade".split(),
    )
)
_COUNTS = frozenset("two three four five six seven eight nine ten 2 3 4 5 6 7 8 9 10 several".split())


def _cuts_list(shortening: Shortening, gap: Gap) -> bool:
    """Find "A [and B] met", "both A [and B]", "three towns: A[, B] and C"."""
    inside = range(gap.first, gap.end - shortening.is_last(gap))
    joins = [
        at
        for at in inside
        if shortening.word(at) in {"and", "or", "&"} or (at == gap.first and shortening.word(at) == ",")
    ]
    if not joins or any(shortening.tag(at) in FINITE for at in inside) or not _is_within_list(shortening, gap):
        return False
    before = [shortening.word(at) for at in range(max(0, gap.first - _LIST), gap.first) if at in shortening.kept]
    if _TOGETHER.intersection(before):
        return True
    if any(word in _COUNTS for word in before) and (":" in before or "," in before or "–" in before):
        return True
    return _is_subject_of_several(shortening, gap)


_LIST = 14


def _is_within_list(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether only parts of noun phrases and their joints were left out."""
    joints = {"and", "or", ",", "&", "-", "of", "’s", "'s"}
    return all(
        shortening.tag(at) in NOMINAL | {"PRP", "CC"} or shortening.word(at) in joints
        for at in range(gap.first, gap.end)
    )


def _is_subject_of_several(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether the verb behind a cut "A and B" wants several, by its form or its meaning."""
    if "and" not in [shortening.word(at) for at in range(gap.first, gap.end)]:
        return False
    at = gap.end
    while at < len(shortening.words) and shortening.tag(at) in NOMINAL - {"VBN", "VBG"}:
        at += 1
    while shortening.tag(at) == "RB":
        at += 1
    if not shortening.tag(at).startswith(("VB", "MD")):
        return False
    word = shortening.word(at)
    verb = shortening.source.tokens[at].stem
    return word in {"are", "were", "have"} or (verb in _COLLECTIVE and word not in {"is", "was", "has", "had"})


_DENIES = frozenset(
    "not n't never no only hardly barely neither nor none nobody nothing cannot few rarely seldom".split()
)
_NARROWS_DEED = frozenset("IN TO RB JJ VBG".split())


def _widens_denial(shortening: Shortening, gap: Gap) -> bool:
    """Find "did not vote [on Friday]" and "only 14 were drawn [in his lifetime]": less is denied than is told.

    What may be left out of a claim may not be left out of its denial (the downward entailment of natural logic,
    Sánchez Valencia 1991; MacCartney and Manning 2007).
    """
    opens = shortening.tag(gap.first) in _NARROWS_DEED or shortening.word(gap.first) in _TIMES | {
        "last",
        "this",
        "next",
    }
    if not opens or shortening.is_set_off(gap) or shortening.word(gap.first) in _OPENS_REASON:
        return False
    at = gap.first - 1
    while at in shortening.kept and (shortening.word(at) not in _ENDS_CLAUSE or _is_hyphen(shortening, at)):
        if shortening.word(at) in _DENIES:
            return True
        at -= 1
    return False


def _is_hyphen(shortening: Shortening, at: int) -> bool:
    """Tell whether a mark joins two halves of a word."""
    cut = shortening.source.tokens
    return 0 < at < len(cut) - 1 and cut[at - 1].end == cut[at].start and cut[at].end == cut[at + 1].start


_ENDS_CLAUSE = frozenset(', ; : . ” " – — - and but'.split())
_OPENS_REASON = frozenset("after while although though despite".split())


def _loses_meaning_of_it(shortening: Shortening, gap: Gap) -> bool:
    """Find "it was a matter of regret [they had lost]": the clause that "it" stands for."""
    if shortening.is_set_off(gap):
        return False
    at = gap.first - 1
    while at in shortening.kept and shortening.word(at) not in _ENDS_CLAUSE:
        if shortening.word(at) == "it" and shortening.word(at + 1) in _BE:
            return shortening.holds_verb(gap) or "to" in shortening.words[gap.first : gap.end]
        at -= 1
    return False


_BE = frozenset("is was 's ’s would will has".split())

_RULES = (
    _narrows_next,
    _tells_which,
    _cuts_comparison,
    _cuts_scope,
    _cuts_list,
    _moves_number,
    _widens_denial,
    _loses_meaning_of_it,
)
