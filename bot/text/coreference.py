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
from bot.text.frame import Frame
from bot.text.lexicon import Gender, pronoun_gender
from bot.text.marks import find_quotations
from bot.text.mentions import Mention, MentionKind, find_mentions
from bot.text.names import Name, NameKind, find_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Article, Span
    from bot.text.weights import Weights

MODEL = "pronoun"
_REACH = 40
"""How many earlier mentions are looked through for an antecedent."""


def referent(article: Article, span: Span) -> Name | None:
    """The named person whom the pronoun at `span` (outside quotations) means; None where none fits."""
    frame = Frame(article, find_quotations(article))
    mentions = resolve(frame, find_mentions(frame, find_names(article)))
    return next((mention.name for mention in mentions if mention.span.overlaps(span)), None)


def resolve(frame: Frame, mentions: Sequence[Mention], fitted: Weights | None = None) -> tuple[Mention, ...]:
    """Give each pronoun the name it means, first to last, so that a later one can lean on an earlier."""
    fitted = weights.fitted(MODEL) if fitted is None else fitted
    resolved: list[Mention] = []
    for mention in mentions:
        name = mention.name
        if mention.kind is MentionKind.PRONOUN:
            name = _antecedent(frame, resolved, mention, fitted)
        resolved.append(replace(mention, name=name))
    return tuple(resolved)


def _antecedent(frame: Frame, before: Sequence[Mention], pronoun: Mention, fitted: Weights) -> Name | None:
    if pronoun.head == "who":
        last = before[-1] if before else None
        return last.name if last and last.last == pronoun.first - 1 else None
    candidates = list(antecedents(frame, before, pronoun))
    if not candidates:
        return None
    return weights.best(fitted, candidates)


def antecedents(frame: Frame, before: Sequence[Mention], pronoun: Mention) -> Iterator[tuple[Name, list[str]]]:
    """The persons a pronoun may mean, each with its features; `before` are the earlier mentions, resolved."""
    gender = pronoun_gender(pronoun.head)
    if gender is None:
        return
    order: dict[str, list[Mention]] = {}
    for mention in reversed(before[-_REACH:]):
        if mention.name is not None and _fits(mention.name, gender):
            order.setdefault(mention.name.full, []).append(mention)
    chained = next((m.name for m in reversed(before) if m.name and pronoun_gender(m.head) is gender), None)
    for rank, found in enumerate(order.values()):
        name = found[0].name
        if name is not None:
            yield name, list(_features(frame, pronoun, found, rank)) + ([_chain(chained, name)] if chained else [])


def _fits(name: Name, gender: Gender) -> bool:
    return name.kind is NameKind.PERSON and name.gender in {gender, Gender.UNKNOWN}


def _chain(chained: Name, name: Name) -> str:
    return "the pronoun before meant it" if chained.full == name.full else "the pronoun before meant another"


def _features(frame: Frame, pronoun: Mention, found: Sequence[Mention], rank: int) -> Iterator[str]:
    last, name = found[0], found[0].name
    here, there = frame.items[pronoun.first], frame.items[last.first]
    sentences = min(here.sentence - there.sentence, 4)
    paragraphs = min(here.paragraph - there.paragraph, 3)
    subject = _opens_sentence(frame, last)
    yield f"sentences {sentences}"
    yield f"paragraphs {paragraphs}"
    yield f"rank {min(rank, 3)}"
    yield f"sentences {min(sentences, 2)}, {'first' if subject else 'later'} in its sentence"
    yield f"last named by {last.kind}"
    if name is not None:
        yield f"gender {'known' if name.gender is not Gender.UNKNOWN else 'unknown'}"
        yield f"mentions {min(len(name.mentions), 6)}"
    if frame.items[last.last].possessive:
        yield "possessive"
    if any(_opens_sentence(frame, mention) for mention in found[:3]):
        yield "a subject lately"
    yield f"said lately {min(len(found), 5)}"


def _opens_sentence(frame: Frame, mention: Mention) -> bool:
    at = mention.first
    before = frame.items[at - 1] if at else None
    here = frame.items[at]
    return before is None or before.sentence != here.sentence or before.quotation is not None or here.after_comma
