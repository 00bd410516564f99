"""A whole summary by a writer that was made for that (BART, PEGASUS, T5), each sentence checked like any other.

Of what such a model writes, a sentence is shown as written where the gate finds that the article says it; else the
article's sentence that it comes nearest to stands in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.article import Mode, SummarySentence
from bot.core.support import choose_evidence, read, with_capitals
from bot.model.base import Task, WriteRequest
from bot.text.segment import segment
from bot.text.standalone import Standing, standing
from bot.text.tokens import tokens
from bot.text.verify import supports

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.article import Article
    from bot.core.support import Reading
    from bot.model.base import Encoder, Writer


def abstract(article: Article, encoder: Encoder, writer: Writer) -> tuple[SummarySentence, ...]:
    """Let `writer` summarise the article; empty where nothing that it writes comes near what can be shown."""
    reading = read(article, encoder)
    candidates = writer.write([WriteRequest(Task.SUMMARY, reading.sentences)])[0]
    if not candidates:
        return ()
    written = segment(candidates[0])
    statements = [written.sentence_text(index) for index in range(len(written.sentences))]
    shown: dict[tuple[int, ...], SummarySentence] = {}
    for statement, vector in zip(statements, encoder.encode(statements), strict=True):
        found = _shown(article, reading, with_capitals(statement, reading.spelling), vector)
        if found:
            shown.setdefault(*found)
    return tuple(shown[places] for places in sorted(shown))


def _shown(
    article: Article, reading: Reading, statement: str, vector: NDArray[np.float32]
) -> tuple[tuple[int, ...], SummarySentence] | None:
    """The places of a statement's evidence with what is shown for it, or None where nothing can be."""
    cut = tokens(statement)
    told = {token.stem for token in cut if token.is_content}
    evidence = tuple(place for place in choose_evidence(reading, cut, vector) if told & reading.stems[place])
    nearest = sorted(evidence, key=lambda place: -float(reading.vectors[place] @ vector))
    said = standing(statement) is Standing.ALONE
    for places in (tuple(nearest[:1]), evidence):
        if said and supports(statement, [reading.sentences[place] for place in places]).supported:
            return places, _sentence(article, places, statement, Mode.REWRITTEN)
    for place in nearest:
        if standing(reading.sentences[place]) is Standing.ALONE:
            return (place,), _sentence(article, (place,), reading.sentences[place], Mode.EXTRACTED)
    return None


def _sentence(article: Article, places: tuple[int, ...], text: str, mode: Mode) -> SummarySentence:
    return SummarySentence(text, mode, tuple(article.sentences[place].span for place in places))
