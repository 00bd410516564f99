"""Ways of telling a sentence in fewer words: by a writer, each checked against its source.

All sentences go to the writer as one batch. Of its candidates those are kept that the gate supports and that read on
their own. Knows nothing of how sentences are chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Mode, Span, SummarySentence
from bot.model.base import Task, WriteRequest
from bot.text.standalone import Standing, standing
from bot.text.verify import shortens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model.base import Writer

_SHORTEST = 12
"""Sentences of fewer words gain nothing from a writer."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence to rewrite: its words, where they stand, and what comes before it, for its pronouns."""

    text: str
    span: Span
    context: str


def tellings(sources: Sequence[Source], writer: Writer) -> tuple[tuple[SummarySentence, ...], ...]:
    """For each source the ways of telling it: the article's own first, then shorter ones that say nothing else."""
    long = [source for source in sources if len(source.text.split()) >= _SHORTEST]
    written = writer.write([WriteRequest(Task.SHORTEN, (source.text,)) for source in long]) if long else []
    candidates = dict(zip(long, written, strict=True))
    return tuple((extracted(source), *_shorter(source, candidates.get(source, ()))) for source in sources)


def extracted(source: Source) -> SummarySentence:
    """Show the source as it stands."""
    return SummarySentence(source.text, Mode.EXTRACTED, (source.span,))


def _shorter(source: Source, candidates: Sequence[str]) -> Iterator[SummarySentence]:
    words = len(source.text.split())
    for candidate in dict.fromkeys(candidates):
        if len(candidate.split()) < words and _may_stand_for(candidate, source):
            yield SummarySentence(candidate, Mode.REWRITTEN, (source.span,))


def _may_stand_for(candidate: str, source: Source) -> bool:
    """Tell whether a candidate reads at least as well alone as its source, and says nothing that it does not."""
    reading = standing(candidate)
    if reading is Standing.UNFIT or (reading is Standing.LEANING and standing(source.text) is not Standing.LEANING):
        return False
    return shortens(candidate, [source.text], source.context).supported
