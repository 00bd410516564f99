from __future__ import annotations

import discord
from world import LINK, World

from bot.storage.guilds import Style


async def _card(world: World) -> discord.Message:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, LINK)
    message = world.channel.last_message
    assert message is not None
    return message


async def test_ask_is_about_the_newest_article_here(world: World) -> None:
    await _card(world)
    result = await world.moderator.slash(world.channel, "ask", question="How much is the repair expected to cost?")
    assert "61 million crowns" in (result.response.embeds[0].description or "")


async def test_ask_takes_a_link(world: World) -> None:
    result = await world.reader.slash(world.channel, "ask", question="When did the bridge open?", article=LINK)
    assert "1964" in (result.response.embeds[0].description or "")


async def test_ask_offers_the_titles_posted_here(world: World) -> None:
    await _card(world)
    choices = await world.reader.autocomplete(world.channel, "ask", "article", "harbour", question="x")
    assert [choice["name"] for choice in choices] == ["City to close harbour bridge"]
    assert await world.reader.autocomplete(world.channel, "ask", "article", "volcano", question="x") == []


async def test_ask_without_any_article_says_what_to_do(world: World) -> None:
    result = await world.reader.slash(world.channel, "ask", question="Why?")
    assert "No article was found" in result.response.content
    assert len(world.env.errors) == 1


async def test_a_reply_to_a_card_is_a_question(world: World) -> None:
    card = await _card(world)
    await world.moderator.send(world.channel, "When did the bridge open?", reply_to=card)
    answer = world.channel.last_message
    assert answer is not None
    assert "1964" in (answer.embeds[0].description or "")


async def test_what_the_article_does_not_say_is_said_to_be_so(world: World) -> None:
    card = await _card(world)
    await world.moderator.send(world.channel, "Who won the football match in Madrid?", reply_to=card)
    answer = world.channel.last_message
    assert answer is not None
    assert "The article does not say." in (answer.embeds[0].description or "")


async def test_a_message_in_the_cards_thread_is_a_question(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}), style=Style.THREAD)
    await world.reader.send(world.channel, LINK)
    thread = world.channel.threads[0]
    await world.reader.send(thread, "When did the bridge open?")
    answer = thread.last_message
    assert answer is not None
    assert "1964" in (answer.embeds[0].description or "")
