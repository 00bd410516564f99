from __future__ import annotations

import discord
import pytest
from world import LINK, World


async def _card(world: World) -> discord.Message:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, LINK)
    message = world.channel.last_message
    assert message is not None
    assert message.embeds
    return message


def _bullets(embed: discord.Embed) -> int:
    return (embed.description or "").count("•")


@pytest.mark.parametrize("restart", [False, True])
async def test_longer_and_shorter_change_the_askers_card_even_after_a_restart(
    world: World,
    restart: bool,  # noqa: FBT001
) -> None:
    message = await _card(world)
    before = _bullets(message.embeds[0])
    if restart:
        await world.restart()
    await world.reader.click(message, label="Longer")
    assert _bullets(world.channel.history()[-1].embeds[0]) > before
    await world.reader.click(world.channel.history()[-1], label="Shorter")
    await world.reader.click(world.channel.history()[-1], label="Shorter")
    assert _bullets(world.channel.history()[-1].embeds[0]) < before


async def test_somebody_else_gets_a_version_of_their_own(world: World) -> None:
    message = await _card(world)
    other = world.guild.add_member(world.env.create_user("other"))
    before = _bullets(message.embeds[0])
    result = await other.click(message, label="Longer")
    assert result.ephemeral
    assert _bullets(result.response.embeds[0]) > before
    assert _bullets(world.channel.history()[-1].embeds[0]) == before


async def test_quotes_and_evidence_are_shown_to_the_one_who_asks(world: World) -> None:
    message = await _card(world)
    result = await world.moderator.click(message, label="Quotes")
    assert result.ephemeral
    assert "**Tobias Reyes** `¶7`" in (result.response.embeds[0].description or "")
    result = await world.moderator.click(message, label="Evidence")
    assert "> " in (result.response.embeds[0].description or "")


async def test_a_question_is_answered_with_its_passage(world: World) -> None:
    message = await _card(world)
    shown = await world.reader.click(message, label="Ask")
    assert shown.modal is not None
    box = shown.modal["components"][0]["component"]["custom_id"]
    result = await world.reader.submit_modal(shown, {box: "How much is the repair expected to cost?"})
    assert result.ephemeral
    assert "61 million crowns" in (result.response.embeds[0].description or "")


async def test_only_the_asker_or_a_moderator_deletes(world: World) -> None:
    message = await _card(world)
    other = world.guild.add_member(world.env.create_user("other"))
    result = await other.click(message, label="Delete")
    assert "Only the person who asked" in result.response.content
    await world.moderator.click(message, label="Delete")
    assert [shown.id for shown in world.channel.history() if shown.embeds] == []
    assert (await world.bot.store.stats()).articles == 0


async def test_a_button_of_a_forgotten_article_says_so(world: World) -> None:
    message = await _card(world)
    requests = await world.bot.store.requests.unfinished()
    assert requests == ()
    (request,) = await world.bot.store.requests.by_message(message.id)
    assert request.article is not None
    await world.bot.store.articles.forget(request.article)
    result = await world.reader.click(message, label="Evidence")
    assert "no longer stored" in result.response.content
