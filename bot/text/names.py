"""The people and organisations an article names, each with its fullest form and every place where it is named.

Rules over capitalised words: a full name binds its later surname ("Joseph Torigian" … "Torigian said"), titles,
first names and reporting verbs make a person, the nouns of bodies an organisation. Pronouns are not resolved here,
`coreference` does that; nothing is known of quotations.

    find_names(article) -> tuple[Name, ...]      in the order of their first mention
    name_at(names, span) -> Name | None          the name one of whose mentions overlaps the span
    coreference.referent(article, span) -> Name | None      whom the pronoun at the span means
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.article import Span
from bot.text import cues, lexicon
from bot.text.capitals import Run, runs, shorten
from bot.text.lexicon import Gender

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.article import Article

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL_WORD = re.compile(r"\b[^\W\d_A-Z]\w*")
_NEXT_WORD = re.compile(r",?\s+(?:also\s+|then\s+|has\s+|had\s+)?(\w+)")
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_DATELINE = re.compile(r",?(?:\s[\w.]+)?\s*(?:\(|[–—]|--)")
_APPOSITION = re.compile(r",\s+(?:(?:an?|the|who|his|her|its|their|\d\d)\b\s*)?((?:[\w’'-]+\s+){0,4}[\w-]+)")


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something named; `full` is `text[span]`, the fullest form in the article."""

    full: str
    span: Span
    kind: NameKind
    gender: Gender
    mentions: tuple[Span, ...]
    """Every place where it is named, in order, `span` among them; titles are left out."""
    roles: frozenset[str]
    """The titles and roles the article gives it, in lower case: "president", "spokesman"."""

    def stands_in(self, span: Span) -> bool:
        """Tell whether it is named within `span`."""
        at = bisect_left(self.mentions, Span(span.start, span.start))
        return at < len(self.mentions) and self.mentions[at].end <= span.end


@dataclass(slots=True)
class _Group:
    """The runs that name one thing, while they are gathered."""

    words: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    votes: Counter[NameKind] = field(default_factory=Counter)
    genders: Counter[Gender] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)

    @property
    def kind(self) -> NameKind:
        best = self.votes.most_common(1)
        return best[0][0] if best and best[0][1] > 0 else NameKind.OTHER

    @property
    def gender(self) -> Gender:
        best = self.genders.most_common(1)
        return best[0][0] if best else Gender.UNKNOWN


def find_names(article: Article) -> tuple[Name, ...]:
    """Find the people, organisations and places of an article, in the order of their first mention."""
    found = list(runs(article))
    groups = _group(article.text, found)
    small = frozenset(_SMALL_WORD.findall(article.text))
    kept = (group for group in groups if _is_name(group, small))
    return tuple(sorted((_finish(article.text, group) for group in kept), key=lambda name: name.mentions[0]))


def name_at(names: Iterable[Name], span: Span) -> Name | None:
    """The name one of whose mentions overlaps `span`; None where there is none."""
    return next((name for name in names if any(mention.overlaps(span) for mention in name.mentions)), None)


def _key(run: Run) -> tuple[str, ...]:
    """The words a run is compared by: no case, no initials, no "Jr."."""
    forms = [word.lower.rstrip(".") for word in run.words]
    kept = [form for i, form in enumerate(forms) if form not in _SUFFIXES and (len(form) > 1 or i == 0)]
    return tuple(kept or forms)


def _group(text: str, found: Sequence[Run]) -> list[_Group]:
    """Bring together the runs that name the same: long forms first, then the short ones to the nearest long one."""
    long: dict[tuple[str, ...], _Group] = {}
    tails = Counter(_key(run) for run in found)
    found = [_bare(run, tails) for run in found]
    for run in found:
        key = _key(run)
        if len(key) > 1:
            _put(text, long.setdefault(_first_last(key), _Group(key)), run)
    by_word = _index(long.values())
    short: dict[str, _Group] = {}
    for run in found:
        key = _key(run)
        if len(key) == 1:
            group = _fitting(by_word, key[0], run) or short.setdefault(key[0], _Group(key))
            _put(text, group, run)
    return [*long.values(), *short.values()]


def _bare(run: Run, tails: Counter[tuple[str, ...]]) -> Run:
    """Take a stray word off the front: "Rival Hillary Clinton" and "Injecting Clinton" name Clinton."""
    first = run.words[0].form
    if len(run.words) > 1 and lexicon.first_name_gender(first) is None and first.lower() not in lexicon.PLACES:
        rest = shorten(run, 1)
        if (len(rest.words) > 1 and lexicon.first_name_gender(rest.words[0].form)) or run.opens:
            return rest if tails[_key(rest)] else run
    return run


def _first_last(key: tuple[str, ...]) -> tuple[str, ...]:
    """People are the same by first and last name, whatever stands between."""
    return (key[0], key[-1]) if lexicon.first_name_gender(key[0].capitalize()) is not None else key


