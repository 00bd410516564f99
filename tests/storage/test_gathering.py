from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.storage.gathering import Gathering


class Disk:
    """Keeps numbers, each run taking as long as it is let; negative ones it refuses."""

    def __init__(self) -> None:
        self.runs: list[list[int]] = []
        self.gate = asyncio.Event()

    async def keep(self, numbers: Sequence[int]) -> list[str]:
        self.runs.append(list(numbers))
        await self.gate.wait()
        if any(number < 0 for number in numbers):
            raise ValueError(numbers)
        return [str(number) for number in numbers]


async def _waiting(gathering: Gathering[int, str], *given: Sequence[int]) -> list[asyncio.Task[tuple[str, ...]]]:
    tasks = []
    for numbers in given:
        tasks.append(asyncio.create_task(gathering.put(numbers)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_one_run_is_under_way_goes_into_the_next_together() -> None:
    disk = Disk()
    tasks = await _waiting(Gathering(disk.keep), [1], [2, 3], [4])
    disk.gate.set()
    assert await asyncio.gather(*tasks) == [("1",), ("2", "3"), ("4",)]
    assert disk.runs == [[1], [2, 3, 4]]


async def test_what_fails_is_told_to_the_one_who_gave_it() -> None:
    disk = Disk()
    tasks = await _waiting(Gathering(disk.keep), [1], [2], [-3], [4])
    disk.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [one for one in found if not isinstance(one, BaseException)] == [("1",), ("2",), ("4",)]
    assert isinstance(found[2], ValueError)


async def test_who_is_cancelled_does_not_stop_the_others() -> None:
    disk = Disk()
    first, second, third = await _waiting(Gathering(disk.keep), [1], [2], [3])
    second.cancel()
    disk.gate.set()
    assert [await first, await third] == [("1",), ("3",)]
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_a_run_holds_a_bounded_number() -> None:
    disk = Disk()
    tasks = await _waiting(Gathering(disk.keep), *([number] * 90 for number in range(6)))
    disk.gate.set()
    await asyncio.gather(*tasks)
    assert [len(run) for run in disk.runs] == [90, 180, 180, 90]
