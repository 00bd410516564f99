from __future__ import annotations

import discord
import pytest
from world import LINK, World

from bot.storage.digests import Digest

FEED = "https://p.example/rss"
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>
<item><title>City to close harbour bridge</title><link>{LINK}</link><guid>1</guid></item></channel></rss>"""


async def _plan(world: World, **options: object) -> Digest:
    await world.choose(channels=frozenset({world.channel.id}))
    result = await world.moderator.slash(world.channel, "digest create", time="0:30", **options)
    assert result.ephemeral
    (digest,) = await world.bot.store.digests.of_guild(world.guild.id)
    return digest


async def _until(world: World, minutes: float) -> None:
    """Let the clock run from midnight, where the simulation begins."""
    now = world.env.now()
    left = minutes * 60 - (now - now.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
    while left > 0:
        # In short steps: SimCord allows a few real seconds for each.
        await world.env.advance_time(min(600, left))
        left -= 600


def _digests(world: World) -> list[discord.Message]:
    return [
        message
        for message in world.channel.history()
        if message.embeds and (message.embeds[0].title or "").startswith("News · ")
    ]


async def test_a_time_is_enough(world: World) -> None:
    digest = await _plan(world)
    assert (digest.plan.zone, digest.plan.channel, len(digest.plan.days)) == ("UTC", world.channel.id, 7)


async def test_what_was_posted_is_told_at_its_time_once_and_links_back(world: World) -> None:
    await _plan(world)
    posted = await world.reader.send(world.channel, LINK)
    await _until(world, 29)
    assert _digests(world) == []
    await _until(world, 32)
    (message,) = _digests(world)
    text = message.embeds[0].description or ""
    assert "**1. City to close harbour bridge**" in text
    assert f"/channels/{world.guild.id}/{world.channel.id}/{posted.id}" in text
    await _until(world, 60)
    assert len(_digests(world)) == 1


async def test_a_restart_posts_no_second_time(world: World) -> None:
    await _plan(world)
    await world.reader.send(world.channel, LINK)
    await _until(world, 35)
    await world.restart()
    await _until(world, 40)
    assert len(_digests(world)) == 1


async def test_a_crash_between_post_and_note_posts_no_second_time(world: World) -> None:
    digest = await _plan(world)
    await world.reader.send(world.channel, LINK)
    await _until(world, 35)
    async with world.bot.store.database.write() as connection:
        await connection.execute("UPDATE digest_runs SET state = 'posting', message = NULL")
    await world.restart()
    await _until(world, 40)
    assert len(_digests(world)) == 1
    assert await world.bot.store.digests.interrupted() == []
    assert digest.id


async def test_a_crash_before_the_post_is_made_good(world: World) -> None:
    digest = await _plan(world)
    await world.reader.send(world.channel, LINK)
    await world.bot.store.digests.begin(digest.id, world.env.now().date())
    await world.restart()
    assert len(_digests(world)) == 1


async def test_after_downtime_one_run_is_caught_up(world: World) -> None:
    digest = await _plan(world)
    await world.reader.send(world.channel, LINK)
    await world.bot.store.digests.pause(digest.id, "as if the bot were down")
    await _until(world, 100)
    await world.bot.store.digests.pause(digest.id, None)
    await _until(world, 105)
    assert len(_digests(world)) == 1


async def test_an_empty_day_posts_nothing_or_a_line_by_choice(world: World) -> None:
    digest = await _plan(world)
    await _until(world, 35)
    assert world.channel.history() == []
    other = await world.bot.store.digests.create(digest.plan)
    await world.moderator.slash(world.channel, "digest edit", digest=other.id, say_empty=True)
    await _until(world, 40)
    (message,) = _digests(world)
    assert message.embeds[0].description == "Nothing new today."


async def test_a_preview_is_private_and_changes_nothing(world: World) -> None:
    digest = await _plan(world)
    await world.reader.send(world.channel, LINK)
    result = await world.moderator.slash(world.channel, "digest preview", digest=digest.id)
    assert result.ephemeral
    assert "harbour bridge" in (result.response.embeds[0].description or "")
    await _until(world, 35)
    assert len(_digests(world)) == 1


async def test_a_digest_can_be_posted_now_and_then_not_again_today(world: World) -> None:
    digest = await _plan(world)
    await world.reader.send(world.channel, LINK)
    await world.moderator.slash(world.channel, "digest run", digest=digest.id)
    assert len(_digests(world)) == 1
    await _until(world, 35)
    assert len(_digests(world)) == 1


async def test_a_digest_is_paused_resumed_listed_and_deleted(world: World) -> None:
    digest = await _plan(world)
    await world.moderator.slash(world.channel, "digest pause", digest=digest.id)
    listed = await world.moderator.slash(world.channel, "digest list")
    assert "Paused by a moderator." in listed.response.content
    await world.reader.send(world.channel, LINK)
    await _until(world, 35)
    assert _digests(world) == []
    await world.moderator.slash(world.channel, "digest pause", digest=digest.id)
    await world.moderator.slash(world.channel, "digest delete", digest=digest.id)
    listed = await world.moderator.slash(world.channel, "digest list")
    assert "no digest yet" in listed.response.content


@pytest.mark.parametrize(
    ("options", "told"), [({"zone": "Mars/Base"}, "time zone"), ({"time": "25:00"}, "time of day")]
)
async def test_a_slip_is_told_with_what_to_write(world: World, options: dict[str, str], told: str) -> None:
    result = await world.moderator.slash(world.channel, "digest create", **({"time": "8:00"} | options))
    assert told in result.response.content
    assert len(world.env.errors) == 1


async def test_zones_are_offered(world: World) -> None:
    choices = await world.moderator.autocomplete(world.channel, "digest create", "zone", "berl", time="8")
    assert [choice["value"] for choice in choices] == ["Europe/Berlin"]


async def test_a_feed_is_followed_and_told(world: World) -> None:
    digest = await _plan(world)
    world.fetcher.pages[FEED] = RSS
    added = await world.moderator.slash(world.channel, "feeds add", digest=digest.id, link=FEED)
    assert "The Post" in added.response.content
    await _until(world, 35)
    (message,) = _digests(world)
    assert "[news.example]" in (message.embeds[0].description or "")
    exported = await world.moderator.slash(world.channel, "feeds export", digest=digest.id)
    assert exported.response.attachments[0].filename == "feeds.opml"


async def test_a_broken_feed_is_reported(world: World) -> None:
    digest = await _plan(world)
    world.fetcher.pages[FEED] = RSS
    await world.moderator.slash(world.channel, "feeds add", digest=digest.id, link=FEED)
    del world.fetcher.pages[FEED]
    await _until(world, 45)
    listed = await world.moderator.slash(world.channel, "feeds list", digest=digest.id)
    assert "did not answer" in listed.response.content


async def test_a_lost_channel_pauses_the_digest_and_tells_its_creator(world: World) -> None:
    other = world.guild.create_text_channel("other")
    digest = await _plan(world, channel=other)
    await world.reader.send(world.channel, LINK)
    world.env.backend.delete_channel(other.id)
    await _until(world, 35)
    (kept,) = await world.bot.store.digests.of_guild(world.guild.id)
    assert kept.paused is not None
    assert "cannot post" in kept.paused
    assert digest.id == kept.id
