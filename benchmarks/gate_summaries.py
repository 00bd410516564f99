"""The gate on summaries that experts judged: does it let through what the article says, and stop the rest?

    python -m benchmarks.gate_summaries DATA

Each sentence of a summary is checked against the one or two sentences of the article that share most words with it, as
a rewritten sentence is against its source. A summary passes where all its sentences do. Prints, for the check of any
statement and for the stricter one of what is shown, balanced accuracy, and precision and recall of what passes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.text.segment import segment
from bot.text.tokens import content_stems, tokens
from bot.text.verify import shortens, supports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.text.verify import Finding

    Check = Callable[[str, Sequence[str]], Finding]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    article = segment(text)
    return [article.sentence_text(index) for index in range(len(article.sentences))]


def closest(statement: str, article: Sequence[str]) -> list[str]:
    """The sentence that shares most words with a statement, and the one that adds most of the rest, in order."""
    wanted = content_stems(statement)
    chosen: list[int] = []
    for _ in range(2):
        gains = [len(wanted & content_stems(sentence)) for sentence in article]
        best = max(range(len(article)), key=gains.__getitem__, default=None)
        if best is None or not gains[best]:
            break
        chosen.append(best)
        wanted -= content_stems(article[best])
    return [article[at] for at in sorted(chosen)]


def with_case_of(evidence: Sequence[str], statement: str) -> str:
    """Write a statement's words as the evidence does: some systems write small letters alone."""
    spelling = {token.lower: token.text for sentence in evidence for token in tokens(sentence)[1:]}
    pieces, end = [], 0
    for token in tokens(statement):
        pieces += [statement[end : token.start], spelling.get(token.lower, token.text)]
        end = token.end
    text = "".join(pieces) + statement[end:]
    return text[:1].upper() + text[1:]


def passes(summary: str, article: Sequence[str], check: Check) -> bool:
    """Tell whether each sentence of a summary passes against its closest sentences."""
    pairs = [(statement, closest(statement, article)) for statement in sentences(summary)]
    return all(check(with_case_of(evidence, statement), evidence).supported for statement, evidence in pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    path = parser.parse_args().data / "factuality" / "factuality.jsonl"
    rows = list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
    for check in (supports, shortens):
        passed = [passes(row["summary"], sentences(row["article"]), check) for row in rows]
        true = [does for does, row in zip(passed, rows, strict=True) if row["label"]]
        false = [does for does, row in zip(passed, rows, strict=True) if not row["label"]]
        recall, stopped = sum(true) / len(true), 1 - sum(false) / len(false)
        figures = {
            "check": check.__name__,
            "balanced_accuracy": round(50 * (recall + stopped), 1),
            "recall": round(100 * recall, 1),
            "stopped_false": round(100 * stopped, 1),
            "precision": round(100 * sum(true) / max(1, sum(passed)), 1),
        }
        sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
