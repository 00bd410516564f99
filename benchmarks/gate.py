"""What the gate stops and lets pass: shortenings of real sentences, true ones and ones with a fault of a known kind.

    python -m benchmarks.gate DATA [--half tuned|held] [--most N] [--show KIND]

DATA is the folder of development data. The sentences have 14 words or more; one half of the articles was for tuning,
the other is held out. A shortening passes where `bot.core.rewriting` would show it: the gate supports it and it stands
alone as well as its source. Prints in per cent, for each kind, how many faults are stopped and true cuts pass, and the
processor's milliseconds a call.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from benchmarks.gate_cuts import cuts
from benchmarks.gate_faults import faults
from bot.text.segment import segment
from bot.text.standalone import Standing, standing
from bot.text.verify import shortens

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = (
    ("summaries/summ.jsonl", "article"),
    ("quotes/polnear.jsonl", "text"),
    ("questions/newsqa.jsonl", "article"),
    ("questions/rtqa.jsonl", "article"),
)
_LOWER_CASE = "cnndm"
_LEAST_WORDS, _MOST_WORDS = 14, 60
_PER_ARTICLE = 12
_MOST_CASES = 150
_SPACES = re.compile(r"\s+")
_SHORTEST = 5


def sentences(data: Path, half: str) -> Iterator[str]:
    """The longer sentences of one half of the articles that stand alone, in an order that mixes the files."""
    texts = {}
    for name, field in _FILES:
        for row in map(json.loads, (data / name).read_text(encoding="utf-8").splitlines()):
            if row.get("dataset") != _LOWER_CASE and row.get(field):
                texts[row[field]] = crc32(row[field].encode())
    for text, code in sorted(texts.items(), key=lambda pair: pair[1]):
        if (code % 2 == 0) == (half == "tuned"):
            yield from _sentences(text)


def _sentences(text: str) -> list[str]:
    article = segment(text)
    found = (article.sentence_text(index) for index in range(len(article.sentences)))
    fit = (one for one in found if _LEAST_WORDS <= len(one.split()) <= _MOST_WORDS and standing(one) is Standing.ALONE)
    return sorted(fit, key=lambda one: crc32(one.encode()))[:_PER_ARTICLE]


def cases(data: Path, half: str, most: int) -> dict[tuple[bool, str], list[tuple[str, str]]]:
    """For each kind, true or false, at most `most` pairs of a sentence and a shortening."""
    found: dict[tuple[bool, str], list[tuple[str, str]]] = defaultdict(list)
    for sentence in sentences(data, half):
        for is_true, make in ((True, cuts), (False, faults)):
            for kind, made in make(sentence):
                shortening = _SPACES.sub(" ", made).replace(" .", ".").strip()
                is_new = shortening != sentence and len(shortening.split()) >= _SHORTEST
                if is_new and len(found[is_true, kind]) < most:
                    found[is_true, kind].append((sentence, shortening))
    return found


def passes(shortening: str, sentence: str) -> bool:
    """Tell whether a shortening of a sentence that stands alone would be shown."""
    return standing(shortening) is Standing.ALONE and shortens(shortening, [sentence]).supported


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--half", choices=("tuned", "held"), default="held")
    parser.add_argument("--most", type=int, default=_MOST_CASES, help="cases of each kind")
    parser.add_argument("--show", metavar="KIND", help="print what went wrong of this kind")
    arguments = parser.parse_args()
    found = cases(arguments.data, arguments.half, arguments.most)
    began = time.process_time()
    passed = {key: [passes(shortening, sentence) for sentence, shortening in pairs] for key, pairs in found.items()}
    took = time.process_time() - began
    for is_true, kind in sorted(found):
        wrong = [
            pair for pair, does in zip(found[is_true, kind], passed[is_true, kind], strict=True) if does != is_true
        ]
        share = 100 - 100 * len(wrong) / len(found[is_true, kind])
        word = "passed" if is_true else "stopped"
        sys.stdout.write(f"{word:8} {kind:28} {len(found[is_true, kind]):4} {share:5.1f}\n")
        if kind == arguments.show:
            sys.stdout.writelines(f"  {sentence}\n  -> {shortening}\n" for sentence, shortening in wrong)
    count = sum(map(len, found.values()))
    sys.stdout.write(f"{1000 * took / max(1, count):.1f} ms a call, {count} calls\n")


if __name__ == "__main__":
    main()