def _index(groups: Iterable[_Group]) -> dict[str, list[_Group]]:
    by_word: defaultdict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        if group.kind is NameKind.PERSON:
            for word in dict.fromkeys((group.words[-1], group.words[0])):
                by_word[word].append(group)
        elif group.kind is NameKind.OTHER:
            by_word[group.words[-1]].append(group)
        elif group.kind is NameKind.ORGANISATION:
            by_word["".join(word[0] for word in group.words if word not in {"of", "the", "for", "and"})].append(group)
    return by_word


def _fitting(by_word: dict[str, list[_Group]], word: str, run: Run) -> _Group | None:
    """The long name that a single word means: surnames before first names, then by gender, nearness and weight."""
    candidates = by_word.get(word, [])
    if word in lexicon.DEMONYMS:  # “Cuban” may be Mark Cuban, but is not part of “House Republican”
        candidates = [group for group in candidates if group.kind is NameKind.PERSON and group.words[-1] == word]
    gender = next((g for g in map(lexicon.title_gender, run.titles) if g is not Gender.UNKNOWN), Gender.UNKNOWN)
    fitting = [group for group in candidates if Gender.UNKNOWN in {gender, group.gender} or group.gender is gender]
    if not fitting:
        return None
    if run.titles:
        fitting = [group for group in fitting if group.words[0] != word] or fitting

    def rank(group: _Group) -> tuple[bool, bool, int]:
        said_before = group.runs[0].span.start < run.span.start
        return (group.words[-1] == word, said_before, len(group.runs))

    return max(fitting, key=rank)


def _put(text: str, group: _Group, run: Run) -> None:
    group.runs.append(run)
    group.roles.update(run.titles)
    _vote_kind(text, group, run)
    _vote_gender(group, run)


def _vote_kind(text: str, group: _Group, run: Run) -> None:
    forms = [word.lower.rstrip(".") for word in run.words]
    votes = group.votes
    named = len(forms) > 1 and lexicon.first_name_gender(run.words[0].form) is not None
    if any(form in lexicon.ORGANISATIONS for form in forms):
        votes[NameKind.ORGANISATION] += 3
    elif len(forms) == 1 and _ACRONYM.fullmatch(run.words[0].form):
        votes[NameKind.ORGANISATION] += 1
    if " ".join(forms) in lexicon.PLACES or "-".join(forms) in lexicon.PLACES or forms[-1] in lexicon.PLACE_WORDS:
        votes[NameKind.PLACE] += 3
    if run.titles:
        votes[NameKind.PERSON] += 3
    votes[NameKind.PERSON] += 2 * named
    if (forms[-1] in lexicon.DEMONYMS or forms[-1] in lexicon.TIME_WORDS) and not named:
        votes[NameKind.OTHER] += 4
    _vote_by_context(text, group, run)


def _vote_by_context(text: str, group: _Group, run: Run) -> None:
    span, votes = run.span, group.votes
    after = _NEXT_WORD.match(text, span.end, span.end + 40)
    before = _WORD_BEFORE.search(text, max(0, span.start - 20), span.start)
    if run.opens and _DATELINE.match(text, span.end) and run.words[0].form.isupper():
        votes[NameKind.PLACE] += 3
    said = bool(after and (after[1] in cues.STRONG or after[1] == "who"))
    said = said or bool(before and before[1] in cues.STRONG and before[1] not in {"told", "tells"})
    if said:
        votes[NameKind.ORGANISATION if run.article else NameKind.PERSON] += 1
    elif run.article:
        votes[NameKind.PERSON] -= 1
    if before and before[1].lower() in {"in", "at", "near", "across"}:
        votes[NameKind.PLACE] += 1
    apposition = _APPOSITION.match(text, span.end, span.end + 80)
    if apposition:
        roles = {word.lower() for word in apposition[1].split()} & lexicon.PEOPLE
        group.roles |= roles
        votes[NameKind.PERSON] += 2 * bool(roles)


def _vote_gender(group: _Group, run: Run) -> None:
    for title in run.titles:
        gender = lexicon.title_gender(title)
        if gender is not Gender.UNKNOWN:
            group.genders[gender] += 3
    if len(run.words) > 1 or run.words[0].lower != group.words[-1]:
        known = lexicon.first_name_gender(run.words[0].form)
        if known not in {None, Gender.UNKNOWN}:
            group.genders[known or Gender.UNKNOWN] += 1


def _is_name(group: _Group, small: frozenset[str]) -> bool:
    """Leave out dates, nationalities, and words that are capitals only because they open a sentence.

    `small` are the words that the article also writes without a capital.
    """
    if len(group.words) > 1 or group.votes[NameKind.PERSON] > 0 or group.votes[NameKind.PLACE] > 0:
        return True
    word = group.words[0]
    if word in lexicon.DEMONYMS or word in lexicon.TIME_WORDS or len(word) == 1 or word in lexicon.PEOPLE:
        return False
    if not all(run.opens for run in group.runs):
        return True
    return word not in small and len(group.runs) > 1


def _finish(text: str, group: _Group) -> Name:
    full = max(group.runs, key=lambda run: (min(len(run.words), 4), -run.span.start)).span
    mentions = tuple(sorted(run.span for run in group.runs))
    return Name(full.of(text), full, group.kind, group.gender, mentions, frozenset(group.roles))
