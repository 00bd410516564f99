"""Whether the pronouns of a shortening still mean whom they meant.

A pronoun most likely means the subject before it or the last one named that fits it. A shortening that keeps the
pronoun has to keep both, or nobody knows whom it means, and a reader may well take another for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.lexicon import PEOPLE, PLACES, TIME_WORDS, Gender, first_name_gender, pronoun_gender

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.omission import Shortening

_PLURAL = frozenset("they them their theirs themselves".split())
_THING = frozenset("it its itself".split())
_NOUNS = frozenset("NN NNS NNP".split())


def check_referents(shortening: Shortening) -> Iterator[Problem]:
    """Find pronouns of the third person whose likeliest bearers were left out."""
    for at in sorted(shortening.kept):
        pronoun = shortening.word(at)
        if shortening.tag(at) not in {"PRP", "PRP$"}:
            continue
        fits = [one for one in range(at) if _fits(shortening, one, pronoun)]
        if fits and not _keeps_bearer(shortening, fits, is_thing=pronoun in _THING):
            yield Problem(ProblemKind.PRONOUN, shortening.source.tokens[at].text)


def _fits(shortening: Shortening, noun: int, pronoun: str) -> bool:
    """Tell whether a word is the head of a noun phrase that a pronoun may stand for."""
    gender = pronoun_gender(pronoun)
    tag, word = shortening.tag(noun), shortening.word(noun)
    if tag not in _NOUNS or shortening.tag(noun + 1) in _NOUNS or _is_place_or_time(shortening, noun):
        return False
    if pronoun in _THING:
        return word not in PEOPLE and (tag == "NNP" or (tag == "NN" and _has_determiner(shortening, noun)))
    if pronoun in _PLURAL:
        return tag == "NNS" or word == "police" or shortening.word(noun - 1) == "and"
    if gender is None:
        return False
    return word in PEOPLE if tag != "NNP" else _name_gender(shortening, noun) in {gender, Gender.UNKNOWN}


def _is_place_or_time(shortening: Shortening, noun: int) -> bool:
    node = shortening.source.nodes[noun]
    is_placed = (
        node.label == "pobj" and node.tag == "NNP" and shortening.word(node.head) in {"in", "at", "near", "from"}
    )
    return is_placed or shortening.word(noun) in PLACES | TIME_WORDS


def _has_determiner(shortening: Shortening, noun: int) -> bool:
    return any(shortening.tag(at) in {"DT", "PRP$", "POS"} for at in range(max(0, noun - _PHRASE), noun))


_PHRASE = 3


def _name_gender(shortening: Shortening, last: int) -> Gender:
    """The gender of the name that ends at `last`, by its first part."""
    first = last
    while shortening.tag(first - 1) == "NNP":
        first -= 1
    genders = (first_name_gender(shortening.word(at)) for at in range(first, last + 1))
    return next((gender for gender in genders if gender is not None), Gender.UNKNOWN)


def _keeps_bearer(shortening: Shortening, fits: Sequence[int], *, is_thing: bool) -> bool:
    """Tell whether who may be meant was kept: each subject, of things the last; without a subject, the last of all."""
    aside = {at for gap in shortening.gaps if shortening.is_set_off(gap) for at in range(gap.first, gap.end)}
    likely = [one for one in fits if one not in aside or shortening.is_opening(one)]
    subjects = [one for one in likely if shortening.source.nodes[one].label.startswith("nsubj")]
    needed = (subjects[-1:] if is_thing else subjects) or likely[-1:] or fits[-1:]
    return all(_is_named(shortening, one, fits) for one in needed)


def _is_named(shortening: Shortening, noun: int, fits: Sequence[int]) -> bool:
    """Tell whether a noun was kept, a word that stands for it, or another mention of the same word."""
    nodes = shortening.source.nodes
    same = [one for one in fits if shortening.word(one) == shortening.word(noun)]
    bound = [child for child in shortening.source.children[noun] if nodes[child].label in {"appos", "compound"}]
    return not shortening.kept.isdisjoint([*same, *bound])
