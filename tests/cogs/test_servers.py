"""What moderators choose, what is searched, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import LINK, World

from bot.config import Models, WriterServer
from bot.storage.guilds import GuildSettings


async def _seen(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}))
    await world.reader.send(world.channel, LINK)


async def test_quotes_are_searched_by_speaker_with_a_link_back(world: World) -> None:
    await _seen(world)
    result = await world.reader.slash(world.channel, "quotes", who="Reyes")
    text = result.response.embeds[0].description or ""
    assert result.ephemeral
    assert "sockets were sealed in 1991" in text
    assert f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/" in text
    choices = await world.reader.autocomplete(world.channel, "quotes", "who", "rey")
    assert [choice["value"] for choice in choices] == ["Tobias Reyes"]


async def test_a_search_that_finds_nothing_says_so(world: World) -> None:
    result = await world.reader.slash(world.channel, "quotes", topic="volcano")
    assert result.response.embeds[0].description == "Nothing was found."


async def test_a_time_that_is_none_is_told_with_what_to_type(world: World) -> None:
    result = await world.reader.slash(world.channel, "quotes", since="the other day")
    assert "30d" in result.response.content
    assert len(world.env.errors) == 1


async def test_articles_are_found_by_what_they_are_about(world: World) -> None:
    await _seen(world)
    result = await world.reader.slash(
        world.channel, "articles", about="the bridge will close to all traffic in the city"
    )
    assert "City to close harbour bridge" in (result.response.embeds[0].description or "")


async def test_a_private_answer_is_not_in_the_servers_archive(world: World) -> None:
    await world.reader.slash(world.channel, "summarize", link=LINK, private=True)
    result = await world.reader.slash(world.channel, "quotes", who="Reyes")
    assert result.response.embeds[0].description == "Nothing was found."


async def test_moderators_choose_on_a_panel(world: World) -> None:
    result = await world.moderator.slash(world.channel, "settings")
    assert result.ephemeral
    for row, values in ((0, [world.channel]), (2, ["long"]), (3, ["de"])):
        panel = result.response.message
        await world.moderator.select(panel, values, custom_id=_custom_id(panel, row))
    await world.moderator.click(result.response.message, label="Reply or thread")
    kept = await world.bot.store.guilds.settings(world.guild.id)
    assert kept == GuildSettings("long", "thread", "de", channels=frozenset({world.channel.id}))  # type: ignore[arg-type]


def _custom_id(message: object, row: int) -> str:
    return str(message.components[row].children[0].custom_id)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("user", "guild", "kept"), [("5", "50", (5, 50)), ("0", "50", (20, 200)), ("x", "1", (20, 200))]
)
async def test_limits_are_numbers(world: World, user: str, guild: str, kept: tuple[int, int]) -> None:
    result = await world.moderator.slash(world.channel, "settings")
    shown = await world.moderator.click(result.response.message, label="Limits")
    assert shown.modal is not None
    boxes = [label["component"]["custom_id"] for label in shown.modal["components"]]
    await world.moderator.submit_modal(shown, dict(zip(boxes, (user, guild), strict=True)))
    settings = await world.bot.store.guilds.settings(world.guild.id)
    assert (settings.user_per_hour, settings.guild_per_hour) == kept


async def test_the_permissions_check_names_what_is_there(world: World) -> None:
    result = await world.moderator.slash(world.channel, "settings")
    checked = await world.moderator.click(result.response.message, label="Check permissions")
    assert f"<#{world.channel.id}>" in checked.response.content


async def test_the_language_of_a_server_is_spoken(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}), language="de")
    await world.reader.send(world.channel, LINK)
    message = world.channel.last_message
    assert message is not None
    assert message.embeds[0].fields[0].name == "Zitate"


async def test_a_limit_is_kept_to_and_told(world: World) -> None:
    await world.choose(channels=frozenset({world.channel.id}), user_per_hour=1)
    await world.reader.send(world.channel, LINK)
    await world.reader.send(world.channel, LINK)
    message = world.channel.last_message
    assert message is not None
    assert "enough for now" in message.content
    assert (await world.moderator.slash(world.channel, "summarize", link=LINK)).response.embeds


async def test_only_chosen_roles_may_ask(world: World) -> None:
    role = world.guild.create_role("Readers")
    member = world.guild.add_member(world.env.create_user("member"), roles=[role])
    await world.choose(roles=frozenset({role.id}))
    refused = await world.reader.slash(world.channel, "summarize", link=LINK)
    assert "You may not use Verbatim here" in refused.response.content
    assert (await member.slash(world.channel, "summarize", link=LINK)).response.embeds
    assert (await world.moderator.slash(world.channel, "summarize", link=LINK)).response.embeds


async def test_privacy_counts_and_forget_deletes(world: World) -> None:
    await _seen(world)
    counted = await world.reader.slash(world.channel, "privacy")
    assert "1 requests of yours, and 1 of this server" in counted.response.content
    assert "Everything stays on my operator's machine" in counted.response.content
    forgotten = await world.reader.slash(world.channel, "forget", what="me")
    assert "1 requests" in forgotten.response.content
    assert (await world.bot.store.stats()).articles == 0
    assert await world.bot.store.archive.search(world.guild.id) == []


async def test_privacy_says_when_sentences_leave_the_machine(world: World) -> None:
    server = WriterServer(url="http://gpu.example/v1", model="tiny")
    world.bot.config = replace(world.bot.config, models=Models(writer="server"), writer_server=server)
    said = (await world.reader.slash(world.channel, "privacy")).response.content
    assert "Sentences of articles go to another machine" in said
    assert "gpu.example" not in said


async def test_only_a_moderator_forgets_a_server(world: World) -> None:
    await _seen(world)
    refused = await world.reader.slash(world.channel, "forget", what="server")
    assert "Manage Server" in refused.response.content
    await world.moderator.slash(world.channel, "forget", what="server")
    assert await world.bot.store.requests.count_guild(world.guild.id) == 0
    assert await world.bot.store.guilds.settings(world.guild.id) == GuildSettings()
