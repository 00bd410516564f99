"""Fit the weights that choose the speakers of quotations and the antecedents of pronouns.

    python -m bot.training.speakers QUOTES.jsonl

Each line is an article with `id`, `text` and `quotes`; a quote has `start`, `end`, `attributed` and, where known,
`speaker` (as it stands) and `speaker_resolved`. Two conditional log-linear models (a softmax over the candidates of
one quotation or pronoun) are fitted with an L2 penalty. The articles are first split in two by the hash of their id,
to report each half under weights of the other; then the weights of all are written.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from bot.article import Span
from bot.text import coreference, speakers, weights
from bot.text.attribution import Evidence
from bot.text.coreference import antecedents, resolve
from bot.text.frame import Frame
from bot.text.lexicon import pronoun_gender
from bot.text.marks import find_quotations
from bot.text.mentions import Mention, MentionKind, find_mentions
from bot.text.names import find_names
from bot.text.segment import segment
from bot.text.speakers import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.text.marks import Quotation
    from bot.text.weights import Weights

_OUT = Path(weights.__file__).with_name("speaker_weights.json")
_PENALTY = {"pronoun": 2.0, "speaker": 1.5}
_STEPS = 250
_RATE = 0.1
_ROUNDS = 3
_KEPT = 0.8
_SMALLEST = 0.02
_NEAR = 40
_TITLES = frozenset("mr mrs ms dr sen rep gov the a an of".split())


@dataclass(slots=True)
class Case:
    """One choice: the features of each candidate, and which of them are right."""

    candidates: list[Sequence[str]]
    right: list[int]


@dataclass(slots=True)
class Reading:
    """An article read once, with its gold quotes by the index of the quotation they match."""

    frame: Frame
    quotations: list[Quotation]
    mentions: tuple[Mention, ...]
    gold: dict[int, dict[str, Any]] = field(default_factory=dict)


def read(record: dict[str, Any]) -> Reading:
    """Find quotations and mentions, and match the gold quotes to them."""
    article = segment(record["text"])
    quotations = find_quotations(article)
    frame = Frame(article, quotations)
    reading = Reading(frame, quotations, find_mentions(frame, find_names(article)))
    for index, part in enumerate(quotations):
        for gold in record["quotes"]:
            span = Span(gold["start"], gold["end"])
            shared = min(span.end, part.outer.end) - max(span.start, part.outer.start)
            if shared > 0.5 * max(len(span), len(part.outer)):
                reading.gold[index] = gold
    return reading


def words(text: str | None) -> list[str]:
    """The words of a speaker that tell who it is."""
    found = re.findall(r"[^\W\d_][\w’'-]*", (text or "").lower().replace("’s", "").replace("'s", ""))
    return [word for word in found if word not in _TITLES]


def is_speaker(mention: Mention, frame: Frame, gold: dict[str, Any]) -> bool:
    """Tell whether a mention is the gold speaker as it stands in the text."""
    said = words(gold.get("speaker"))
    if mention.kind is MentionKind.PRONOUN:
        return said == [mention.head]
    if mention.kind is MentionKind.NAME:
        return words(mention.span.of(frame.text))[-1:] == said[-1:] or set(words(mention.span.of(frame.text))) <= set(
            said
        )
    return mention.head in said


def pronoun_cases(reading: Reading, fitted: Weights) -> Iterator[Case]:
    """The pronouns that are gold speakers of a known name."""
    resolved = resolve(reading.frame, reading.mentions, fitted)
    seen: set[int] = set()
    for index, gold in reading.gold.items():
        name = words(gold.get("speaker_resolved"))
        spoken = (gold.get("speaker") or "").lower()
        if pronoun_gender(spoken) is None or not name:
            continue
        place = reading.frame.places[index]
        same = [
            i for i, mention in enumerate(resolved) if mention.head == spoken and abs(mention.first - place) < _NEAR
        ]
        at = min(same, key=lambda i: abs(resolved[i].first - place), default=None)
        if at is None or at in seen:
            continue
        seen.add(at)
        found = list(antecedents(reading.frame, resolved[:at], resolved[at]))
        right = [i for i, (who, _) in enumerate(found) if name[-1] in words(who.full)]
        if not any("named in the quote" in found[i][1] for i in right):
            yield Case([features for _, features in found], right)


def speaker_cases(reading: Reading, fitted: Weights) -> Iterator[Case]:
    """All quotations, with the right candidates: the gold speaker's mentions, or nobody."""
    mentions = resolve(reading.frame, reading.mentions, fitted)
    evidence = Evidence(reading.frame, reading.quotations, mentions)
    previous: Mention | None = None
    for index in range(len(reading.quotations)):
        gold = reading.gold.get(index, {"attributed": False})
        found = evidence.candidates(index, previous)
        if not gold["attributed"]:
            yield Case([candidate.features for candidate in found], [len(found) - 1])
            continue
        right = [i for i, c in enumerate(found) if c.mention and is_speaker(c.mention, reading.frame, gold)]
        yield Case([candidate.features for candidate in found], right)
        place = reading.frame.places.get(index, 0)
        nearest = min(right, key=lambda i: abs(found[i].mention.first - place), default=None)  # type: ignore[union-attr]
        previous = found[nearest].mention if nearest is not None else previous


