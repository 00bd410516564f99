"""How well reports are sorted into stories: B-cubed precision, recall and F1 (Bagga and Baldwin 1998) on made days.

    python -m benchmarks.clustering DATA [--articles 420] [--cache FILE.npz]

DATA is the folder of the development data; nothing of it is kept in the project. The labelled set is made of news
articles that each tell a story of its own. An article of twelve or more paragraphs (of sentences, where it has fewer)
is dealt out in turn to one, two or three reports, so that reports of one story share no sentence: harder than two
outlets' reports of one event, which share at least what happened. Stories come in days of forty: eight drawn at random
with the four nearest to each in meaning, so that every day has stories near to one another that must stay apart. One
half of the stories chooses the threshold and the weight of names, and the other half is what is reported. A few
articles of the sources do tell the same event and count as mistakes when joined.

The baseline joins every two reports whose vectors' cosine reaches one threshold (single linkage), tuned likewise.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.config import Config
from bot.core.assembly import build_engine
from bot.core.stories import NAMES_WEIGHT, SAME_STORY, clusters, likeness
from bot.story import Report
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Clusters = list[list[int]]

_FEWEST_PARTS = 12
_MOST_PARTS = 60
_DAY, _NEAREST = 40, 4
_SEED = 4
_THRESHOLDS = tuple(round(0.30 + 0.02 * step, 2) for step in range(33))
_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Day:
    """The reports of some stories, shuffled; `labels` names the story of each."""

    reports: tuple[Report, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """B-cubed figures over every report of all days."""

    precision: float
    recall: float
    f1: float


def read_articles(data: Path, most: int) -> list[str]:
    """The articles long enough to be dealt out, each once, in a fixed random order."""
    rows: list[str] = []
    for name in ("questions/newsqa.jsonl", "questions/rtqa.jsonl", "extraction/truth.jsonl"):
        lines = (data / name).read_text(encoding="utf-8").splitlines()
        rows += [row.get("article") or row["gold"] for row in map(json.loads, lines) if row.get("english", True)]
    texts = sorted({text[:300]: text for text in rows}.values())
    random.Random(_SEED).shuffle(texts)  # noqa: S311  a draw that can be repeated
    return [text for text in texts if len(parts(text)) >= _FEWEST_PARTS][:most]


def parts(text: str) -> list[str]:
    """The paragraphs of an article, or its sentences where the paragraphs are few."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    if len(paragraphs) < _FEWEST_PARTS:
        article = segment(text)
        paragraphs = [sentence.span.of(article.text) for sentence in article.sentences]
    return paragraphs[:_MOST_PARTS]


def deal(text: str, reports: int) -> list[str]:
    """The parts of an article in turn to so many reports, each keeping their order; one report gets the half."""
    return ["\n\n".join(parts(text)[first :: max(2, reports)]) for first in range(reports)]


def make_stories(texts: Sequence[str], cache: Path | None) -> list[list[Report]]:
    """One to three reports of each article, with the vectors that the product makes of them."""
    dealt = [deal(text, 1 + index % 3) for index, text in enumerate(texts)]
    articles = [[segment(text) for text in story] for story in dealt]
    count = sum(map(len, articles))
    known = np.load(cache)["vectors"] if cache and cache.exists() else np.zeros((0, 0))
    if len(known) != count:
        engine = build_engine(Config())
        known = np.asarray([engine.embed(article) for story in articles for article in story])
        if cache:
            np.savez(cache, vectors=known)
    vectors = iter(known)
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    return [[Report(article, tuple(next(vectors)), seen) for article in story] for story in articles]


