"""One run for all who want the same at the same time: the first begins it, the others wait for what comes of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

_Value = TypeVar("_Value")


class Sharing(Generic[_Value]):
    """Keeps nothing: who comes after a run has ended begins another. All calls must be made in one event loop."""

    def __init__(self) -> None:
        self._runs: dict[Hashable, asyncio.Task[_Value]] = {}
        self._waiters: Counter[asyncio.Task[_Value]] = Counter()

    async def run(self, key: Hashable, begin: Callable[[], Coroutine[object, object, _Value]]) -> _Value:
        """Await the run of this key, begun with `begin` where there is none; its error goes to all who wait.

        A waiter that is cancelled leaves the others waiting; the run ends early only with the last.
        """
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = asyncio.create_task(begin())
            run.add_done_callback(lambda ended: self._forget(key, ended))
        self._waiters[run] += 1
        try:
            return await asyncio.shield(run)
        finally:
            self._waiters[run] -= 1
            if not self._waiters[run]:
                del self._waiters[run]
                self._forget(key, run)
                run.cancel()

    def _forget(self, key: Hashable, run: asyncio.Task[_Value]) -> None:
        if self._runs.get(key) is run:
            del self._runs[key]