def fit_trimmed(cases: Iterable[Case], penalty: float) -> dict[str, float]:
    """Fit, leave out the cases that fit worst, and fit again: the names of pronouns are an automatic system's.

    Trimmed likelihood (Hadi and Luceno 1997); about a quarter of those labels are wrong on reading.
    """
    usable = [case for case in cases if case.right]
    fitted = fit(usable, penalty)
    usable.sort(key=lambda case: _surprise(case, fitted))
    return fit(usable[: int(_KEPT * len(usable))], penalty)


def _surprise(case: Case, fitted: Weights) -> float:
    chances = weights.probabilities([weights.score(fitted, features) for features in case.candidates])
    return -sum(chances[i] for i in case.right)


def fit(cases: Iterable[Case], penalty: float) -> dict[str, float]:
    """Fit a conditional log-linear model by Adam on all cases at once; a case without a right answer is left out."""
    usable = [case for case in cases if case.right and len(case.right) < len(case.candidates)]
    names = sorted({feature for case in usable for features in case.candidates for feature in features})
    column = {name: i for i, name in enumerate(names)}
    rows = [features for case in usable for features in case.candidates]
    row_of = np.concatenate([np.full(len(features), i) for i, features in enumerate(rows)])
    column_of = np.array([column[feature] for features in rows for feature in features])
    starts = np.cumsum([0, *(len(case.candidates) for case in usable)])[:-1]
    sizes = np.array([len(case.candidates) for case in usable])
    right = np.zeros(len(rows), dtype=bool)
    for start, case in zip(starts, usable, strict=True):
        right[[start + i for i in case.right]] = True
    values = np.zeros(len(names))
    first, second = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, _STEPS + 1):
        scores = np.bincount(row_of, values[column_of], minlength=len(rows))
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        powers = np.exp(scores)
        chance = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        rightly = np.where(right, powers, 0.0)
        target = rightly / np.repeat(np.add.reduceat(rightly, starts) + 1e-300, sizes)
        gradient = np.bincount(column_of, (chance - target)[row_of], minlength=len(names)) + penalty * values
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        values -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True) if abs(value) >= _SMALLEST}


def train(readings: Sequence[Reading]) -> dict[str, dict[str, float]]:
    """Fit both models; the pronouns' one in rounds, for earlier pronouns are evidence for later ones."""
    pronoun: dict[str, float] = {}
    for _ in range(_ROUNDS):
        cases = (case for reading in readings for case in pronoun_cases(reading, pronoun))
        pronoun = fit_trimmed(cases, _PENALTY["pronoun"])
    cases = (case for reading in readings for case in speaker_cases(reading, pronoun))
    return {coreference.MODEL: pronoun, speakers.MODEL: fit(cases, _PENALTY["speaker"])}


def accuracy(readings: Sequence[Reading], models: dict[str, dict[str, float]]) -> dict[str, float]:
    """The share of pronouns, and of attributed quotes of a known name, that are put down to the right name."""
    pronoun = models[coreference.MODEL]
    cases = [case for reading in readings for case in pronoun_cases(reading, pronoun)]
    right = sum(_best(case, pronoun) in case.right for case in cases)
    named = hit = 0
    for reading in readings:
        mentions = resolve(reading.frame, reading.mentions, pronoun)
        chosen = attribute(reading.frame, reading.quotations, mentions, models[speakers.MODEL])
        for index, gold in reading.gold.items():
            name = words(gold.get("speaker_resolved"))
            if name:
                mention = chosen[index].mention
                named += 1
                hit += mention is not None and mention.name is not None and name[-1] in words(mention.name.full)
    return {"pronouns": round(right / max(1, len(cases)), 3), "named speakers": round(hit / max(1, named), 3)}


def _best(case: Case, fitted: Weights) -> int:
    scores = [weights.score(fitted, features) for features in case.candidates]
    return scores.index(max(scores)) if scores else -1


def main() -> None:
    """Report each half under the weights of the other, then write the weights of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path)
    arguments = parser.parse_args()
    records = [json.loads(line) for line in arguments.quotes.read_text(encoding="utf-8").splitlines()]
    halves: tuple[list[Reading], list[Reading]] = ([], [])
    for record in records:
        halves[crc32(record["id"].encode()) % 2].append(read(record))
    for held_out in (0, 1):
        print(f"half {held_out}, held out:", accuracy(halves[held_out], train(halves[1 - held_out])))  # noqa: T201
    models = train([*halves[0], *halves[1]])
    _OUT.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
