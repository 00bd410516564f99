"""Whom "he" or "she" means: the named person who fits best in gender, nearness and standing.

A small linear model over readable features, after the salience factors of Lappin and Leass (1994, "An Algorithm for
Pronominal Anaphora Resolution"); its weights are fitted by `bot.training.speakers`. "Who" is the mention before it.
The result is a guess, to be shown as one (`Speaker.inferred`).

    resolve(frame, mentions) -> tuple[Mention, ...]      the same mentions, pronouns with the name they mean
    referent(article, span) -> Name | None               for one pronoun of an article
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.text import weights
from bot.text.descriptions import described
from bot.text.frame import Frame
from bot.text.lexicon import Gender, pronoun_gender
from bot.text.marks import find_quotations
from bot.text.mentions import Mention, MentionKind, find_mentions
from bot.text.names import Name, NameKind, find_names
from bot.text.reporting import PREPOSITIONS, Relation, opens_clause, reporting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Article, Span
    from bot.text.frame import Item
    from bot.text.weights import Weights

MODEL = "pronoun"
_REACH = 40
"""How many earlier mentions are looked through for an antecedent."""
_REPORTERS = frozenset({Relation.SUBJECT, Relation.APPOSED, Relation.INVERTED, Relation.SOURCE})
_LATELY = 5
"""How many sentences back are lately."""


def referent(article: Article, span: Span) -> Name | None:
    """The named person whom the pronoun at `span` (outside quotations) means; None where none fits."""
    frame = Frame(article, find_quotations(article))
    mentions = resolve(frame, find_mentions(frame, find_names(article)))
    at = frame.at(span.start)
    return next((mention.name for mention in mentions if mention.first <= at <= mention.last), None)


def resolve(frame: Frame, mentions: Sequence[Mention], fitted: Weights | None = None) -> tuple[Mention, ...]:
    """Give pronouns and descriptions the names they mean, first to last, so that a later can lean on an earlier."""
    fitted = weights.fitted(MODEL) if fitted is None else fitted
    resolved: list[Mention] = []
    for mention in mentions:
        if mention.head == "who":
            resolved.append(_relative(resolved, mention))
        elif mention.kind is MentionKind.PRONOUN:
            candidates = list(antecedents(frame, resolved, mention))
            name = weights.best(fitted, candidates) if candidates else None
            resolved.append(replace(mention, name=name))
        else:
            resolved.append(replace(mention, name=mention.name or described(frame, resolved, mention)))
    return tuple(resolved)


def _relative(before: Sequence[Mention], pronoun: Mention) -> Mention:
    """Give "who" the span and the name of the mention right before it."""
    last = before[-1] if before else None
    if last is None or last.last != pronoun.first - 1:
        return pronoun
    return replace(pronoun, span=last.span, name=last.name)


def antecedents(frame: Frame, before: Sequence[Mention], pronoun: Mention) -> Iterator[tuple[Name, list[str]]]:
    """The persons a pronoun may mean, each with its features; `before` are the earlier mentions, resolved."""
    gender = pronoun_gender(pronoun.head)
    if gender is None:
        return
    order: dict[str, list[Mention]] = {}
    for mention in reversed(before[-_REACH:]):
        if mention.name is not None and not mention.inner and _fits(mention.name, gender):
            order.setdefault(mention.name.full, []).append(mention)
    chained = next((m.name for m in reversed(before) if m.name and pronoun_gender(m.head) is gender), None)
    reporter = next((m for m in reversed(before[-_REACH:]) if m.name and _reports(frame, m)), None)
    for rank, found in enumerate(order.values()):
        name = found[0].name
        if name is not None:
            features = list(_features(frame, pronoun, found, rank))
            features += [_chain(chained, name)] if chained else []
            features += _reporter(frame, pronoun, reporter, name) if reporter else []
            yield name, features


def _fits(name: Name, gender: Gender) -> bool:
    return name.kind is NameKind.PERSON and name.gender in {gender, Gender.UNKNOWN}


def _chain(chained: Name, name: Name) -> str:
    return "the pronoun before meant it" if chained.full == name.full else "the pronoun before meant another"


def _reports(frame: Frame, mention: Mention) -> bool:
    return not mention.inner and reporting(frame, mention).relation in _REPORTERS


def _reporter(frame: Frame, pronoun: Mention, reporter: Mention, name: Name) -> list[str]:
    apart = frame.items[pronoun.first].sentence - frame.items[reporter.first].sentence
    who = "it" if reporter.name is not None and reporter.name.full == name.full else "another"
    return [f"{who} reported last, sentences {min(apart, 3)}, {'tag' if _reports(frame, pronoun) else 'prose'}"]


def _features(frame: Frame, pronoun: Mention, found: Sequence[Mention], rank: int) -> Iterator[str]:
    last = found[0]
    here, there = frame.items[pronoun.first], frame.items[last.first]
    sentences = min(here.sentence - there.sentence, 4)
    role = _role(frame, last)
    yield f"sentences {sentences}"
    yield f"paragraphs {min(here.paragraph - there.paragraph, 3)}"
    yield f"rank {min(rank, 3)}"
    yield f"{role}, sentences {min(sentences, 2)}"
    yield f"last named by {last.kind}"
    lately = [mention for mention in found if here.sentence - frame.items[mention.first].sentence <= _LATELY]
    yield f"a subject lately {min(sum(opens_clause(frame, mention) for mention in lately), 2)}"
    yield f"named lately {min(len(lately), 3)}"
    if any(_opens_paragraph(frame, mention, here.paragraph) for mention in found):
        yield "opens the paragraph"
    if last.name is not None:
        yield from _of_name(frame, here, last.name)


def _role(frame: Frame, mention: Mention) -> str:
    """What a mention is in its clause, as far as the words beside it tell."""
    relation = reporting(frame, mention).relation
    if frame.items[mention.last].possessive:
        return "possessive"
    if relation in _REPORTERS or relation is Relation.ADDRESSEE:
        return "addressee" if relation is Relation.ADDRESSEE else "reporter"
    if mention.first and frame.items[mention.first - 1].lower in PREPOSITIONS:
        return "after a preposition"
    return "subject" if opens_clause(frame, mention) else "object"


def _of_name(frame: Frame, here: Item, name: Name) -> Iterator[str]:
    first = name.full.split()[0]
    known = "known" if name.gender is not Gender.UNKNOWN else "unknown, like hers" if first.endswith("a") else "unknown"
    yield f"gender {known}"
    at = frame.at(here.span.start)
    tagged = (item.span for item in frame.items[max(0, at - 3) : at + 5] if item.quotation is not None)
    if any(name.stands_in(quote) for quote in tagged):
        yield "named in the quote"


def _opens_paragraph(frame: Frame, mention: Mention, paragraph: int) -> bool:
    """Tell whether a mention opens the first sentence of a paragraph."""
    at = mention.first
    if frame.items[at].paragraph != paragraph or not opens_clause(frame, mention):
        return False
    first = frame.sentence(at)[0]
    return first == 0 or frame.items[first - 1].paragraph != paragraph
