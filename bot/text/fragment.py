"""Whether a shortening is torn: a clause that lost its main clause, its subject or its verb, half of a pair or a list.

Told by the order of words and tags where the tree of a long sentence is least sure. What single words need is the
business of `complement`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.omission import FINITE, NOMINAL, SAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.omission import Gap, Shortening


def check_fragments(shortening: Shortening) -> Iterator[Problem]:
    """Find gaps that tore a sentence apart."""
    for gap in shortening.gaps:
        kind = next((kind for rule, kind in _RULES if rule(shortening, gap)), None)
        if kind is not None:
            yield Problem(kind, shortening.text(gap))


_SUBORDINATORS = frozenset(
    "when while because although though if unless where whereas as after before since until once".split()
)


def _kept_before(shortening: Shortening, gap: Gap) -> list[int]:
    return [at for at in range(gap.first) if at in shortening.kept]


def _cuts_main_clause(shortening: Shortening, gap: Gap) -> bool:
    """Find "Hours after the town voted[, the mayor left]": an opening clause alone."""
    if not shortening.is_last(gap) or not shortening.holds_verb(gap):
        return False
    kept = _kept_before(shortening, gap)
    opening = [at for at in kept[:_OPENING] if shortening.word(at) in _SUBORDINATORS]
    if not opening or any(shortening.tag(at) in FINITE for at in kept if at < opening[0]):
        return False
    behind = [at for at in kept if at > opening[0]]
    has_verb = any(shortening.tag(at) in FINITE for at in behind)
    return has_verb and not any(shortening.word(at) in {",", "–", "—", "--"} for at in behind)


_OPENING = 7


def _cuts_verb_of_clause(shortening: Shortening, gap: Gap) -> bool:
    """Find "after the actor[, a singer too, died]": a clause of which only the subject is left at the end."""
    if not shortening.is_last(gap) or not shortening.holds_verb(gap):
        return False
    at = gap.first - 1
    while at in shortening.kept and shortening.tag(at) in NOMINAL - {"VBG"} | {"PRP"}:
        at -= 1
    if at not in shortening.kept or at == gap.first - 1 or shortening.word(at) not in _SUBORDINATORS:
        return False
    is_clause = shortening.source.nodes[at].label in {"mark", "advmod"} or shortening.tag(at) == "WRB"
    return is_clause or shortening.tag(gap.first) in FINITE


def _splits_list(shortening: Shortening, gap: Gap) -> bool:
    """Find "an attack [on the bank], the court and the museum": the rest of a list whose preposition is gone."""
    if shortening.tag(gap.first) != "IN" or shortening.word(gap.end) != "," or shortening.holds_verb(gap):
        return False
    at = _end_of_names(shortening, gap.end + 1)
    if at == gap.end + 1 or shortening.word(at) not in {"and", "or"} or shortening.tag(at + 1) not in NOMINAL:
        return False
    had_verb = any(shortening.tag(one) in FINITE for one in _kept_before(shortening, gap))
    return not (had_verb and shortening.tag(_end_of_names(shortening, at + 1)) in FINITE)


def _end_of_names(shortening: Shortening, at: int) -> int:
    while shortening.tag(at) in NOMINAL or shortening.word(at) == ",":
        at += 1
    return at


def _leaves_two_verbs(shortening: Shortening, gap: Gap) -> bool:
    """Find "she trains daily [and her style] is praised": a second verb that lost its subject."""
    if shortening.word(gap.first) not in {"and", "but"} or shortening.tag(gap.end) not in FINITE:
        return False
    if shortening.holds_verb(gap) or shortening.tag(gap.first + 1) not in NOMINAL - {"VBN", "VBG", "RB"}:
        return False
    at = gap.first - 1
    while at in shortening.kept and shortening.tag(at) not in {"IN", "WP", "WDT", "WRB"} and shortening.word(at) != ",":
        if shortening.tag(at) in FINITE and shortening.word(at) not in SAYS:
            return True
        at -= 1
    return False


_SINGULAR = frozenset("is was has does".split())


def _takes_subject(shortening: Shortening, gap: Gap) -> bool:
    """Find "he reads and [his style] is praised" and "he reads [and his style] is praised": whose deed it was."""
    if shortening.tag(gap.end) not in FINITE or gap.put_in or shortening.holds_verb(gap):
        return False
    inside = [shortening.tag(at) for at in range(gap.first, gap.end)]
    if inside[-1] not in {"NN", "NNS", "NNP"} or not {"DT", "PRP$", "NNP"}.intersection(inside):
        return False
    if shortening.word(gap.first - 1) in {"and", "but"}:
        return gap.first - 1 in shortening.kept
    return shortening.word(gap.first) == "and" and shortening.word(gap.end) in _SINGULAR


def _cuts_predicate(shortening: Shortening, gap: Gap) -> bool:
    """Find "the tower that fell [was sold in May]": a subject without its verb at the end."""
    if not shortening.is_last(gap) or gap.first == 0:
        return False
    first = gap.first
    while shortening.tag(first) == "RB" and first < gap.end:
        first += 1
    return shortening.tag(first) in FINITE and shortening.tag(gap.first - 1) in {"NN", "NNS", "NNP", "PRP"}


def _cuts_bare_clause(shortening: Shortening, gap: Gap) -> bool:
    """Find "revealed the moment [the men were taken]": a clause without a word that opens it."""
    noun = gap.first - 1
    is_definite = shortening.tag(noun) == "NN" and shortening.word(noun - 1) == "the" and noun in shortening.kept
    opens = shortening.tag(gap.first) in {"DT", "PRP", "NNP", "PRP$"} and shortening.tag(gap.first + 1) != "PUNCT"
    return is_definite and opens and shortening.is_last(gap) and shortening.holds_verb(gap)


def _bares_participle(shortening: Shortening, gap: Gap) -> bool:
    """Find "the remains of soldiers killed [in the war]"."""
    verb = gap.first - 1
    if (
        shortening.word(gap.first) == ","
        or shortening.tag(verb) not in {"VBN", "VBG"}
        or verb not in shortening.kept
        or not shortening.is_last(gap)
    ):
        return False
    return shortening.tag(verb - 1) in {"NN", "NNS", "NNP"} and any(
        shortening.tag(at) in FINITE for at in range(verb - 1)
    )


def _cuts_after_aside(shortening: Shortening, gap: Gap) -> bool:
    """Find "Vega, raised in a city where few vote[, was elected]": a subject with its insertion, and no verb."""
    if not shortening.is_last(gap) or shortening.word(gap.first) != "," or shortening.word(gap.first + 1) in SAYS:
        return False
    kept = [shortening.word(at) for at in _kept_before(shortening, gap)]
    return (
        shortening.tag(gap.first + 1) in FINITE
        and "," in kept
        and "and" not in shortening.words[gap.first : gap.first + 2]
    )


def _asks_no_longer(shortening: Shortening, gap: Gap) -> bool:
    """Find "[It was not clear when] the bridge would open": a question told as a fact."""
    asks = {"when", "where", "how", "why", "what", "who", "whether", "if", "which"}
    return (
        gap.first == 0
        and gap.end - gap.first > 1
        and shortening.word(gap.end - 1) in asks
        and shortening.holds_verb(gap)
    )


def _cuts_viewer(shortening: Shortening, gap: Gap) -> bool:
    """Find "[To the tenants,] the plan is a blow" and "…[, the lawyer said, but they wait]": whose view it is."""
    if gap.first == 0 and shortening.word(0) in {"to", "for"} and shortening.word(gap.end - 1) == ",":
        return shortening.tag(1) in {"NNS", "NNP", "DT", "PRP", "JJ", "PRP$"} and not shortening.holds_verb(gap)
    near = range(gap.first + 1, min(gap.end, gap.first + _SPEAKER))
    says = next((at for at in near if shortening.word(at) in SAYS | _STATES), None)
    if says is None or shortening.word(gap.first) not in {",", "”", '"'}:
        return False
    return (
        shortening.word(says + 1) in {",", ".", "on", "in"}
        and '"' not in shortening.words[gap.first + 1 : says]
        and not any(
            shortening.tag(at) in FINITE or shortening.word(at) in {"who", "which", ","}
            for at in range(gap.first + 1, says)
        )
    )


_SPEAKER = 14
_STATES = frozenset("reads wrote writes argues argued claims claimed suggests suggested".split())


_TELLS = frozenset(("said", "told"))
_SHOWS_SPEECH = frozenset(('"', "“", "”", "that", "to"))


def _cuts_what_was_said(shortening: Shortening, gap: Gap) -> bool:
    """Find "The minister told the paper [that the plan failed]" and "[“…,”] Vega said of the win"."""
    verbs = [at for at in sorted(shortening.kept) if shortening.tag(at) in FINITE]
    if not verbs or shortening.word(verbs[-1]) not in _TELLS or not shortening.holds_verb(gap):
        return False
    if any(shortening.word(at) in _SHOWS_SPEECH for at in shortening.kept):
        return False
    if shortening.word(gap.first) in {'"', "“"}:
        return len(verbs) == 1
    behind = range(verbs[-1] + 1, gap.first)
    commas = any(shortening.word(at) == "," for at in _kept_before(shortening, gap))
    return shortening.is_last(gap) and not commas and all(shortening.tag(at) in NOMINAL for at in behind)


def _splits_pair(shortening: Shortening, gap: Gap) -> bool:
    """Find "the former …[, the latter …]" and "mistake [after mistake]"."""
    if shortening.tag(gap.first) == "IN" and shortening.word(gap.first - 1) == shortening.word(gap.first + 1):
        return gap.first - 1 in shortening.kept
    kept = {shortening.word(at) for at in shortening.kept if shortening.word(at - 1) == "the"}
    return "former" in kept and "latter" in shortening.words[gap.first : gap.end]


def _ends_in_list(shortening: Shortening, gap: Gap) -> bool:
    """Find "a cap, dark shirt[, jeans and shoes]" and "a red[, white and blue] flag": a list without its "and"."""
    if shortening.word(gap.first) == "," and shortening.tag(gap.first + 1) == "JJ":
        before = shortening.tag(gap.first - 1)
        is_open = before == "JJ" or shortening.tag(gap.first - 2) == "DT"
        return (
            gap.first - 1 in shortening.kept
            and is_open
            and shortening.tag(gap.first - 1) in {"JJ", "NN"}
            and shortening.word(gap.end) != "and"
            and _goes_on(shortening, gap)
        )
    if not shortening.is_last(gap) or shortening.word(gap.first) not in {",", "and"}:
        return False
    if shortening.word(gap.first) == "and" and shortening.tag(gap.first + 1) in {"WRB", "WP"}:
        return any(shortening.word(at) == "," for at in _kept_before(shortening, gap))
    at = gap.first - 1
    while at in shortening.kept and _is_common(shortening, at):
        at -= 1
    return at < gap.first - 1 and shortening.word(at) == "," and _is_common(shortening, gap.first + 1)


def _is_common(shortening: Shortening, at: int) -> bool:
    """Tell whether a word is a common noun or an adjective."""
    return shortening.tag(at) in {"NN", "NNS", "JJ", "NNP"} and shortening.source.tokens[at].text.islower()


def _goes_on(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether the adjectives go on in a gap up to a noun or "and"."""
    return shortening.tag(gap.first + 2) in {"NN", "NNS", "NNP", "CC", "JJ"}


