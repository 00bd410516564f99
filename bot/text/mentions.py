"""Everyone the writer speaks of, outside quotations: names, pronouns, and descriptions such as "the minister".

These are whom a quotation can be put down to. A description is found by its head noun (somebody who can speak, or
a body or text that can) or, where the noun is in no list, by the reporting verb right after it. Who a pronoun
means is `coreference`'s to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text import cues, lexicon
from bot.text.names import Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.frame import Frame, Item

_PRONOUNS = frozenset("he she they it who i we".split())
_DETERMINERS = frozenset(
    "the a an one another his her their its our this that these those some many several most two three four five "
    "both each every no any other der die das ein eine le la l les un une el los las".split()
)
_MODIFIERS = 6
_LINKS = frozenset("of for at from with to in".split())
_OF = frozenset("of from for at".split())
_AUXILIARIES = frozenset("is was are were has have had will would can could did does do also then now".split())
_BREAKS = frozenset("and or but that which who when while as than by on about after before if because".split())


class MentionKind(StrEnum):
    """How somebody is spoken of."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is spoken of: items `first` to `last` (inclusive) of the frame."""

    span: Span
    first: int
    last: int
    kind: MentionKind
    head: str
    """The pronoun or the head noun in lower case; of a name, its last word."""
    name: Name | None = None
    inner: bool = False
    """It only tells more of the mention that follows or holds it: "House" in "House Speaker Paul Ryan"."""


def find_mentions(frame: Frame, names: Sequence[Name]) -> tuple[Mention, ...]:
    """Find the mentions of an article in order; a description may hold names, which are `inner` then."""
    named = sorted(_named(frame, names), key=lambda mention: mention.first)
    taken = {at for mention in named for at in range(mention.first, mention.last + 1)}
    others = list(_unnamed(frame, taken))
    held = {at for mention in others for at in range(mention.first, mention.last + 1)}
    inner = [replace(mention, inner=True) for mention in named if mention.first in held]
    outer = sorted([*others, *(mention for mention in named if mention.first not in held)], key=_first)
    return tuple(sorted([*inner, *_subordinated(frame, outer)], key=_first))


def _first(mention: Mention) -> int:
    return mention.first


def _subordinated(frame: Frame, found: Sequence[Mention]) -> list[Mention]:
    """Mark as inner each mention that only tells more of its neighbour; "X of Y" is X up to its end."""
    marked = list(found)
    for at, (mention, after) in enumerate(pairwise(found)):
        if _leads(frame, mention, after):
            marked[at] = replace(marked[at], inner=True)
        elif _is_of(frame, mention, after):
            marked[at] = replace(marked[at], last=after.last)
            marked[at + 1] = replace(after, inner=True)
        elif _are_apposed(frame, mention, after):
            less = at + 1 if mention.kind is MentionKind.NAME else at
            marked[less] = replace(marked[less], inner=True)
    return marked


def _is_of(frame: Frame, mention: Mention, after: Mention) -> bool:
    """Tell whether a name tells more of the name before it: "Joel Pollak of Breitbart California"."""
    if after.kind is not MentionKind.NAME or mention.kind is not MentionKind.NAME or after.first < mention.last + 2:
        return False
    between = frame.items[mention.last + 1 : after.first]
    joined = not any(item.after_comma or item.quotation is not None for item in (*between, frame.items[after.first]))
    return joined and between[0].lower in _OF and all(item.lower == "the" for item in between[1:])


def _are_apposed(frame: Frame, mention: Mention, after: Mention) -> bool:
    """Tell "Josh Earnest, the spokesman," and "the spokesman, Josh Earnest,": one person, spoken of twice."""
    if {mention.kind, after.kind} != {MentionKind.NAME, MentionKind.DESCRIPTION} or after.first != mention.last + 1:
        return False
    name, description = (mention, after) if mention.kind is MentionKind.NAME else (after, mention)
    items = frame.items
    comma = frame.text[items[mention.last].span.end : items[after.first].span.start].startswith(",")
    # After "its chair," a name of a kind that is not known is a person's.
    kinds = {NameKind.PERSON} if name is mention else {NameKind.PERSON, NameKind.OTHER}
    person = name.name is not None and name.name.kind in kinds and description.head in lexicon.PEOPLE
    return comma and person and items[mention.last].sentence == items[after.first].sentence


def _leads(frame: Frame, mention: Mention, after: Mention) -> bool:
    """Tell whether a name stands before the title of another: "ACLU executive director Anthony Romero"."""
    items = frame.items
    between = items[mention.last + 1 : after.first + 1]
    if {mention.kind, after.kind} != {MentionKind.NAME}:
        return False
    if not 1 < len(between) <= _MODIFIERS or items[mention.last].sentence != items[after.first].sentence:
        return False
    joined = not any(item.after_comma or item.quotation is not None or item.possessive for item in between[:-1])
    return joined and not between[-1].after_comma and between[-2].lower.rstrip(".") in lexicon.PEOPLE


