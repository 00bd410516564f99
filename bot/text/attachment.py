"""Whether what a shortening keeps still hangs on what it hung on: no phrase, verb or name is left to another clause.

A phrase that follows a gap is read with the word before the gap. So a time, place, number or verb may stand behind a
gap only where its own head was kept, and where the gap holds a clause, only where marks set it off. The parser errs:
where it and the marks do not agree, the shortening is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind
from bot.text.omission import FINITE, NOMINAL, SAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.omission import Gap, Shortening

_EQUALS = frozenset("appos conj punct cc root".split())
"""Labels of words that may take their head's place, or that no reader hangs anywhere."""
_OPENS_CLAUSE = frozenset("that because after before when while as and but although though since where".split())
_NEEDED = frozenset("obj attr acomp pobj pcomp xcomp ccomp".split())


def check_attachment(shortening: Shortening) -> Iterator[Problem]:
    """Find words kept behind a gap that hung on words in it, and words kept without what they need."""
    for gap in shortening.gaps:
        if _is_torn(shortening, gap):
            yield Problem(ProblemKind.LINK, shortening.text(gap))
        elif _lacks(shortening, gap):
            yield Problem(ProblemKind.CUT, shortening.text(gap))


def _is_torn(shortening: Shortening, gap: Gap) -> bool:
    if shortening.is_last(gap) or shortening.is_set_off(gap) or shortening.word(gap.end) in {",", ";"}:
        return False
    if shortening.holds_verb(gap):
        return not _may_follow_clause(shortening, gap)
    if _opens_time(shortening, gap.end) or _is_sort_of_place(shortening, gap):
        return False
    last = shortening.word(gap.end - 1)
    if shortening.tag(gap.end - 1) == "IN" and last not in _OPENS_CLAUSE and shortening.tag(gap.end) in NOMINAL:
        return True
    return any(_lost_head(shortening, at, gap) for at in _run(shortening, gap.end))


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_SORTS_OF_PLACE = frozenset(
    "city town village state island province county suburb district port region capital neighborhood neighbourhood "
    "borough municipality republic kingdom".split()
)


def _opens_time(shortening: Shortening, at: int) -> bool:
    """Tell whether "next week", "yesterday" or "on Friday" starts here: it hangs on the verb if any stands before."""
    word, following = shortening.word(at), shortening.word(at + 1)
    if word == "on":
        return following in _DAYS
    return word in _DAYS | {"yesterday", "today", "tomorrow"} or (
        word in {"next", "last", "this"} and following in {"week", "month", "year", "summer", "night"}
    )


def _is_sort_of_place(shortening: Shortening, gap: Gap) -> bool:
    """Find "[the village of] Orne" and "[of the village] of Orne"."""
    sort = gap.end - 1
    if shortening.word(sort) == "of":
        is_named, sort = shortening.tag(gap.end) == "NNP", sort - 1
    else:
        is_named = shortening.word(gap.end) == "of" and shortening.tag(gap.end + 1) == "NNP"
    return is_named and sort >= gap.first and shortening.word(sort) in _SORTS_OF_PLACE


def _run(shortening: Shortening, first: int) -> Iterator[int]:
    """The kept tokens from `first` up to the next gap."""
    at = first
    while at in shortening.kept:
        yield at
        at += 1


def _lost_head(shortening: Shortening, at: int, gap: Gap) -> bool:
    node = shortening.source.nodes[at]
    return gap.first <= node.head < gap.end and node.label not in _EQUALS


def _may_follow_clause(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether the words behind a gap with a finite verb in it are a clause of their own, or share its subject."""
    last = shortening.word(gap.end - 1)
    if shortening.tag(gap.end) in FINITE:
        if _is_relative(shortening, gap):
            return True
        subjects = any(shortening.source.nodes[at].label.startswith("nsubj") for at in range(gap.first, gap.end))
        return last in {"and", "but"} and not subjects
    if gap.first == 0:
        return last in _OPENS_CLAUSE or last == ","
    return False


def _is_relative(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether a gap is "who …" with one verb in it, so that the next verb is the noun's before "who"."""
    verbs = [at for at in range(gap.first, gap.end) if shortening.tag(at) in FINITE]
    opens = shortening.word(gap.first) in {"who", "which", "that"} and verbs[:1] == [gap.first + 1]
    return opens and len(verbs) == 1 and shortening.word(verbs[0]) not in SAYS


_SUBJECTS = frozenset("nsubj nsubjpass csubj".split())
_STAND_INS = frozenset("appos conj".split())


def _lacks(shortening: Shortening, gap: Gap) -> bool:
    """Tell whether a word before the gap lost its object or complement in it, or one after it its subject."""
    if _is_sort_of_place(shortening, gap):
        return False
    return any(_is_missed(shortening, gap, at) for at in range(gap.first, gap.end))


def _is_missed(shortening: Shortening, gap: Gap, at: int) -> bool:
    source = shortening.source
    head, label = source.nodes[at].head, source.nodes[at].label
    if head not in shortening.kept or _has_stand_in(shortening, gap, at):
        return False
    others = {source.nodes[one].label for one in source.children[head] if one in shortening.kept}
    if label in _SUBJECTS:
        return head >= gap.end and others.isdisjoint(_SUBJECTS)
    is_second = shortening.word(gap.first) in _JOINTS
    is_complement = label in _NEEDED and head < gap.first and not is_second and not shortening.is_set_off(gap)
    return is_complement and others.isdisjoint(_NEEDED)


_JOINTS = frozenset("and but or , ;".split())


def _has_stand_in(shortening: Shortening, gap: Gap, at: int) -> bool:
    """Tell whether an apposition was kept, "the actor" before his name, or the noun before "who" after its clause."""
    source = shortening.source
    if any(child in shortening.kept and source.nodes[child].label in _STAND_INS for child in source.children[at]):
        return True
    if all(tag == "NNP" for tag in shortening.tags[gap.first : gap.end]):
        return shortening.tag(gap.first - 1) == "NN" or shortening.word(gap.first - 1) in _DAYS
    if shortening.word(at) in {"night", "morning", "afternoon", "evening"}:
        return shortening.word(at - 1) in _DAYS
    if shortening.word(at) not in {"who", "which"} or not shortening.gaps:
        return False
    return shortening.is_last(shortening.gaps[-1]) and shortening.gaps[-1].first > at