def _loses_named_before(shortening: Shortening, gap: Gap) -> bool:
    """Find "a base [in Tarn], which was annexed" and "to win [the debate], the first of three"."""
    if shortening.word(gap.end) != "," or shortening.holds_verb(gap) or shortening.word(gap.first) in {"(", "["}:
        return False
    follows = shortening.word(gap.end + 1)
    names = any(shortening.tag(at) in {"NN", "NNS", "NNP"} for at in range(gap.first, gap.end))
    if follows in {"which", "where"}:
        return names
    is_aside = shortening.tag(gap.end + 1) == "DT" and shortening.tag(gap.first - 1).startswith("VB")
    return is_aside and shortening.tag(gap.end - 1) in {"NN", "NNS", "NNP"} and gap.first - 1 in shortening.kept


def _cuts_object_behind_aside(shortening: Shortening, gap: Gap) -> bool:
    """Find "a firm that employs[, directly or not, 40 people]"."""
    verb = gap.first - 1
    if shortening.word(gap.first) != "," or shortening.tag(verb) not in FINITE or verb not in shortening.kept:
        return False
    opens_clause = {shortening.word(verb - 1), shortening.word(verb - 2)} & {"that", "which", "who"}
    near = range(gap.first + 1, min(gap.end, gap.first + _ASIDE))
    closing = next((at for at in near if shortening.word(at) == ","), None)
    return bool(opens_clause) and closing is not None and shortening.tag(closing + 1) in {"DT", "CD", "IN", "PRP$"}


_ASIDE = 7


_RULES = (
    (_splits_list, ProblemKind.LINK),
    (_loses_named_before, ProblemKind.LINK),
    (_cuts_main_clause, ProblemKind.FORM),
    (_cuts_verb_of_clause, ProblemKind.FORM),
    (_cuts_predicate, ProblemKind.FORM),
    (_cuts_after_aside, ProblemKind.FORM),
    (_leaves_two_verbs, ProblemKind.FORM),
    (_takes_subject, ProblemKind.ROLE),
    (_asks_no_longer, ProblemKind.RESERVE),
    (_cuts_viewer, ProblemKind.ATTRIBUTION),
    (_cuts_what_was_said, ProblemKind.FORM),
    (_splits_pair, ProblemKind.CUT),
    (_ends_in_list, ProblemKind.FORM),
    (_cuts_object_behind_aside, ProblemKind.CUT),
    (_cuts_bare_clause, ProblemKind.CUT),
    (_bares_participle, ProblemKind.CUT),
)
