"""Kills the bot at random moments under load, and then counts the answers: each accepted request exactly one."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from dataclasses import dataclass

from wire.process import BotProcess
from wire.server import Fault

ARTICLES = 12
_LATENCY = 0.08
_LONGEST = 0.8
"""Seconds from the beginning of the load to the kill, at most."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted after the last start had finished everything."""

    kills: int
    accepted: int
    unfinished_at_kills: int
    lost: int
    doubled: int
    acknowledged_but_unkept: int
    failed: int


async def kill_often(bot: BotProcess, kills: int, seed: int, *, burst: int = 20, patience: float = 60.0) -> Tally:
    """Start, load and kill the bot so often; then let it finish in peace."""
    chance = random.Random(seed)  # noqa: S311  chosen moments, not secrets
    unfinished = 0
    # Discord is not as near as loopback is: the kills are to fall between a request and its answer.
    bot.server.faults += [Fault(method, ".", times=sys.maxsize, delay=_LATENCY) for method in ("POST", "PATCH")]
    for _ in range(kills):
        await bot.start()
        load = asyncio.create_task(_load(bot, chance, burst))
        await asyncio.sleep(chance.uniform(0.0, _LONGEST))
        await bot.end(signal.SIGKILL)
        await load
        unfinished += sum(kept.state not in {"done", "failed"} for kept in bot.requests())
    await bot.start()
    await bot.finish(patience)
    await bot.end(signal.SIGTERM)
    return _count(bot, kills, unfinished)


async def _load(bot: BotProcess, chance: random.Random, burst: int) -> None:
    for _ in range(burst):
        link = bot.server.article(chance.randrange(ARTICLES))
        if chance.random() < 0.5:
            await bot.server.command("summarize", link=link)
        else:
            await bot.server.post(link)
        await asyncio.sleep(chance.uniform(0.0, 0.03))


def _count(bot: BotProcess, kills: int, unfinished: int) -> Tally:
    requests = bot.requests()
    numbers = [len(bot.answers(kept)) for kept in requests]
    tokens = {kept.token for kept in requests}
    ledger = bot.server.ledger
    return Tally(
        kills=kills,
        accepted=len(requests),
        unfinished_at_kills=unfinished,
        lost=sum(number == 0 for number in numbers),
        doubled=sum(number > 1 for number in numbers),
        acknowledged_but_unkept=sum(
            one.kind is not None and one.token not in tokens for one in ledger.exchanges.values()
        ),
        failed=sum(kept.state == "failed" for kept in requests),
    )
