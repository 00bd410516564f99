"""How long a 1,000-token article takes from text to summary and quotes, beside llama.cpp writing a summary of it.

    python -m benchmarks.speed [--runs 5]

Both work in turn, in one run, with one thread each, so that the ratio holds on a busy machine. llama.cpp is measured
where `llama-cpp-python` is installed: SmolLM2-135M-Instruct, Q4, 120 tokens. Resident memory is this process's own
before llama.cpp is loaded.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import resource
import statistics
import sys
import time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.article import Length
from bot.config import Config
from bot.core.assembly import build_engine
from bot.model.packaged import PACKAGED, Role, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKENS = 1_000
_WRITTEN = 120
_WORDS_A_TOKEN = 0.75


def article() -> str:
    """The project's own article, twice over with its paragraphs in another order: about 1,000 tokens."""
    text = files("bot.samples").joinpath("harbour_bridge.txt").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")[2:]
    words = " ".join(paragraphs).split()
    more = paragraphs[::-1][: max(1, round((_TOKENS * _WORDS_A_TOKEN - len(words)) / len(words) * len(paragraphs)))]
    return "\n\n".join(paragraphs + [part.replace("bridge", "crossing") for part in more])


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run, after one that does not count."""
    action()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    text = article()
    engine = build_engine(Config())
    engine.warm_up()
    number = itertools.count()

    def read() -> None:
        # Another number in every sentence, or the encoder would remember them from the run before.
        body = engine.read_body(re.sub(r"\.(?=\s|$)", f" {next(number)}.", text))
        engine.extract(body, Length.MEDIUM)
        engine.quotes(body)

    ours = timed(read, runs)
    figures: dict[str, Any] = {
        "words": len(text.split()),
        "seconds_text_to_summary_and_quotes": round(statistics.median(ours), 4),
        "resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
    theirs = _llama(text, runs)
    if theirs:
        figures["seconds_llama_cpp_120_tokens"] = round(statistics.median(theirs), 4)
        figures["ratio"] = round(statistics.median(ours) / statistics.median(theirs), 4)
    sys.stdout.write(json.dumps(figures) + "\n")


def _llama(text: str, runs: int) -> list[float] | None:
    try:
        from llama_cpp import Llama  # noqa: PLC0415  optional, and large
    except ImportError:
        return None
    packaged = next(one for one in PACKAGED if one.role is Role.WRITER)
    folder = package_folder(packaged.package)
    if folder is None:
        return None
    model = Llama(str(folder / packaged.file), n_ctx=2048, n_threads=1, n_threads_batch=1, verbose=False)
    messages = [{"role": "user", "content": f"Summarize this article in three sentences.\n\n{text}"}]

    def write() -> None:
        model.reset()
        model.create_chat_completion(messages, max_tokens=_WRITTEN, temperature=0)

    return timed(write, min(runs, 3))


if __name__ == "__main__":
    main()
