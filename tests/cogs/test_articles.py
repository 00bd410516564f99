from __future__ import annotations

import discord
import pytest
from simcord.builders import ChannelHandle
from world import LINK, SAMPLE, World

from bot.storage.guilds import Style


def card(channel: ChannelHandle) -> discord.Embed:
    """The newest card of a channel."""
    cards = [message.embeds[0] for message in channel.history() if message.embeds]
    assert cards, [message.content for message in channel.history()]
    return cards[-1]


async def test_a_link_is_answered_only_where_a_moderator_wants_it(world: World) -> None:
    await world.reader.send(world.channel, f"Look: {LINK}")
    assert len(world.channel.history()) == 1
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, f"Look: {LINK}?utm_source=x")
    shown = card(world.channel)
    assert shown.title == "City to close harbour bridge"
    assert "`¶" in (shown.description or "")
    assert "I will not ask anyone to drive across a bridge" in shown.fields[0].value  # type: ignore[operator]


async def test_a_known_article_says_that_it_was_shared_before(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, LINK)
    await world.moderator.send(world.channel, LINK)
    assert "Shared before" in (card(world.channel).description or "")
    assert world.fetcher.history == [LINK]


async def test_several_links_of_one_message_are_each_answered(world: World) -> None:
    other = "https://news.example/other"
    world.fetcher.pages[other] = world.fetcher.pages[LINK].replace("14 months", "15 months")
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, f"{LINK} and {other}")
    assert sum(bool(message.embeds) for message in world.channel.history()) == 2


@pytest.mark.parametrize(
    "text",
    ["https://tenor.com/view/cat-1", "https://discord.com/channels/1/2/3", "https://x.example/cat.gif", "no link here"],
)
async def test_what_is_no_article_is_left_alone(world: World, text: str) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, text)
    assert len(world.channel.history()) == 1


async def test_a_link_that_does_not_answer_is_told_with_what_to_do(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, "https://news.example/gone")
    assert "paste the article" in world.channel.last_message.content


@pytest.mark.parametrize("name", ["message.txt", "story.md"])
async def test_a_file_is_read_by_its_name(world: World, name: str) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, "", attachments=[(name, SAMPLE.encode())])
    assert "14 months" in (card(world.channel).description or "")


async def test_a_mention_under_a_link_asks_for_it(world: World) -> None:
    posted = await world.reader.send(world.channel, LINK)
    await world.moderator.send(world.channel, f"<@{world.bot.user.id}>", reply_to=posted)
    assert card(world.channel).title == "City to close harbour bridge"


async def test_a_mention_without_an_article_says_how_to_ask(world: World) -> None:
    await world.reader.send(world.channel, f"hello <@{world.bot.user.id}>")
    assert "/summarize" in world.channel.last_message.content


async def test_a_newspaper_asks_for_a_link_anywhere_once(world: World) -> None:
    posted = await world.reader.send(world.channel, LINK)
    await world.moderator.react(posted, "📰")
    await world.reader.react(posted, "📰")
    assert sum(bool(message.embeds) for message in world.channel.history()) == 1


async def test_summarize_takes_a_link(world: World) -> None:
    result = await world.reader.slash(world.channel, "summarize", link=LINK, length="short")
    assert result.response.embeds[0].title == "City to close harbour bridge"


async def test_summarize_takes_a_file(world: World) -> None:
    result = await world.reader.slash(world.channel, "summarize", file=("a.txt", SAMPLE.encode()))
    assert "14 months" in (result.response.embeds[0].description or "")


async def test_summarize_alone_shows_a_box_for_a_paste(world: World) -> None:
    shown = await world.reader.slash(world.channel, "summarize")
    assert shown.modal is not None
    boxes = [label["component"]["custom_id"] for label in shown.modal["components"]]
    result = await world.reader.submit_modal(shown, {boxes[0]: SAMPLE[:2000], boxes[1]: SAMPLE[2000:]})
    assert "14 months" in (result.response.embeds[0].description or "")


async def test_a_private_answer_is_seen_by_the_asker_alone(world: World) -> None:
    result = await world.reader.slash(world.channel, "summarize", link=LINK, private=True)
    assert result.ephemeral
    assert world.channel.history() == []


async def test_the_menu_of_a_message_summarises_and_quotes(world: World) -> None:
    posted = await world.reader.send(world.channel, LINK)
    result = await world.moderator.context_menu(world.channel, "Summarize", posted)
    assert result.response.embeds[0].title == "City to close harbour bridge"
    result = await world.moderator.context_menu(world.channel, "Quotes", posted)
    assert "**Tobias Reyes** `¶7`" in (result.response.embeds[0].description or "")


async def test_a_message_without_anything_to_read_is_refused_in_words(world: World) -> None:
    posted = await world.reader.send(world.channel, "", attachments=[("cat.png", b"\x89PNG")])
    result = await world.reader.context_menu(world.channel, "Summarize", posted)
    assert result.ephemeral
    assert "no link, no text and no file" in result.response.content
    assert len(world.env.errors) == 1


async def test_deleting_the_message_deletes_what_was_made_of_it(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    posted = await world.reader.send(world.channel, LINK)
    assert len(world.channel.history()) == 2
    await world.reader.delete(posted)
    assert world.channel.history() == []
    assert (await world.bot.store.stats()).articles == 0


async def test_an_answer_can_go_into_a_thread(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}), style=Style.THREAD)
    await world.reader.send(world.channel, LINK)
    thread = world.channel.threads[0]
    assert thread.name == "City to close harbour bridge"
    assert card(thread).title == "City to close harbour bridge"


async def test_a_direct_message_is_answered_without_any_setting(world: World) -> None:
    user = world.env.create_user("alone")
    await user.send_dm(LINK)
    assert card(user.dm_channel).title == "City to close harbour bridge"
    await user.send_dm("What now?")
    last = user.dm_channel.last_message
    assert last is not None
    assert "/summarize" in last.content


async def test_bots_are_not_answered(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    other = world.guild.add_member(world.env.create_user("robot", bot=True))
    await other.send(world.channel, LINK)
    assert len(world.channel.history()) == 1


async def test_nobody_is_pinged_whatever_an_article_says(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    hostile = SAMPLE.replace(" bridge", " @everyone <@1> **bridge**")
    await world.reader.send(world.channel, "", attachments=[("message.txt", hostile.encode())])
    message = world.channel.last_message
    assert message is not None
    assert message.mentions == []
    assert not message.mention_everyone
    text = message.embeds[0].description or ""
    assert r"\@everyone \<\@1> \*\*bridge\*\*" in text
