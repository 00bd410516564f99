"""What has just come in goes first: Discord wants a command acknowledged within three seconds, an answer can wait.

Everything that answers, and whatever else has no such deadline, waits for `quiet` before it begins.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 3.0
"""Seconds that anybody waits: after as many an acknowledgement comes too late in any case."""


class Arrivals:
    """Counts what is being acknowledged."""

    def __init__(self) -> None:
        self._count = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Hold everything else back while something is kept and acknowledged."""
        self._count += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._quiet.set()

    async def quiet(self, longest: float = _LONGEST) -> None:
        """Wait until nothing is being acknowledged, but no longer than so many seconds."""
        if self._quiet.is_set():
            return
        try:
            async with asyncio.timeout(longest):
                await self._quiet.wait()
        except TimeoutError:
            return
