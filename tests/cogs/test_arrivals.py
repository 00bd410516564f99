from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.cogs.arrivals import Arrivals


async def test_others_wait_until_everything_that_arrived_is_acknowledged() -> None:
    arrivals = Arrivals()
    with arrivals.arriving():
        with arrivals.arriving():
            waiting = asyncio.create_task(arrivals.quiet())
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    await arrivals.quiet()


async def test_nobody_waits_for_ever() -> None:
    arrivals = Arrivals()
    with arrivals.arriving():
        await arrivals.quiet(longest=0.01)


async def test_a_fault_while_something_arrives_lets_the_others_go_on() -> None:
    arrivals = Arrivals()
    with suppress(ZeroDivisionError), arrivals.arriving():
        1 / 0  # noqa: B018
    await asyncio.wait_for(arrivals.quiet(longest=60), 1)