def make_days(stories: Sequence[list[Report]], rng: random.Random) -> Iterator[Day]:
    """Deal the stories into days, every one once."""
    heads = np.asarray([story[0].vector for story in stories])
    left = set(range(len(stories)))
    while left:
        chosen: list[int] = []
        while left and len(chosen) < _DAY:
            seed = rng.choice(sorted(left))
            near = [int(other) for other in (heads @ heads[seed]).argsort()[::-1] if other in left]
            chosen += near[: 1 + _NEAREST]
            left -= set(chosen)
        pairs = [(report, story) for story in chosen for report in stories[story]]
        rng.shuffle(pairs)
        yield Day(tuple(report for report, _ in pairs), tuple(label for _, label in pairs))


def score(days: Sequence[Day], sort: Callable[[Day], Clusters]) -> Score:
    """B-cubed: of each report's cluster the share of its own story, and of its story the share in its cluster."""
    precision, recall = [], []
    for day in days:
        for cluster in sort(day):
            for at in cluster:
                together = sum(day.labels[other] == day.labels[at] for other in cluster)
                precision.append(together / len(cluster))
                recall.append(together / day.labels.count(day.labels[at]))
    mean_precision, mean_recall = float(np.mean(precision)), float(np.mean(recall))
    return Score(mean_precision, mean_recall, 2 * mean_precision * mean_recall / (mean_precision + mean_recall))


def single_linkage(alike: NDArray[np.float64], threshold: float) -> Clusters:
    """The connected components of the reports whose likeness reaches the threshold."""
    left, found = set(range(len(alike))), []
    while left:
        reached, waiting = [], [left.pop()]
        while waiting:
            at = waiting.pop()
            reached.append(at)
            near = {other for other in left if alike[at, other] >= threshold}
            left -= near
            waiting += sorted(near)
        found.append(reached)
    return found


def measure(tuned_on: Sequence[Day], held_out: Sequence[Day], weights: Sequence[float], join: Any) -> dict[str, Any]:  # noqa: ANN401
    """Choose weight and threshold on some days, and score them on others."""

    def at(days: Sequence[Day], weight: float) -> list[tuple[float, Score]]:
        alike = {id(day): likeness(day.reports, weight) for day in days}
        return [(one, score(days, lambda day: join(alike[id(day)], one))) for one in _THRESHOLDS]  # noqa: B023

    tried = [(found.f1, weight, threshold) for weight in weights for threshold, found in at(tuned_on, weight)]
    best = {weight: max(row for row in tried if row[1] == weight) for weight in weights}
    f1, weight, threshold = max(best.values())
    curve = dict(at(held_out, weight))
    return {
        "names_weight": weight,
        "same_story": threshold,
        "tuned": round(f1, 3),
        "held_out": _row(curve[threshold]),
        "tuned_by_weight": {f"{one:.2f}": [round(row[0], 3), row[2]] for one, row in best.items()},
        "held_out_by_threshold": {f"{one:.2f}": _row(found) for one, found in curve.items()},
    }


def _row(found: Score) -> dict[str, float]:
    return {name: round(getattr(found, name), 3) for name in ("precision", "recall", "f1")}


def main() -> None:
    """Make the set, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--articles", type=int, default=420)
    parser.add_argument("--cache", type=Path, metavar="FILE.npz", help="keep the vectors here")
    arguments = parser.parse_args()
    stories = make_stories(read_articles(arguments.data, arguments.articles), arguments.cache)
    rng = random.Random(_SEED)  # noqa: S311  a draw that can be repeated
    half = len(stories) // 2
    tuned_on, held_out = list(make_days(stories[:half], rng)), list(make_days(stories[half:], rng))
    shipped = score(held_out, lambda day: clusters(likeness(day.reports, NAMES_WEIGHT), SAME_STORY))
    result = {
        "stories": len(stories),
        "reports": sum(map(len, stories)),
        "days": len(tuned_on) + len(held_out),
        "as_shipped": {"names_weight": NAMES_WEIGHT, "same_story": SAME_STORY, "held_out": _row(shipped)},
        "average_linkage": measure(tuned_on, held_out, _WEIGHTS, clusters),
        "baseline": measure(tuned_on, held_out, (0.0,), single_linkage),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
