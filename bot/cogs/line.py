"""The line in which requests wait for their turn: few at once, and no server holds up the others.

Turns go round the servers that wait (round robin), within a server in the order of asking. Pure bookkeeping around
asyncio futures; knows nothing of Discord.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Hashable

_WEIGHT = 0.2
"""Of the newest measurement in the moving average of the time a turn takes."""
_FIRST_GUESS = 2.0


@dataclass(slots=True)
class Line:
    """A fair line before `parallel` places; `clock` gives seconds that only grow."""

    parallel: int = 2
    clock: Callable[[], float] = monotonic
    _busy: int = 0
    _waiting: dict[Hashable, deque[asyncio.Future[None]]] = field(default_factory=dict)
    _seconds: float = _FIRST_GUESS

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    @property
    def expected_wait(self) -> float:
        """Seconds until one who joins now has its turn, by the measured length of turns."""
        ahead = len(self) + self._busy + 1 - self.parallel
        return max(0, ahead) * self._seconds / self.parallel

    @asynccontextmanager
    async def turn(self, group: Hashable) -> AsyncIterator[None]:
        """Wait for a turn, and hold it."""
        await self._join(group)
        start = self.clock()
        try:
            yield
        finally:
            self._seconds += _WEIGHT * (self.clock() - start - self._seconds)
            self._leave()

    async def _join(self, group: Hashable) -> None:
        if self._busy < self.parallel:
            self._busy += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(group, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            group, turns = next(iter(self._waiting.items()))
            turn = turns.popleft()
            # To the end of the round, or out of it.
            del self._waiting[group]
            if turns:
                self._waiting[group] = turns
            if not turn.done():
                turn.set_result(None)
                return
        self._busy -= 1
