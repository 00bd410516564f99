"""Leave alone for a while what has failed again and again, so that nobody waits for it to fail once more.

After "circuit breaker" in M. Nygard, Release It! (2007): closed, then open, then one attempt that decides. For one
caller at a time. It must not know what it guards.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Breaker:
    """Opens for `seconds` after `most` failures in a row, and again after each that follows without a success."""

    def __init__(self, clock: Callable[[], float], *, most: int = 2, seconds: float = 60.0) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._failures = 0
        self._opened = -math.inf

    @property
    def seconds_left(self) -> float:
        """Seconds until an attempt may be made; 0 where it may be made now."""
        return max(0.0, self._opened + self._seconds - self._clock())

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0

    def failed(self) -> None:
        """Count a failure."""
        self._failures += 1
        if self._failures >= self._most:
            self._opened = self._clock()
