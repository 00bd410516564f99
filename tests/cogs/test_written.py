"""The card is sent in the article's own sentences, and edited when the written version is ready: if it still stands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import discord
import pytest
from fakes import FakeFetcher
from world import LINK, World, make_bot

from bot.app.bot import VerbatimBot
from bot.article import Length
from bot.config import Config
from bot.model.base import Task, WriteRequest
from bot.storage.requests import Request, State
from bot.storage.store import Store

SHORTER = "The Ellery Harbour Bridge will close to all traffic on Monday for 14 months, the city said on Tuesday."
OWN = "every sentence is the article's own"

pytestmark = pytest.mark.simcord(settle_timeout=60)
"""The first test loads what the gate knows."""


class SlowWriter:
    """Shortens the first sentence of the sample, after what happens `meanwhile` in the bot's event loop."""

    name = "slow-writer"
    tasks = frozenset(Task)
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        self.meanwhile: Callable[[], Awaitable[None]] = _nothing

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        asyncio.run_coroutine_threadsafe(_await(self.meanwhile), self.loop).result()
        return [(SHORTER,) if "96 steel hangers" in request.sources[0] else () for request in requests]


async def _nothing() -> None:
    pass


async def _await(act: Callable[[], Awaitable[None]]) -> None:
    await act()


@pytest.fixture
async def writer() -> SlowWriter:
    writer = SlowWriter()
    writer.loop = asyncio.get_running_loop()
    return writer


@pytest.fixture
def simcord_bot(store: Store, fetcher: FakeFetcher, writer: SlowWriter) -> VerbatimBot:
    return make_bot(Config(), store, fetcher, writer)


async def _request(world: World) -> Request:
    (request,) = await world.bot.store.requests.of_user(world.reader.id)
    return request


async def _post(world: World) -> discord.Message:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, LINK)
    message = world.channel.last_message
    assert message is not None
    return message


def _footer(message: discord.Message) -> str:
    return message.embeds[0].footer.text or ""


async def test_the_first_card_stands_while_the_writer_writes_and_is_edited_then(
    world: World, writer: SlowWriter
) -> None:
    seen: list[str] = []

    async def look() -> None:
        message = world.channel.last_message
        assert message is not None
        seen.append(_footer(message))

    writer.meanwhile = look
    message = await _post(world)
    assert OWN in seen[0]
    assert OWN not in _footer(message)
    assert SHORTER in (message.embeds[0].description or "")


async def test_a_card_that_was_resized_meanwhile_keeps_its_length(world: World, writer: SlowWriter) -> None:
    async def press() -> None:
        await world.bot.store.requests.set_length((await _request(world)).id, Length.SHORT)

    writer.meanwhile = press
    assert OWN in _footer(await _post(world))
    assert (await _request(world)).state is State.DONE


async def test_a_card_that_was_deleted_meanwhile_is_not_touched(world: World, writer: SlowWriter) -> None:
    async def delete() -> None:
        await world.bot.store.requests.forget([(await _request(world)).id])

    writer.meanwhile = delete
    assert OWN in _footer(await _post(world))
