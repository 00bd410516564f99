"""Whom a description such as "the minister" or "the company" means, where the article makes it plain.

A person, if the article gives a person named before that title; a body, if the noun is part of a body's name ("the
department") or if the article names one company alone. Otherwise a description stays as it is: a wrong name is worse
than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text import lexicon
from bot.text.mentions import Mention, MentionKind
from bot.text.names import Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.frame import Frame

_SAME_TITLE = {
    "senator": "sen",
    "governor": "gov",
    "representative": "rep",
    "congressman": "rep",
    "congresswoman": "rep",
    "general": "gen",
    "colonel": "col",
    "captain": "capt",
    "lieutenant": "lt",
    "sergeant": "sgt",
    "doctor": "dr",
    "professor": "prof",
}
_BODIES = frozenset(
    "foundation university college school department ministry bank agency bureau commission committee court council "
    "institute union association federation league museum hospital newspaper magazine institut ministerium université "
    "ministère universidad ministerio".split()
)
_COMPANIES = frozenset("company firm group retailer manufacturer airline unternehmen firma entreprise empresa".split())
_REACH = 60
_ENOUGH = 2
_PREFIX = 40
"""How many characters before a name are looked through for what a description adds: "Texas Sen. Ted Cruz"."""


def described(frame: Frame, before: Sequence[Mention], mention: Mention) -> Name | None:
    """The name that a definite description means; `before` are the earlier mentions. None where it is not plain."""
    first = frame.items[mention.first].lower
    if mention.kind is not MentionKind.DESCRIPTION or first not in {"the", "der", "die", "le", "la", "el"}:
        return None
    if frame.items[mention.last].lower != mention.head:  # "the chairman of Fox" says itself whose
        return None
    added = [item.lower for item in frame.items[mention.first + 1 : mention.last]]
    earlier = list(_names(before[-_REACH:]))
    if mention.head in lexicon.TITLES:
        titles = {mention.head, _SAME_TITLE.get(mention.head, mention.head)}
        titled = (name for name in earlier if name.kind is NameKind.PERSON and titles & name.roles)
        return next((name for name in titled if _is_said_of(frame.text, name, added)), None)
    return None if added else _body(mention.head, earlier)


def _is_said_of(text: str, name: Name, added: Sequence[str]) -> bool:
    """Tell whether the words a description adds stand right before one of the name's mentions."""
    prefixes = [text[max(0, span.start - _PREFIX) : span.start].lower() for span in name.mentions] if added else []
    return not added or any(all(word in prefix for word in added) for prefix in prefixes)


def _names(mentions: Sequence[Mention]) -> Iterator[Name]:
    """The names of mentions, the latest first, each once."""
    seen: set[str] = set()
    for mention in reversed(mentions):
        if mention.name is not None and mention.name.full not in seen:
            seen.add(mention.name.full)
            yield mention.name


def _body(head: str, earlier: Sequence[Name]) -> Name | None:
    bodies = [name for name in earlier if name.kind is NameKind.ORGANISATION]
    if head in _BODIES:
        return next((name for name in bodies if head in name.full.lower().split()), None)
    if head not in _COMPANIES:
        return None
    often = [name for name in bodies if len(name.mentions) >= _ENOUGH]
    return often[0] if len(often) == 1 else None
