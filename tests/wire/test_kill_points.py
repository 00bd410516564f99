"""A kill at each step of an answer, just before or just after Discord acted on it: nothing is lost or said twice."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from wire.process import BotProcess
from wire.server import LoopbackDiscord
from wire.things import CHANNEL
from wire.wired import until

CALLBACK = ("POST", r"/callback$")
ORIGINAL = ("PATCH", r"/messages/@original$")
CHANNEL_POST = ("POST", rf"/channels/{CHANNEL}/messages$")
AT_ONCE, NONCE_FORGOTTEN, TOKEN_ENDED = 0.0, 400.0, 1000.0
"""Seconds until the next start, by Discord's clock."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeadlyDiscord(LoopbackDiscord):
    """Kills the bot at one of its requests, once."""

    def __init__(self) -> None:
        super().__init__()
        self.step: tuple[str, str] | None = None
        self.acts_first = False
        self.kill: Callable[[], None] = lambda: None

    async def _respond(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.step is None or request.method != self.step[0] or not re.search(self.step[1], request.path):
            return await super()._respond(request, handler)
        self.step = None
        response = await super()._respond(request, handler) if self.acts_first else web.Response(status=503)
        self.kill()
        return response


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with DeadlyDiscord() as server:
        prepared = await BotProcess.prepare(server, tmp_path)
        server.kill = lambda: os.kill(prepared.id, signal.SIGKILL)
        yield prepared
        await prepared.end(signal.SIGKILL)
        assert server.violations == []


@pytest.mark.parametrize(
    ("step", "acts_first", "later"),
    [
        (CALLBACK, False, AT_ONCE),
        (CALLBACK, True, TOKEN_ENDED),
        (ORIGINAL, False, AT_ONCE),
        (ORIGINAL, True, TOKEN_ENDED),
        (CHANNEL_POST, False, AT_ONCE),
        (CHANNEL_POST, True, NONCE_FORGOTTEN),
    ],
    ids=["callback-before", "callback-after", "original-before", "original-after", "post-before", "post-after"],
)
async def test_a_kill_at_a_step_of_an_answer_neither_loses_nor_doubles_it(
    process: BotProcess,
    step: tuple[str, str],
    acts_first: bool,  # noqa: FBT001
    later: float,
) -> None:
    server = process.server
    assert isinstance(server, DeadlyDiscord)
    server.step, server.acts_first = step, acts_first
    await process.start()
    if step is CHANNEL_POST:
        await server.post(server.article(1))
    else:
        await server.command("summarize", link=server.article(1))
    await until(lambda: server.step is None)
    await process.end(signal.SIGKILL)
    server.ledger.ahead += later
    await process.start()
    await process.finish(30.0)
    (kept,) = process.requests()
    assert kept.state == "done"
    assert len(process.answers(kept)) == len(server.ledger.cards()) == 1
