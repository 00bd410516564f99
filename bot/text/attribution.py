"""Who may have said a quotation, and what speaks for each: the evidence that the choice of a speaker weighs.

For a quotation it lists the mentions around it, the speaker of the quotation before, and nobody at all (a title, a
scare quote); each with features in plain words: where it stands, how it stands to a reporting word, how near that is.
The weights are `weights`' business and the choice is `speakers`'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.text import cues, lexicon
from bot.text.mentions import MentionIndex, MentionKind
from bot.text.names import NameKind
from bot.text.reporting import PREPOSITIONS, Relation, Reporting, is_cue, reporting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.frame import Frame
    from bot.text.marks import Quotation
    from bot.text.mentions import Mention

_BEFORE, _AFTER = 14, 7
"""How many mentions to each side are looked at."""
_PARAGRAPHS_BEFORE = 3
_REACH = 300
"""How many items away a mention may be."""
_NEAR, _SOME_WAY = 2, 6
_CUE_REACH = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible speaker of a quotation: a mention, or nobody; `cue` is the frame item of the reporting word."""

    mention: Mention | None
    cue: int | None
    features: tuple[str, ...]


class Evidence:
    """What an article's frame says about who speaks, worked out once for all its quotations."""

    def __init__(self, frame: Frame, quotations: Sequence[Quotation], mentions: Sequence[Mention]) -> None:
        self.frame = frame
        self.quotations = quotations
        self.index = MentionIndex(mentions)
        starts = frozenset(mention.first for mention in mentions)
        self._reporting = {mention.first: reporting(frame, mention, starts) for mention in mentions}
        reports = [each for each in mentions if self._reporting[each.first].relation is Relation.SUBJECT]
        self.reporters = MentionIndex(reports)

    def candidates(self, index: int, previous: Mention | None) -> list[Candidate]:
        """The possible speakers of quotation `index`; `previous` is who spoke the one before."""
        at = self.frame.places.get(index)
        if at is None:
            return []
        around = [each for each in self.index.around(at, _BEFORE, _AFTER) if not each.inner and self._near(each, at)]
        if previous is not None and previous not in around:
            around.append(previous)
        context = _Context(self, index, at, previous)
        found = [self._candidate(context, mention) for mention in around]
        return [*found, Candidate(None, None, tuple(context.nobody()))]

    def _near(self, mention: Mention, at: int) -> bool:
        apart = self.frame.items[mention.first].paragraph - self.frame.items[at].paragraph
        return -_PARAGRAPHS_BEFORE <= apart <= 1 and abs(mention.first - at) <= _REACH

    def _candidate(self, context: _Context, mention: Mention) -> Candidate:
        found = self._reporting[mention.first]
        return Candidate(mention, found.cue, tuple(context.features(mention, found)))


