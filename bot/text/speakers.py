"""Who said each quotation of an article, and by what reporting word.

Quotation by quotation, in order, the likeliest of the candidates that `attribution` lists is taken; the speaker of
one is evidence for the next, so that speech that goes on without a tag keeps its speaker. "Nobody" is a candidate
too: that is how titles and scare quotes are told from speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.text import weights
from bot.text.attribution import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.text.attribution import Candidate
    from bot.text.frame import Frame
    from bot.text.marks import Quotation
    from bot.text.mentions import Mention
    from bot.text.weights import Weights

MODEL = "speaker"
_UNKNOWN = 0.5
"""The chance that a quotation near which nobody is mentioned is speech."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said a quotation: a mention or nobody; `cue` is the frame item of the reporting word.

    `spoken` is the probability that somebody said it at all, `probability` that of this speaker given so.
    """

    mention: Mention | None
    cue: int | None
    spoken: float
    probability: float


def attribute(
    frame: Frame, quotations: Sequence[Quotation], mentions: Sequence[Mention], fitted: Weights | None = None
) -> list[Attribution]:
    """Choose the speaker of each quotation, in order."""
    fitted = weights.fitted(MODEL) if fitted is None else fitted
    evidence = Evidence(frame, quotations, mentions)
    previous: Mention | None = None
    chosen: list[Attribution] = []
    for index in range(len(quotations)):
        found = _choose(evidence.candidates(index, previous), fitted)
        previous = found.mention or previous
        chosen.append(found)
    return chosen


def _choose(candidates: Sequence[Candidate], fitted: Weights) -> Attribution:
    chances = weights.probabilities([weights.score(fitted, candidate.features) for candidate in candidates])
    spoken = sum(chance for candidate, chance in zip(candidates, chances, strict=True) if candidate.mention is not None)
    named = [pair for pair in zip(candidates, chances, strict=True) if pair[0].mention is not None]
    if not named:
        return Attribution(None, None, _UNKNOWN, 0.0)
    candidate, chance = max(named, key=lambda pair: pair[1])
    return Attribution(candidate.mention, candidate.cue, spoken, chance / max(spoken, 1e-9))
