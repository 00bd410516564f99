"""How often a disagreement between outlets is found where there is none, and how often one would be missed.

    python -m benchmarks.disagreements DATA [--cache FILE.npz]

False: the stories of `benchmarks.clustering` whose one article is dealt out to two or three reports, each given an
outlet of its own. One article does not disagree with itself, so whatever is found is false, unless the article itself
spells a name in two ways. Missed: figures that a person's summary of an article has from it, in words of its own; that
the two sentences are about the same count must be seen for a disagreement to be found, had one of them another value.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.clustering import make_stories, read_articles
from bot.core.disagreement import find_disagreements, same_subject
from bot.story import Report
from bot.text.figures import find_figures
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ARTICLES = 420
_STYLED = "xsum"
"""Summaries of one sentence that often say what the article does not."""


def stories(data: Path, cache: Path | None) -> Iterator[list[Report]]:
    """Reports that cannot disagree."""
    for story in make_stories(read_articles(data, _ARTICLES), cache):
        if len(story) > 1:
            yield [
                replace(report, article=replace(report.article, site=f"Outlet {number}"))
                for number, report in enumerate(story)
            ]


def same_claims(data: Path) -> Iterator[bool]:
    """Of each figure that a summary has from its article: is it seen that both count the same?"""
    for row in map(json.loads, (data / "summaries" / "summ.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["dataset"] != _STYLED:
            for reference in list(row["references"].values())[:3]:
                yield from _seen(_report(row["article"]), _report(reference))


def _report(text: str) -> Report:
    return Report(segment(text), (), datetime(2026, 1, 1, tzinfo=UTC))


def _seen(article: Report, summary: Report) -> Iterator[bool]:
    figures = find_figures(article.article)
    for said in find_figures(summary.article):
        same = [one for one in figures if (one.counts, one.unit, one.value) == (said.counts, said.unit, said.value)]
        if same:
            yield any(same_subject(article, one, summary, said) for one in same)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--cache", type=Path, metavar="FILE.npz", help="the vectors of benchmarks.clustering")
    arguments = parser.parse_args()
    false = [bool(find_disagreements(story)) for story in stories(arguments.data, arguments.cache)]
    seen = list(same_claims(arguments.data))
    result = {"stories": len(false), "with_a_false_one": sum(false), "figures": len(seen), "seen": _share(seen)}
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _share(flags: Sequence[bool]) -> float:
    return round(sum(flags) / max(1, len(flags)), 3)


if __name__ == "__main__":
    main()
