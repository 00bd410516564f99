"""A stop or a crash loses nothing, and nothing is answered twice."""

from __future__ import annotations

import discord
import pytest
from world import LINK, World

from bot.storage.requests import Kind, State, Wish


def _wish(world: World) -> Wish:
    return Wish(Kind.SUMMARIZE, world.guild.id, world.channel.id, world.reader.id, "link", LINK.encode())


def _cards(world: World) -> list[discord.Message]:
    return [message for message in world.channel.history() if message.embeds]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.POSTING])
async def test_what_was_accepted_is_answered_after_a_restart_once(world: World, state: State) -> None:
    (request,) = await world.bot.store.requests.accept([_wish(world)])
    await world.bot.store.requests.set_state(request.id, state)
    await world.restart()
    assert len(_cards(world)) == 1
    await world.restart()
    assert len(_cards(world)) == 1


async def test_an_answer_that_was_sent_but_not_noted_is_found_again(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    posted = await world.reader.send(world.channel, LINK)
    (request,) = await world.bot.store.requests.by_message(posted.id)
    async with world.bot.store.database.write() as connection:
        await connection.execute("UPDATE requests SET state = 'posting', answer = NULL, answer_channel = NULL")
    await world.restart()
    assert len(_cards(world)) == 1
    found = await world.bot.store.requests.find(request.id)
    assert found is not None
    assert (found.state, found.answer) == (State.DONE, _cards(world)[0].id)


async def test_a_dead_token_ends_as_an_ordinary_message(world: World) -> None:
    past = world.env.now()
    wish = Wish(
        **{**{name: getattr(_wish(world), name) for name in Wish.__slots__}, "token": "x", "token_expires": past}
    )
    await world.bot.store.requests.accept([wish])
    await world.restart()
    assert len(_cards(world)) == 1


async def test_one_broken_request_does_not_stop_the_others(world: World) -> None:
    broken = Wish(Kind.SUMMARIZE, world.guild.id, world.channel.id, world.reader.id, "text", b"\xff\xfe")
    await world.bot.store.requests.accept([broken, _wish(world)])
    await world.restart()
    assert len(_cards(world)) == 1
    assert await world.bot.store.requests.unfinished() == ()
