"""How a mention stands to the reporting words of its sentence: subject, inverted subject, addressee, source.

"Smith said", "Smith, a farmer, said", "said Smith", "told Smith", "according to Smith": the relation and the place of
the cue are what the choice of a speaker rests on. It decides nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.text import cues, lexicon
from bot.text.names import NameKind

if TYPE_CHECKING:
    from bot.text.frame import Frame, Item
    from bot.text.mentions import Mention

_BETWEEN = frozenset(
    "also then has had have later once often recently first just only again himself herself who is was were did does "
    "would will now even never always still further already twice famously this who've repeatedly".split()
)
PREPOSITIONS = frozenset(
    "of in to for with about by from on at as against between over after before behind under like than into".split()
)
_ADDRESSING = frozenset("told tells telling tell asked asks asking ask assured reminded".split())
_STOPS = re.compile(r"[,()–—]")
_PASSIVE = frozenset("about by if why whether what how on for".split())
_REACH_ADVERBS = 3
_REACH_APPOSITION = 25
_REACH_INVERTED = 7
_REACH_LOOSE = 14


class Relation(StrEnum):
    """How a mention stands to a reporting word."""

    SUBJECT = "subject"
    APPOSED = "apposed"
    """Subject, with an apposition between: "Smith, a farmer, said"."""
    INVERTED = "inverted"
    SOURCE = "source"
    """After "according to"."""
    ADDRESSEE = "addressee"
    LOOSE = "loose"
    """A reporting word follows in the sentence, with nobody else between."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reporting:
    """A mention's relation and the frame item of its reporting word (the last of it), if there is one."""

    relation: Relation
    cue: int | None = None


def reporting(frame: Frame, mention: Mention, starts: frozenset[int] = frozenset()) -> Reporting:
    """Find how a mention stands to a reporting word; `starts` are the first items of all mentions."""
    for rule in (_source, _direct, _inverted, _apposed):
        found = rule(frame, mention)
        if found is not None:
            return found
    return _loose(frame, mention, starts)


def is_cue(item: Item) -> bool:
    """Tell whether a word of the writer's reports speech."""
    return item.quotation is None and item.lower in cues.VERBS


def opens_clause(frame: Frame, mention: Mention) -> bool:
    """Tell whether a mention, with the titles before it, begins a sentence or follows a comma or a quotation."""
    items = frame.items
    at = mention.first
    while at > 0 and not items[at].after_comma:
        before = items[at - 1]
        if before.sentence != items[at].sentence or before.quotation is not None:
            return True
        if not _is_title(before) or mention.first - at >= _REACH_INVERTED:
            return False
        at -= 1
    return True


def _same(frame: Frame, at: int, other: int) -> bool:
    items = frame.items
    return 0 <= at < len(items) and items[at].sentence == items[other].sentence and items[at].quotation is None


def _source(frame: Frame, mention: Mention) -> Reporting | None:
    at = mention.first - 1
    while _same(frame, at, mention.first) and at > mention.first - _REACH_INVERTED:
        item = frame.items[at]
        if item.lower == "to" and _same(frame, at - 1, at) and frame.items[at - 1].lower == "according":
            return Reporting(Relation.SOURCE, at)
        if item.lower in {"laut", "selon", "según"}:
            return Reporting(Relation.SOURCE, at)
        if frame.items[at + 1].after_comma or not _is_title(item):
            return None
        at -= 1
    return None


def _is_title(item: Item) -> bool:
    lower = item.lower.rstrip(".")
    known = lower in lexicon.PEOPLE or lower in lexicon.DEMONYMS or lower in lexicon.ORGANISATIONS
    return known or item.form[:1].isupper() or lower in {"the", "of", "and", "former", "to"} or item.possessive


def _direct(frame: Frame, mention: Mention) -> Reporting | None:
    items = frame.items
    if items[mention.last].possessive:
        return None
    at = mention.last + 1
    for _ in range(_REACH_ADVERBS + 1):
        if not _same(frame, at, mention.last) or items[at].after_comma:
            return None
        if is_cue(items[at]):
            return Reporting(Relation.SUBJECT, at)
        if items[at].lower not in _BETWEEN and not items[at].lower.endswith("ly"):
            return None
        at += 1
    return None


def _inverted(frame: Frame, mention: Mention) -> Reporting | None:
    items = frame.items
    at = mention.first - 1
    while _same(frame, at, mention.first) and at >= mention.first - _REACH_INVERTED:
        if items[at + 1].after_comma:
            return None
        if is_cue(items[at]):
            addressed = items[at].lower in _ADDRESSING
            return Reporting(Relation.ADDRESSEE if addressed else Relation.INVERTED, at)
        if not _is_title(items[at]):
            return None
        at -= 1
    return None


def _apposed(frame: Frame, mention: Mention) -> Reporting | None:
    items = frame.items
    if not _same(frame, mention.last + 1, mention.last) or not items[mention.last + 1].after_comma:
        return None
    for at in range(mention.last + 1, mention.last + _REACH_APPOSITION):
        if not _same(frame, at, mention.last):
            return None
        follows = items[at].after_comma or (items[at - 1].after_comma and items[at - 1].lower in _BETWEEN)
        if at == mention.last + 1:  # “Smith, 34, said” and “Smith (D) said”, but not “Smith, said Jones”
            stops = _STOPS.findall(frame.text[items[at - 1].span.end : items[at].span.start])
            follows = len(stops) > 1 or (bool(stops) and items[mention.first].after_comma and _is_person(mention))
        if is_cue(items[at]) and follows and not _is_participle(frame, at):
            return Reporting(Relation.APPOSED, at)
    return None


def _is_person(mention: Mention) -> bool:
    return mention.name is not None and mention.name.kind is NameKind.PERSON


def _is_participle(frame: Frame, at: int) -> bool:
    """Tell "Smith, saying" and "Smith, asked about it," from "Smith, a farmer, asked"."""
    items = frame.items
    after = items[at + 1].lower if at + 1 < len(items) else ""
    return items[at].lower.endswith("ing") or (items[at].lower in _ADDRESSING and after in _PASSIVE)


def _loose(frame: Frame, mention: Mention, starts: frozenset[int]) -> Reporting:
    for at in range(mention.last + 1, mention.last + _REACH_LOOSE):
        if not _same(frame, at, mention.last) or at in starts:
            break
        if is_cue(frame.items[at]):
            return Reporting(Relation.LOOSE, at)
    return Reporting(Relation.NONE)
