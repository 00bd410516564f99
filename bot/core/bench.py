"""How fast this machine is: an article of 1,000 tokens read, summarised and written about, beside llama.cpp.

Everything is timed in turn, round after round, so that ratios hold on a busy machine. What a cold start takes, and
memory, are measured in a process of their own. Knows nothing of how a figure is shown.
"""

from __future__ import annotations

import itertools
import statistics
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.article import Length
from bot.core.assembly import build_engine
from bot.core.bench_article import article
from bot.core.bench_cold import cold_start
from bot.core.engine import Engine
from bot.model.base import Task
from bot.model.llama_cpp import load_llama

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.article import Summary
    from bot.config import Config
    from bot.model.base import WriteRequest

    Stopwatch = Callable[[], float]
    """Does something once and tells the seconds that it took."""

LLAMA_TOKENS = 120
AT_ONCE = 8
_MESSAGE = "Summarize this article in three sentences.\n\n"


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in seconds; None for what there is not, and for what the time did not suffice for.

    `extracted` is text to summary and quotes, `written` text to written summary. `one_by_one` and `at_once` are the
    chosen sentences of eight articles given to the writer article by article, and as one batch. `cold` is from the
    start of a process to its first summary, written where there is a writer; `resident_mb` is the peak of that
    process's memory with every model loaded. `llama` is what llama.cpp takes to write 120 tokens about the article.
    """

    words: int
    threads: int
    writer: str | None
    extracted: float
    written: float | None
    one_by_one: float | None
    at_once: float | None
    cold: float | None
    resident_mb: int | None
    has_llama: bool
    llama: float | None


def measure(config: Config, *, rounds: int, seconds: float) -> Figures:
    """Time everything in so many rounds; when `seconds` are over nothing more is begun.

    Raises:
        WeightsMissing: a model was not found.
        ModelError: a model failed.
    """
    engine = build_engine(config)
    engine.warm_up()
    peaks: list[int | None] = []
    times = take_turns(_stopwatches(config, engine, peaks), rounds, seconds)
    medians = {name: statistics.median(found) if found else None for name, found in times.items()}
    return Figures(
        words=len(article(0).split()),
        threads=config.models.threads,
        writer=engine.writer.name if engine.writer else None,
        extracted=medians["extracted"] or 0.0,
        written=medians.get("written"),
        one_by_one=medians.get("one_by_one"),
        at_once=medians.get("at_once"),
        cold=medians.get("cold"),
        resident_mb=max((peak for peak in peaks if peak), default=None),
        has_llama="llama" in times,
        llama=medians.get("llama"),
    )


def take_turns(
    stopwatches: Mapping[str, Stopwatch], rounds: int, seconds: float, clock: Callable[[], float] = time.monotonic
) -> dict[str, list[float]]:
    """Run each stopwatch once a round, in order; the first one runs once at least, none begins after `seconds`."""
    end = clock() + seconds
    times: dict[str, list[float]] = {name: [] for name in stopwatches}
    for name in itertools.chain.from_iterable([list(stopwatches)] * rounds):
        if clock() >= end and any(times.values()):
            break
        times[name].append(stopwatches[name]())
    return times


def _stopwatches(config: Config, engine: Engine, peaks: list[int | None]) -> dict[str, Stopwatch]:
    """What is to be timed, everything that is needed for it loaded; peaks of memory go to `peaks`."""
    numbers = itertools.count(1)

    def cold() -> float:
        found = cold_start(config, article(next(numbers)))
        peaks.append(found.resident_mb)
        return found.seconds

    stopwatches: dict[str, Stopwatch] = {"extracted": lambda: _timed(partial(_extract, engine, article(next(numbers))))}
    stopwatches["extracted"]()
    if writer := engine.writer:
        asked = [_chosen(engine, article(next(numbers))) for _ in range(AT_ONCE)]
        writer.write(asked[0])
        stopwatches |= {
            "written": lambda: _timed(partial(_write, engine, article(next(numbers)))),
            "one_by_one": lambda: _timed(lambda: [writer.write(requests) for requests in asked]),
            "at_once": lambda: _timed(lambda: writer.write([request for requests in asked for request in requests])),
        }
    stopwatches["cold"] = cold
    if llama := load_llama(config.models.threads):
        llama("Ready?", 1)
        stopwatches["llama"] = lambda: _timed(partial(llama, _MESSAGE + article(0), LLAMA_TOKENS))
    return stopwatches


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _extract(engine: Engine, text: str) -> None:
    body = engine.read_body(text)
    engine.extract(body, Length.MEDIUM)
    engine.quotes(body)


def _write(engine: Engine, text: str) -> Summary:
    return engine.summarise(engine.read_body(text), Length.MEDIUM)


class _Recorder:
    """A writer that writes nothing, and keeps what it was asked for."""

    name = "recorder"
    tasks = frozenset({Task.SHORTEN})

    def __init__(self) -> None:
        self.asked: list[WriteRequest] = []

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        self.asked.extend(requests)
        return [()] * len(requests)


def _chosen(engine: Engine, text: str) -> list[WriteRequest]:
    """What the writer is asked for an article of this text."""
    recorder = _Recorder()
    _write(Engine(lambda: engine.encoder, lambda: recorder), text)
    return recorder.asked
