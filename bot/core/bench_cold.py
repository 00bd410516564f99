"""A process that starts with nothing loaded: how long until its first summary, and how much memory it comes to hold."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.article import Length
from bot.core.assembly import build_engine
from bot.errors import ModelCrashed
from bot.model.process import Fault, ModelProcess, ProcessEnded

if TYPE_CHECKING:
    from bot.config import Config
    from bot.model.process import Answer

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class ColdStart:
    """Seconds from the start of a process to its first summary, written where the configuration has a writer.

    `resident_mb` is the peak of its memory once every model is loaded; None where the system does not tell.
    """

    seconds: float
    resident_mb: int | None


class ColdEngine:
    """Runs in the process."""

    def __init__(self, config: Config) -> None:
        self._engine = build_engine(config)

    def first_summary(self, text: str) -> None:
        """Summarise; the models are loaded as they are needed."""
        self._engine.summarise(self._engine.read_body(text), Length.MEDIUM)

    def peak_mb(self, text: str) -> int | None:
        """Load what is not loaded yet, use it, and tell the most megabytes that were ever resident."""
        self._engine.warm_up()
        self._engine.quotes(self._engine.read_body(text))
        if not _STATUS.exists():
            return None
        # Not getrusage: its peak is inherited from the process that started this one.
        kilobytes = _STATUS.read_text().partition("VmHWM:")[2].split()[0]
        return round(int(kilobytes) * 1024 / 1e6)


def cold_start(config: Config, text: str) -> ColdStart:
    """Start a process, have it summarise `text`, and end it.

    Raises:
        ModelCrashed: the process ended.
        VerbatimError: the summary failed.
    """
    start = time.perf_counter()
    process = ModelProcess(partial(ColdEngine, config))
    try:
        _value(process.reply())
        _value(process.ask("first_summary", (text,)))
        seconds = time.perf_counter() - start
        return ColdStart(seconds, _value(process.ask("peak_mb", (text,))))
    except ProcessEnded as error:
        message = "The process that was to start cold ended."
        raise ModelCrashed(message, "See whether the memory of this machine suffices.") from error
    finally:
        process.close()


def _value(reply: Answer | Fault) -> Any:  # noqa: ANN401  what the engine returned
    if isinstance(reply, Fault):
        raise reply.error
    return reply.value
