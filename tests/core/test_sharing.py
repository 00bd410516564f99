from __future__ import annotations

import asyncio

import pytest

from bot.core.sharing import Sharing
from bot.errors import Unreachable


class Work:
    """Counts how often it was begun; goes on when it is let."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun = 0
        self.cancelled = False
        self.gate = asyncio.Event()
        self._error = error

    async def __call__(self) -> int:
        self.begun += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self._error:
            raise self._error
        return self.begun


async def _waiting(sharing: Sharing[int], work: Work, times: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(sharing.run("key", work)) for _ in range(times)]
    await asyncio.sleep(0)
    return tasks


async def test_who_wants_the_same_at_once_shares_a_run_and_who_comes_later_does_not() -> None:
    sharing, work = Sharing[int](), Work()
    tasks = await _waiting(sharing, work, 5)
    work.gate.set()
    assert await asyncio.gather(*tasks) == [1] * 5
    assert await sharing.run("key", work) == 2


async def test_other_keys_run_by_themselves() -> None:
    sharing, work = Sharing[int](), Work()
    work.gate.set()
    await asyncio.gather(sharing.run("a", work), sharing.run("b", work))
    assert work.begun == 2


async def test_an_error_goes_to_all_who_wait() -> None:
    sharing, work = Sharing[int](), Work(Unreachable("The site did not answer."))
    tasks = await _waiting(sharing, work, 3)
    work.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in found] == [Unreachable] * 3


async def test_a_waiter_that_is_cancelled_leaves_the_run_to_the_others() -> None:
    sharing, work = Sharing[int](), Work()
    first, second = await _waiting(sharing, work, 2)
    first.cancel()
    await asyncio.wait({first})
    work.gate.set()
    assert await second == 1
    assert first.cancelled()


async def test_the_run_ends_with_its_last_waiter_and_can_be_begun_again() -> None:
    sharing, work = Sharing[int](), Work()
    tasks = await _waiting(sharing, work, 2)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    again = await _waiting(sharing, work, 1)
    assert work.cancelled
    work.gate.set()
    assert await again[0] == 2
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
