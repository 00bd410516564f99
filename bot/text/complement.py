"""Whether words that a shortening keeps still have what they need to mean what they meant.

Some words say little or something else alone: who puts, puts somewhere; an effort is one to do something; a distance
is one from somewhere. What completes them is told by its place on the surface and by its first word, since trees hang
such phrases anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.lexicon import TIME_WORDS
from bot.text.omission import FINITE, NOMINAL
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
        ("meet charge provide merge cope comply collide", "with"),
        ("deliver", "to"),
        ("keep leave", "in at out under"),
        ("compete differ", "in on over from"),
        ("serve act swear paint", "as"),
        ("compare", "to with"),
        ("attribute devote expose subject confine restrict limit belong refer amount contribute adapt", "to"),
        ("rob strip deprive rid accuse convict acquit remind inform convince suspect consist", "of"),
        ("prevent stop discourage deter ban bar exclude exempt remove", "from"),
        ("turn transform convert divide translate", "into"),
        ("regard treat describe portray depict label", "as"),
        ("link connect tie", "to with"),
        ("replace", "with by"),
        ("blame praise mistake prepare swap trade exchange", "for"),
    )
    for verb in verbs.split()
}
"""Verbs, by their stems, that say something else without the phrase that one of these words opens."""
_PHRASE = 7
_QUOTES = frozenset(["”", "“", '"', "'", "’", "‘"])


def _cuts_goal(shortening: Shortening, gap: Gap) -> bool:
    """Find "threw a stone [at the window]", "put it [in a safe]" and "was based [on a novel]"."""
    at, opener = gap.first - 1, shortening.word(gap.first)
    while at in shortening.kept and at >= gap.first - _PHRASE:
        if shortening.tag(at).startswith("VB"):
            goes_on = shortening.word(gap.first + 1) != "well"
            return goes_on and opener in _GOALS.get(shortening.source.tokens[at].stem, ())
        if shortening.tag(at) not in NOMINAL | {"PRP", "WDT", "RP"} and shortening.word(at) not in _QUOTES:
            return False
        at -= 1
    return False


_CALLS = frozenset(map(stem, "call name dub brand label deem nickname".split()))


def _cuts_name(shortening: Shortening, gap: Gap) -> bool:
    """Find "called the clerks [“thieves”]"."""
    opens = shortening.tag(gap.first) in {"DT", "JJ", "NN", "NNS", "NNP"} or shortening.word(gap.first) in _QUOTES
    if not opens or gap.put_in:
        return False
    at = gap.first - 1
    while at in shortening.kept and (shortening.tag(at) in _NAMES or shortening.word(at) == "of"):
        at -= 1
    return at in shortening.kept and at < gap.first - 1 and shortening.source.tokens[at].stem in _CALLS


_NAMES = frozenset("DT PRP$ PRP POS JJ CD NN NNS NNP".split())


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


_PLANS = frozenset(
    map(
        stem,
        "effort attempt plan bid decision failure ability inability right refusal need chance power authority "
        "willingness desire permission pressure reason tendency obligation determination struggle battle fight".split(),
    )
)
_LEANINGS = frozenset(
    map(stem, "avenue opportunity gratitude knack penchant appetite responsibility reputation preference".split())
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
    if shortening.word(gap.first) in {"at", "for", "to"} and shortening.source.tokens[noun].stem in _LEANINGS:
        return True
    before, opener = shortening.word(noun - 1), shortening.word(gap.first)
    is_bare = shortening.tag(noun) == "NN" and shortening.tag(noun - 1) in _BEFORE_BARE and noun - 1 in shortening.kept
    if (
        not is_bare
        or opener not in _CONTENT
        or any(shortening.word(at) in TIME_WORDS for at in range(gap.first + 1, gap.end))
    ):
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
    first = gap.first
    if shortening.word(first) == "(":  # "20 kilometres (12 miles) from …"
        first = next((at + 1 for at in range(first, gap.end) if shortening.word(at) == ")"), first)
    return shortening.word(first) in _FROM


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
    (_cuts_name, ProblemKind.CUT),
    (_cuts_request, ProblemKind.CUT),
    (_cuts_content, ProblemKind.CUT),
    (_cuts_whole, ProblemKind.CUT),
    (_cuts_distance, ProblemKind.CUT),
    (_cuts_circumstance, ProblemKind.CUT),
    (_cuts_gift, ProblemKind.CUT),
)