def _named(frame: Frame, names: Sequence[Name]) -> Iterator[Mention]:
    for name in names:
        for span in name.mentions:
            first, last = frame.at(span.start), frame.at(span.end - 1)
            if first >= 0 and frame.items[first].span.start == span.start and frame.items[last].quotation is None:
                yield Mention(span, first, last, MentionKind.NAME, frame.items[last].lower, name)


def _unnamed(frame: Frame, taken: set[int]) -> Iterator[Mention]:
    items = frame.items
    at = 0
    while at < len(items):
        item = items[at]
        if at not in taken and item.quotation is None:
            if item.lower in _PRONOUNS:
                yield Mention(item.span, at, at, MentionKind.PRONOUN, item.lower)
            elif _is_head(frame, at, taken):
                mention = _description(frame, at, taken)
                if mention is not None:
                    yield mention
                    at = mention.last
        at += 1


def _is_head(frame: Frame, at: int, taken: set[int]) -> bool:
    """Tell whether a word can be the noun of a description; a title before a name belongs to the name."""
    items = frame.items
    word = items[at].lower
    after = items[at + 1] if at + 1 < len(items) else None
    joined = after is not None and after.span.start - items[at].span.end == 1 and after.sentence == items[at].sentence
    if joined and after is not None and (at + 1 in taken or after.lower in lexicon.SPEAKING):
        return False
    if items[at].possessive or (word in lexicon.DEMONYMS and joined and after is not None and not _may_follow(after)):
        return False
    if word in lexicon.SPEAKING:
        return True
    return joined and after is not None and after.lower in cues.STRONG and word not in cues.VERBS and word.isalpha()


def _may_follow(item: Item) -> bool:
    """Tell whether a word may follow "the Republican" where that is a person: a verb of saying, or a small word."""
    return item.lower in cues.VERBS or item.lower in _BREAKS or item.lower in _AUXILIARIES or item.lower in _LINKS


def _description(frame: Frame, head: int, taken: set[int]) -> Mention | None:
    """The description whose noun is item `head`: from its determiner, with the name that an "of" or "for" adds."""
    items = frame.items
    first = _determiner(frame, head)
    word = items[head].lower
    if first is None:
        if not _stands_bare(frame, head):
            return None
        first = head
    last = head
    after = head + 1
    if after < len(items) and items[after].lower in _LINKS and not items[after].after_comma:
        after += 1
        while after < min(len(items), head + 4) and items[after].lower in {"the", "a", "an"}:
            after += 1
        while after in taken and not items[after].after_comma and after < head + _MODIFIERS:
            last = after
            after += 1
    return Mention(Span(items[first].span.start, items[last].span.end), first, last, MentionKind.DESCRIPTION, word)


def _determiner(frame: Frame, head: int) -> int | None:
    items = frame.items
    for at in range(head - 1, max(-1, head - 1 - _MODIFIERS), -1):
        item, after = items[at], items[at + 1]
        if item.sentence != items[head].sentence or item.quotation is not None or after.after_comma:
            return None
        if item.lower in _DETERMINERS or item.possessive:
            return at
        if item.lower in _BREAKS or item.lower in cues.STRONG:
            return None
    return None


def _stands_bare(frame: Frame, head: int) -> bool:
    """Tell whether a plural without a determiner is a subject: it opens its sentence or a reporting verb is by it."""
    items = frame.items
    item = items[head]
    if not (item.lower.endswith("s") or item.lower in {"police", "people"}):
        return False
    before = items[head - 1] if head else None
    after = items[head + 1] if head + 1 < len(items) else None
    opens = before is None or before.sentence != item.sentence or before.quotation is not None or item.after_comma
    reported = (after is not None and after.lower in cues.STRONG) or (
        before is not None and before.lower in cues.STRONG
    )
    return opens or reported


class MentionIndex:
    """The mentions by the place of their first items, for searches around a quotation."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = tuple(mentions)
        self._firsts = [mention.first for mention in mentions]

    def around(self, at: int, before: int, after: int) -> tuple[Mention, ...]:
        """The last `before` mentions that begin before item `at`, and the first `after` ones behind it."""
        cut = bisect_right(self._firsts, at)
        return self.mentions[max(0, cut - before) : cut + after]

    def between(self, low: int, high: int) -> int:
        """How many mentions begin between two items, both left out."""
        return max(0, bisect_left(self._firsts, high) - bisect_right(self._firsts, low))

    def first_from(self, at: int) -> int | None:
        """The first item of the first mention that begins at item `at` or later."""
        cut = bisect_left(self._firsts, at)
        return self._firsts[cut] if cut < len(self._firsts) else None
