"""An article in, a summary out: sentences chosen for what they tell and, where there is a writer, told in fewer words.

Every sentence that is shown is a span of the article, or was rewritten from such spans and passed the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.article import Length, Summary
from bot.core.abstracting import abstract
from bot.core.compression import Telling, Version, choose_versions
from bot.core.features import measure, nearness
from bot.core.importance import units, weigh
from bot.core.passages import find_passages
from bot.core.rewriting import Source, extracted, tellings
from bot.core.selection import REPETITION, Budget, Choice, choose
from bot.core.trees import IMPORTANCE, SALIENCE, load_trees
from bot.errors import NotAnArticle
from bot.model.base import Task
from bot.text.standalone import Standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.article import Article, SummarySentence
    from bot.core.passages import Passage
    from bot.core.trees import Trees
    from bot.model.base import Encoder, Writer

BUDGETS = {Length.SHORT: Budget(1, 2, 40), Length.MEDIUM: Budget(3, 3, 92), Length.LONG: Budget(6, 6, 180)}
"""Of the article's own sentences."""
WRITTEN_BUDGETS = {Length.SHORT: Budget(1, 2, 36), Length.MEDIUM: Budget(3, 4, 70), Length.LONG: Budget(6, 7, 130)}
"""Of sentences that a writer may shorten: more of them, in fewer words."""
_MORE = 3
"""Sentences that a writer shortens beyond the fewest that are shown: what is chosen from."""
_WORDS_A_SENTENCE = 37
_MOST_SENTENCES = 400
"""Sentences further down are not considered, which bounds the time that the longest articles take."""
_FEWEST_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Judges:
    """What judges sentences and words: the committed trees, or others in training."""

    salience: Trees
    importance: Trees

    @classmethod
    def committed(cls) -> Judges:
        """Load what came with Verbatim."""
        return cls(load_trees(SALIENCE), load_trees(IMPORTANCE))


@dataclass(frozen=True, slots=True)
class _Field:
    """The sentences of an article with what each tells; those that may be shown, and how alike each two of them are."""

    article: Article
    passages: tuple[Passage, ...]
    salience: NDArray[np.float32]
    shown: tuple[Passage, ...]
    choices: tuple[Choice, ...]
    nearness: NDArray[np.float32]

    def choose(self, budget: Budget) -> tuple[int, ...]:
        """The places in `shown` of the best sentences."""
        return choose(self.choices, self.nearness, budget, REPETITION)

    def source(self, place: int) -> Source:
        """A sentence with what comes before it."""
        passage = self.shown[place]
        first = self.article.sentences[max(0, passage.sentence - 2)].span.start
        return Source(passage.text, passage.span, self.article.text[first : passage.span.start])


def summarise(
    article: Article, length: Length, encoder: Encoder, writer: Writer | None = None, *, judges: Judges | None = None
) -> Summary:
    """Summarise an article in the order of its text; the committed `judges` judge it where none are given.

    Raises NotAnArticle where it has no sentence to show.
    """
    judges = judges or Judges.committed()
    field = _field(article, encoder, judges.salience)
    if writer is None:
        return Summary(_extracts(field, BUDGETS[length]), length)
    if Task.SHORTEN in writer.tasks:
        written = _shortened(field, WRITTEN_BUDGETS[length], writer, judges.importance)
    else:
        written = abstract(article, encoder, writer)[: BUDGETS[length].most]
    return Summary(written or _extracts(field, BUDGETS[length]), length)


def _field(article: Article, encoder: Encoder, trees: Trees) -> _Field:
    passages = find_passages(article)[:_MOST_SENTENCES]
    places = _showable(passages)
    title = [article.title] if article.title else []
    vectors = encoder.encode([passage.text for passage in passages] + title)
    body = vectors[: len(passages)]
    salience = trees.judge(measure(passages, body, article.title, vectors[-1] if title else None))
    shown = tuple(passages[place] for place in places)
    choices = tuple(
        Choice(float(salience[place]), len(passages[place].text.split()), _needs(index, shown))
        for index, place in enumerate(places)
    )
    return _Field(article, passages, salience, shown, choices, nearness(shown, body[places]))


def _extracts(field: _Field, budget: Budget) -> tuple[SummarySentence, ...]:
    return tuple(extracted(field.source(place)) for place in field.choose(budget))


def _shortened(field: _Field, budget: Budget, writer: Writer, trees: Trees) -> tuple[SummarySentence, ...]:
    """Let the writer shorten more sentences than are shown, then choose sentences and how short each is told.

    Empty where nothing was shortened: the budget is made for sentences that are.
    """
    count = budget.fewest + _MORE
    pool = field.choose(Budget(count, count, count * _WORDS_A_SENTENCE))
    told = tellings([field.source(place) for place in pool], writer)
    if all(len(ways) == 1 for ways in told):
        return ()
    offered = [
        Telling(_choice(field.choices[place], pool), tuple(_version(way.text) for way in ways))
        for place, ways in zip(pool, told, strict=True)
    ]
    near = field.nearness[list(pool)][:, list(pool)]
    importance = weigh([passage.text for passage in field.passages], field.salience, trees)
    chosen = choose_versions(offered, near, importance, budget)
    return tuple(told[index][version] for index, version in chosen)


def _choice(choice: Choice, pool: tuple[int, ...]) -> Choice:
    """The choice with its need as a place in `pool`."""
    return replace(choice, needs=pool.index(choice.needs) if choice.needs in pool else None)


def _version(text: str) -> Version:
    return Version(len(text.split()), units(text))


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


def _needs(index: int, shown: tuple[Passage, ...]) -> int | None:
    return index - 1 if index and shown[index].leaning else None
