"""What the gate makes of the summaries that published systems wrote: those that a configured summariser would write.

    python -m benchmarks.summarisers DATA OUT [--system BART …]

DATA holds `summaries/summ.jsonl`. Each system's output stands in for its model, and goes the way of every writer's
summary (`bot.core.abstracting`). For each system OUT/SYSTEM.jsonl is written as `batch summarize` writes it, and the
share of sentences shown as the system wrote them is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.article import Mode
from bot.core.abstracting import abstract
from bot.model.base import Task
from bot.model.encoder import load_encoder
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model.base import Encoder, WriteRequest


class _Recorded:
    """A writer that says what a system has written."""

    name = "recorded"
    tasks = frozenset({Task.SUMMARY})

    def __init__(self, text: str) -> None:
        self._text = text

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        return [(self._text,) for _ in requests]


def shown(records: Sequence[dict[str, Any]], system: str, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Each summary of `system` as it would be shown."""
    for record in records:
        written = record["systems"].get(system)
        if record["dataset"] == "cnndm" and written:
            sentences = abstract(segment(record["article"]), encoder, _Recorded(written))
            summary = [{"text": sentence.text, "mode": sentence.mode.value} for sentence in sentences]
            yield {"id": record["id"], "summary": summary}


def main() -> None:
    """Write the summaries and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--system", nargs="+", help="the systems; all that summarised a hundred stories by default")
    arguments = parser.parse_args()
    lines = (arguments.data / "summaries" / "summ.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    counts = Counter(name for record in records for name in record["systems"] if record["dataset"] == "cnndm")
    encoder = load_encoder("default")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for system in arguments.system or [name for name, count in counts.items() if count >= 100]:  # noqa: PLR2004
        rows = list(shown(records, system, encoder))
        path = arguments.out / f"{system}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        modes = Counter(sentence["mode"] for row in rows for sentence in row["summary"])
        share = modes[Mode.REWRITTEN.value] / max(1, modes.total())
        sys.stdout.write(f"{system}: {len(rows)} stories, {share:.0%} of sentences as written\n")


if __name__ == "__main__":
    main()
