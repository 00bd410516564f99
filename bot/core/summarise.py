"""An article in, a summary out: sentences chosen for what they tell, then, where there is a writer, shortened.

Every sentence that is shown is a span of the article, or was rewritten from such spans and passed the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Length, Summary
from bot.core.features import measure, nearness
from bot.core.passages import find_passages
from bot.core.rewriting import Source, extracted, rewrite
from bot.core.salience import load_trees
from bot.core.selection import Budget, Choice, choose
from bot.errors import NotAnArticle
from bot.text.standalone import Standing

if TYPE_CHECKING:
    from bot.article import Article, SummarySentence
    from bot.core.passages import Passage
    from bot.core.salience import Trees
    from bot.model.base import Encoder, Writer

BUDGETS = {Length.SHORT: Budget(1, 2, 40), Length.MEDIUM: Budget(3, 3, 92), Length.LONG: Budget(6, 6, 180)}
_ROOM = 4 / 3
"""How much more is chosen where a writer will shorten it."""
_MOST_SENTENCES = 400
"""Sentences further down are not considered, which bounds the time that the longest articles take."""
_FEWEST_CHARACTERS = 20
_REPETITION = 1.5


@dataclass(frozen=True, slots=True)
class _Pick:
    """A sentence that was chosen, and its choice."""

    passage: Passage
    salience: float


def summarise(
    article: Article, length: Length, encoder: Encoder, writer: Writer | None = None, *, trees: Trees | None = None
) -> Summary:
    """Summarise an article in the order of its text; `trees` judge salience, the committed ones where None is given.

    Raises NotAnArticle where it has no sentence to show.
    """
    budget = BUDGETS[length]
    trees = trees or load_trees()
    if writer is None:
        picks = _choose(article, budget, encoder, trees)
        return Summary(tuple(extracted(_source(article, pick)) for pick in picks), length)
    wider = Budget(budget.fewest + 1, budget.most + 1, round(budget.words * _ROOM))
    picks = _choose(article, wider, encoder, trees)
    written = rewrite([_source(article, pick) for pick in picks], writer)
    return Summary(_within(budget.words, picks, written), length)


def _choose(article: Article, budget: Budget, encoder: Encoder, trees: Trees) -> list[_Pick]:
    passages = find_passages(article)[:_MOST_SENTENCES]
    places = _showable(passages)
    title = [article.title] if article.title else []
    vectors = encoder.encode([passage.text for passage in passages] + title)
    body = vectors[: len(passages)]
    salience = trees.salience(measure(passages, body, article.title, vectors[-1] if title else None))
    shown = [passages[place] for place in places]
    choices = [
        Choice(float(salience[place]), len(passages[place].text.split()), _needs(index, shown))
        for index, place in enumerate(places)
    ]
    chosen = choose(choices, nearness(shown, body[places]), budget, _REPETITION)
    return [_Pick(shown[index], choices[index].salience) for index in chosen]


def _showable(passages: tuple[Passage, ...]) -> list[int]:
    """The places of the passages that may be shown, the best kind that the article has."""
    places: list[int] = []
    for place, passage in enumerate(passages):
        follows = bool(places) and passages[places[-1]].sentence == passage.sentence - 1
        if passage.standing is Standing.ALONE or (passage.leaning and follows):
            places.append(place)
    places = places or [place for place, passage in enumerate(passages) if len(passage.text) >= _FEWEST_CHARACTERS]
    if not places:
        message = "There is no complete sentence in this text to summarise it with."
        raise NotAnArticle(message)
    return places


def _needs(index: int, shown: list[Passage]) -> int | None:
    return index - 1 if index and shown[index].leaning else None


def _source(article: Article, pick: _Pick) -> Source:
    first = article.sentences[max(0, pick.passage.sentence - 2)].span.start
    return Source(pick.passage.text, pick.passage.span, article.text[first : pick.passage.span.start])


def _within(words: int, picks: list[_Pick], written: tuple[SummarySentence, ...]) -> tuple[SummarySentence, ...]:
    """Leave out the least salient sentence, and what leans on it, until the rest has no more than so many words."""
    kept = list(range(len(picks)))
    while len(kept) > 1 and sum(len(written[index].text.split()) for index in kept) > words:
        weakest = min(kept, key=lambda index: picks[index].salience)
        kept = [index for index in kept if index < weakest] + _after(weakest, kept, picks)
    return tuple(written[index] for index in kept)


def _after(left_out: int, kept: list[int], picks: list[_Pick]) -> list[int]:
    rest = [index for index in kept if index > left_out]
    while rest and picks[rest[0]].passage.leaning and rest[0] == left_out + 1:
        left_out = rest.pop(0)
    return rest
