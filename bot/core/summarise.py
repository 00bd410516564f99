"""An article in, a summary out: sentences chosen for what they tell, then, where there is a writer, shortened.

Every sentence that is shown is a span of the article, or was rewritten from such spans and passed the gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.article import Length, Mode, Summary, SummarySentence
from bot.core.features import measure
from bot.core.passages import find_passages
from bot.core.salience import load_trees
from bot.core.selection import Budget, Choice, choose
from bot.errors import NotAnArticle
from bot.text.standalone import Standing

if TYPE_CHECKING:
    from bot.article import Article
    from bot.core.passages import Passage
    from bot.model.base import Encoder, Writer

BUDGETS = {Length.SHORT: Budget(2, 40), Length.MEDIUM: Budget(3, 95), Length.LONG: Budget(6, 190)}
_MOST_SENTENCES = 400
"""Sentences further down are not considered, which bounds the time that the longest articles take."""
_REPETITION = 1.5


def summarise(article: Article, length: Length, encoder: Encoder, writer: Writer | None = None) -> Summary:
    """Summarise an article in the order of its text.

    Raises NotAnArticle where it has no sentence to show.
    """
    passages = find_passages(article)[:_MOST_SENTENCES]
    if not any(passage.standing is not Standing.UNFIT for passage in passages):
        message = "There is no complete sentence in this text to summarise it with."
        raise NotAnArticle(message)
    chosen = [passages[index] for index in _choose(article, passages, length, encoder)]
    return Summary(tuple(_extracted(passage) for passage in chosen), length)


def _choose(article: Article, passages: tuple[Passage, ...], length: Length, encoder: Encoder) -> tuple[int, ...]:
    title = [article.title] if article.title else []
    vectors = encoder.encode([passage.text for passage in passages] + title)
    body = vectors[: len(passages)]
    measures = measure(passages, body, article.title, vectors[-1] if title else None)
    salience = load_trees().salience(measures)
    choices, places = _choices(passages, salience.tolist())
    near = body[places] @ body[places].T
    return tuple(places[index] for index in choose(choices, near, BUDGETS[length], _REPETITION))


def _choices(passages: tuple[Passage, ...], salience: list[float]) -> tuple[list[Choice], list[int]]:
    """The sentences to choose from, and where each stands among the passages."""
    choices: list[Choice] = []
    places: list[int] = []
    for place, passage in enumerate(passages):
        follows = bool(places) and passages[places[-1]].sentence == passage.sentence - 1
        if passage.standing is Standing.UNFIT or (passage.leaning and not follows):
            continue
        needs = len(choices) - 1 if passage.leaning else None
        choices.append(Choice(salience[place], len(passage.text.split()), needs))
        places.append(place)
    return choices, places


def _extracted(passage: Passage) -> SummarySentence:
    return SummarySentence(passage.text, Mode.EXTRACTED, (passage.span,))
