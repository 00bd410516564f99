"""Many small writes as one: what is given while one run is under way goes into the next run together.

A commit that must reach the disk costs the same for one row and for fifty. Knows nothing of what is written.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

_Item = TypeVar("_Item")
_Kept = TypeVar("_Kept")
_MOST = 200
"""Items of one run, unless a single caller gives more."""


@dataclass(frozen=True, slots=True)
class _Batch(Generic[_Item, _Kept]):
    items: Sequence[_Item]
    kept: asyncio.Future[tuple[_Kept, ...]]


class Gathering(Generic[_Item, _Kept]):
    """Hands items to `act`, which gives one result an item, in order, and keeps all of them or none."""

    def __init__(self, act: Callable[[Sequence[_Item]], Awaitable[Sequence[_Kept]]]) -> None:
        self._act = act
        self._waiting: list[_Batch[_Item, _Kept]] = []
        self._runner: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[_Item]) -> tuple[_Kept, ...]:
        """Have items kept, and wait until they are; what fails for others does not fail these.

        Raises what `act` raises for these items.
        """
        batch: _Batch[_Item, _Kept] = _Batch(items, asyncio.get_running_loop().create_future())
        self._waiting.append(batch)
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        return await batch.kept

    async def _run(self) -> None:
        while self._waiting:
            batches = self._next()
            try:
                await self._keep(batches)
            finally:
                # Only where the run was ended from outside is there anything left to end.
                for batch in batches:
                    batch.kept.cancel()

    def _next(self) -> list[_Batch[_Item, _Kept]]:
        taken = [self._waiting.pop(0)]
        while self._waiting and sum(len(batch.items) for batch in taken) + len(self._waiting[0].items) <= _MOST:
            taken.append(self._waiting.pop(0))
        return taken

    async def _keep(self, batches: Sequence[_Batch[_Item, _Kept]]) -> None:
        try:
            kept = await self._act([item for batch in batches for item in batch.items])
        except Exception as error:  # noqa: BLE001  whoever gave the items is told
            await self._tell(batches, error)
            return
        start = 0
        for batch in batches:
            end = start + len(batch.items)
            if not batch.kept.done():
                batch.kept.set_result(tuple(kept[start:end]))
            start = end

    async def _tell(self, batches: Sequence[_Batch[_Item, _Kept]], error: Exception) -> None:
        """Try what failed together once more apart; what was alone already has failed."""
        if len(batches) > 1:
            for batch in batches:
                await self._keep([batch])
        elif not batches[0].kept.done():
            batches[0].kept.set_exception(error)
