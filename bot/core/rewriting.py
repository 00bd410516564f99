"""Chosen sentences shortened by a writer, each checked against its source; what the gate refuses stays as it was.

All sentences go to the writer as one batch. Of its candidates the shortest is taken that the gate supports and that
reads on its own; where there is none, the source stands. Knows nothing of how the sentences were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Mode, Span, SummarySentence
from bot.model.base import Task, WriteRequest
from bot.text.standalone import Standing, standing
from bot.text.verify import shortens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.base import Writer

_SHORTEST = 12
"""Sentences of fewer words gain nothing from a writer."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence to rewrite: its words, where they stand, and what comes before it, for its pronouns."""

    text: str
    span: Span
    context: str


def rewrite(sources: Sequence[Source], writer: Writer) -> tuple[SummarySentence, ...]:
    """Shorten each sentence where that can be done truly; one sentence comes back for each source, in order."""
    long = [source for source in sources if len(source.text.split()) >= _SHORTEST]
    written = writer.write([WriteRequest(Task.SHORTEN, (source.text,)) for source in long]) if long else []
    candidates = dict(zip(long, written, strict=True))
    return tuple(_best(source, candidates.get(source, ())) for source in sources)


def extracted(source: Source) -> SummarySentence:
    """Show the source as it stands."""
    return SummarySentence(source.text, Mode.EXTRACTED, (source.span,))


def _best(source: Source, candidates: Sequence[str]) -> SummarySentence:
    for candidate in sorted(dict.fromkeys(candidates), key=lambda text: len(text.split())):
        if candidate != source.text and _is_shorter(candidate, source) and _may_stand_for(candidate, source):
            return SummarySentence(candidate, Mode.REWRITTEN, (source.span,))
    return extracted(source)


def _is_shorter(candidate: str, source: Source) -> bool:
    return len(candidate.split()) < len(source.text.split())


def _may_stand_for(candidate: str, source: Source) -> bool:
    """Tell whether a candidate reads at least as well alone as its source, and says nothing that it does not."""
    reading = standing(candidate)
    if reading is Standing.UNFIT or (reading is Standing.LEANING and standing(source.text) is not Standing.LEANING):
        return False
    return shortens(candidate, [source.text], source.context).supported
