"""What is counted while the bot runs, for /metrics: never who asked, and never what.

In the text format of Prometheus, by its own client library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.article import Mode
from bot.errors import VerbatimError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.article import Summary

_SECONDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)


class Metrics:
    """The counters of one running bot."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter("verbatim_answers", "Requests answered, by kind", ["kind"], registry=self._registry)
        self._errors = Counter("verbatim_errors", "Requests that failed, by kind", ["kind"], registry=self._registry)
        self._seconds = Histogram(
            "verbatim_answer_seconds",
            "From acceptance to the answer",
            ["kind"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._gate = Counter(
            "verbatim_sentences", "Summary sentences shown, by mode", ["mode"], registry=self._registry
        )
        self._unwritten = Counter(
            "verbatim_unwritten",
            "Summaries that the writer failed to write, by kind",
            ["kind"],
            registry=self._registry,
        )
        self._cache = Counter("verbatim_cache", "Results looked up, by outcome", ["outcome"], registry=self._registry)

    def answered(self, kind: str, seconds: float) -> None:
        """Count an answer, and how long it took."""
        self._answers.labels(kind).inc()
        self._seconds.labels(kind).observe(seconds)

    def failed(self, error: BaseException) -> None:
        """Count a failure by its stable word."""
        self._errors.labels(error.kind if isinstance(error, VerbatimError) else "fault").inc()

    def shown(self, summary: Summary) -> None:
        """Count what the gate let through."""
        for sentence in summary.sentences:
            self._gate.labels(Mode(sentence.mode).value).inc()

    def unwritten(self, error: VerbatimError) -> None:
        """Count a summary that has the article's own sentences since the writer failed."""
        self._unwritten.labels(error.kind).inc()

    def looked_up(self, *, hit: bool) -> None:
        """Count a look into the cache."""
        self._cache.labels("hit" if hit else "miss").inc()

    def watch(self, name: str, about: str, measure: Callable[[], float]) -> None:
        """Show a value that is measured when somebody asks."""
        Gauge(f"verbatim_{name}", about, registry=self._registry).set_function(measure)

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)
