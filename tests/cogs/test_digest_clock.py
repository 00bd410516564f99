"""Digests over changes of the clock, of the zone, and over days on which the bot was down: each date at most once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from fakes import Clock
from world import World

from bot.cogs.ticking import Ticking
from bot.core.schedule import EVERY_DAY
from bot.storage.digests import Digest, DigestPlan


class Nights:
    """A digest at 02:30 in Berlin that says so when it has nothing to tell, and a clock that can be moved."""

    def __init__(self, world: World, digest: Digest, start: str) -> None:
        self.world, self.digest = world, digest
        self.clock = Clock(datetime.fromisoformat(start).replace(tzinfo=UTC))
        world.bot.clock = self.clock
        self.posted: list[tuple[str, str]] = []
        """Of each post the local date in its title and when it came."""

    async def until(self, end: str) -> None:
        """Let the time pass, and the loop look every ten minutes."""
        ticking = self.world.bot.get_cog("Ticking")
        assert isinstance(ticking, Ticking)
        while self.clock.now < datetime.fromisoformat(end).replace(tzinfo=UTC):
            self.clock.advance(minutes=10)
            await ticking.publish()
            titles = [message.embeds[0].title or "" for message in self.world.channel.history() if message.embeds]
            days = [title.rpartition(" · ")[2] for title in titles]
            self.posted += [(day, f"{self.clock.now:%d %H:%M}") for day in days if day not in dict(self.posted)]
            assert len(days) == len(set(days)), "a date was told twice"


async def _nights(world: World, start: str) -> Nights:
    plan = DigestPlan(
        world.guild.id,
        world.channel.id,
        world.moderator.id,
        "News",
        time(2, 30),
        "Europe/Berlin",
        EVERY_DAY,
        say_empty=True,
    )
    return Nights(world, await world.bot.store.digests.create(plan), start)


@pytest.mark.parametrize(
    ("start", "end", "posted"),
    [
        # The clock jumps from 2:00 to 3:00 on the 29th: the digest comes at 3:30 summer time.
        (
            "2026-03-28T00:00",
            "2026-03-30T12:00",
            [("2026-03-28", "28 01:30"), ("2026-03-29", "29 01:30"), ("2026-03-30", "30 00:30")],
        ),
        # 2:30 comes twice on the 25th: the digest comes the first time.
        (
            "2026-10-23T22:00",
            "2026-10-26T12:00",
            [("2026-10-24", "24 00:30"), ("2026-10-25", "25 00:30"), ("2026-10-26", "26 01:30")],
        ),
    ],
    ids=["spring", "autumn"],
)
async def test_a_night_digest_comes_once_a_date_over_a_change_of_the_clock(
    world: World, start: str, end: str, posted: list[tuple[str, str]]
) -> None:
    nights = await _nights(world, start)
    await nights.until(end)
    assert nights.posted == posted


async def test_a_change_of_zone_tells_no_date_twice(world: World) -> None:
    nights = await _nights(world, "2026-03-10T00:00")
    await nights.until("2026-03-10T03:00")
    moved = replace(nights.digest.plan, zone="America/New_York")
    await world.bot.store.digests.change(nights.digest.id, moved)
    await nights.until("2026-03-11T08:00")
    # New York is on summer time since the 8th; its 10th is told already, when its 2:30 comes.
    assert nights.posted == [("2026-03-10", "10 01:30"), ("2026-03-11", "11 06:30")]


@pytest.mark.parametrize(
    ("back", "first"),
    [("2026-03-14T05:00", ("2026-03-14", "14 05:10")), ("2026-03-14T12:00", ("2026-03-15", "15 01:30"))],
)
async def test_of_missed_days_only_the_last_is_made_good_and_only_soon(
    world: World, back: str, first: tuple[str, str]
) -> None:
    nights = await _nights(world, "2026-03-10T00:00")
    await nights.until("2026-03-10T03:00")
    nights.clock.now = datetime.fromisoformat(back).replace(tzinfo=UTC)
    await nights.until("2026-03-15T03:00")
    assert nights.posted[1] == first
    assert len(nights.posted) == (3 if first[0] == "2026-03-14" else 2)
