"""A progress bar on standard error, drawn only where that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_WIDTH = 30
_REDRAW_SECONDS = 0.1


class Progress:
    """Count `total` steps of a named task; silent where standard error is a file or a pipe."""

    def __init__(self, name: str, total: int) -> None:
        self._name = name
        self._total = total
        self._done = 0
        self._drawn = 0.0
        self._start = time.monotonic()
        self._visible = sys.stderr.isatty()

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._visible:
            self._draw()
            sys.stderr.write("\n")

    def advance(self) -> None:
        """Count one more step."""
        self._done += 1
        if time.monotonic() - self._drawn >= _REDRAW_SECONDS:
            self._draw()

    def _draw(self) -> None:
        if not self._visible:
            return
        self._drawn = time.monotonic()
        filled = _WIDTH * self._done // max(1, self._total)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        sys.stderr.write(f"\r{self._name} {bar} {self._done}/{self._total}{self._remaining()}\x1b[K")
        sys.stderr.flush()

    def _remaining(self) -> str:
        if not self._done:
            return ""
        seconds = (self._drawn - self._start) / self._done * (self._total - self._done)
        return f"  {seconds:.0f} s left"