class _Context:
    """One quotation, and the features of each candidate against it."""

    def __init__(self, evidence: Evidence, index: int, at: int, previous: Mention | None) -> None:
        self.evidence = evidence
        self.frame = evidence.frame
        self.items = evidence.frame.items
        self.at = at
        self.item = self.items[at]
        self.part = evidence.quotations[index]
        self.previous = previous
        self.first, self.last = self.frame.sentence(at)
        self.bare = not self.frame.has_words(at)
        self.shape = self._shape()
        self.since = self._since(index)

    def _shape(self) -> str:
        """How the quotation stands in its sentence: alone, opening it, closing it or inside."""
        if self.bare:
            return "alone"
        opens = self.at == self.first
        closes = self.at == self.last
        return "opening" if opens else "closing" if closes else "inside"

    def _since(self, index: int) -> str:
        """Where the quotation before this one is."""
        if index == 0:
            return "first"
        before = self.items[self.frame.places[index - 1]]
        if self.part.continues:
            return "continued"
        if before.sentence == self.item.sentence:
            return "same sentence"
        apart = self.item.paragraph - before.paragraph
        adjacent = " adjacent" if self.at - self.frame.places[index - 1] == 1 else ""
        return f"{min(apart, 3)} paragraphs{adjacent}"

    def features(self, mention: Mention, found: Reporting) -> Iterator[str]:
        """Say in plain words what speaks for and against a mention."""
        place = self._place(mention)
        relation = self._relation(mention, found)
        kind = _kind(mention)
        yield f"{place}, quote {self.shape}"
        yield f"{relation}, {place}"
        yield f"{relation}, {self._cue(found)}, quote {self.shape}"
        yield f"{kind}, {relation.split(',')[0]}"
        yield f"{kind}, quote {'alone' if self.bare else 'tagged'}"
        yield f"{kind}, {place}"
        yield from self._standing(mention, place, relation)
        yield from self._running(mention, relation)

    def _place(self, mention: Mention) -> str:
        item = self.items[mention.first]
        side = "before" if mention.first < self.at else "after"
        if item.sentence == self.item.sentence:
            return f"{side} in sentence"
        apart = abs(item.sentence - self.item.sentence)
        if item.paragraph == self.item.paragraph:
            return f"{side} in paragraph, {min(apart, 2)} sentences"
        paragraphs = abs(item.paragraph - self.item.paragraph)
        return f"{side}, {min(paragraphs, 3)} paragraphs, {min(apart, 3)} sentences"

    def _relation(self, mention: Mention, found: Reporting) -> str:
        if found.cue is None:
            return self._layout(mention)
        word = self.items[found.cue].lower
        grade = "said" if word in {"said", "says"} else "strong" if word in cues.STRONG else "weak"
        if found.relation is Relation.SOURCE:
            grade = "source"
        return f"{found.relation} {grade}"

    def _layout(self, mention: Mention) -> str:
        """What the punctuation says where there is no verb: “…” – Smith; Smith: “…”."""
        text = self.frame.text
        if mention.first == self.at + 1:
            gap = text[self.item.span.end : mention.span.start].strip()
            if gap[:1] in {"—", "–", "―", "-", "~"}:
                return "after a dash"
        if mention.last == self.at - 1 and ":" in text[mention.span.end : self.item.span.start]:
            return "before a colon"
        return "no relation"

    def _cue(self, found: Reporting) -> str:
        if found.cue is None:
            return "no cue"
        low, high = sorted((found.cue, self.at))
        span = self.items[low + 1 : high]
        if any(item.quotation is not None for item in span):
            return "cue beyond another quote"
        same = self.items[found.cue].sentence == self.item.sentence
        count = len(span)
        near = (
            "touching" if count == 0 else "near" if count <= _NEAR else "some way off" if count <= _SOME_WAY else "far"
        )
        side = "before" if found.cue < self.at else "after"
        return f"cue {near} {side} {'in' if same else 'out of'} sentence"

    def _standing(self, mention: Mention, place: str, relation: str) -> Iterator[str]:
        low, high = sorted((mention.last, self.at))
        others = min(self.evidence.index.between(low, high), 4)
        if "in sentence" in place:
            yield f"{place}, {others} others between"
            if self.evidence.reporters.between(low, high):
                yield f"another reports between, {relation}"
            if mention.first == self.first or self.items[mention.first].after_comma:
                yield f"{place}, opens its clause"
            if mention.first == self.evidence.index.first_from(self.first):
                yield f"{place}, first of its sentence, cue {self._nearest_cue()}"
            if mention.first > self.first and self.items[mention.first - 1].lower in PREPOSITIONS:
                yield f"{place}, after a preposition"
                yield f"after a preposition, {relation}"
        else:
            yield f"out of sentence, {others} others between"
            if mention.first == self.frame.sentence(mention.first)[0]:
                yield f"{place}, opens its sentence"
            if self._announces(mention):
                yield f"{place}, its sentence ends in a colon"
        if self.items[mention.last].possessive:
            yield "possessive"
        if mention.name is not None and mention.name.stands_in(self.item.span):
            yield f"named in the quote, {mention.kind}"

    def _nearest_cue(self) -> str:
        """The reporting word that stands last before the quotation in its sentence, and its form."""
        for at in range(self.at - 1, max(self.first - 1, self.at - _CUE_REACH), -1):
            item = self.items[at]
            if item.quotation is not None:
                return "beyond a quote"
            if is_cue(item):
                form = "participle" if item.lower.endswith("ing") else "finite"
                near = "near" if self.at - at <= _NEAR + 1 else "far"
                return f"{form} {'strong' if item.lower in cues.STRONG else 'weak'} {near}"
        return "none"

    def _announces(self, mention: Mention) -> bool:
        """Tell whether the sentence of the mention ends in a colon right before the quotation."""
        before = self.items[self.at - 1] if self.at else None
        if before is None or before.quotation is not None or before.sentence != self.items[mention.first].sentence:
            return False
        return ":" in self.frame.text[before.span.end : self.item.span.start]

    def _running(self, mention: Mention, relation: str) -> Iterator[str]:
        if self.previous is None:
            return
        same = mention is self.previous or (
            mention.name is not None and self.previous.name is not None and mention.name.full == self.previous.name.full
        )
        who = "spoke before" if same else "did not speak before"
        yield f"{who}, {self.since}, quote {self.shape}"
        if relation == "no relation":
            yield f"{who}, no relation, quote {self.shape}"

    def nobody(self) -> Iterator[str]:
        """Say what speaks for a quotation that nobody said: a title, a term, a scare quote."""
        words = self.part.inner.of(self.frame.text).split()
        length = next((name for most, name in _LENGTHS if len(words) <= most), "10+")
        yield f"nobody, {length} words"
        yield f"nobody, {length} words, {self.shape}"
        yield f"nobody, {length} words, cue {self._nearest_cue()}"
        content = [word for word in words if word[:1].isalpha() and word.lower() not in lexicon.OPENERS]
        capitals = bool(content) and all(word[0].isupper() for word in content)
        if capitals:
            yield f"nobody, capitals, {length} words"
        before = self.items[self.at - 1] if self.at > self.first else None
        if before is not None and before.quotation is None:
            yield f"nobody, after {before.lower if before.lower in _SMALL else 'another word'}, {length} words"
            if before.possessive:
                yield f"nobody, after a possessive, {'capitals' if capitals else 'small'}"
            if before.lower in _NAMING:
                yield f"nobody, named so, {length} words"
        after = self.items[self.at + 1] if self.at < self.last else None
        if after is not None and after.quotation is None:
            sort = "cue" if is_cue(after) else "comma" if after.after_comma else "word"
            yield f"nobody, before a {sort}, {length} words"
        if self.frame.text[self.part.inner.end - 1] == ",":
            yield "nobody, ends in a comma"


_NAMING = frozenset(
    "called known named titled dubbed entitled so-called nicknamed term word phrase as pseudonym".split()
)
_LENGTHS = ((1, "1"), (4, "2-4"), (9, "5-9"))
_SMALL = frozenset("the a an his her its their on of as in that to and or called for s with by at is was".split())


def _kind(mention: Mention) -> str:
    if mention.kind is MentionKind.NAME and mention.name is not None:
        kind = mention.name.kind
        return "another name" if kind is NameKind.OTHER else kind.value
    if mention.kind is MentionKind.PRONOUN:
        return f"pronoun {mention.head}"
    plural = mention.head.endswith("s") and mention.head not in {"boss", "congress", "campus"}
    people = mention.head in lexicon.PEOPLE
    return f"description of {'people' if people else 'a body or thing'}{', plural' if plural else ''}"
