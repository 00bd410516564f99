from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from fakes import Clock

from bot.storage.database import Database
from bot.storage.digests import DigestPlan, Digests, Manner, RunState

PLAN = DigestPlan(1, 2, 3, "Morning", time(8, 30), "Europe/Berlin", frozenset({0, 4}), channels=frozenset({7, 8}))
DAY = date(2026, 3, 6)


@pytest.fixture
async def digests(tmp_path: Path) -> AsyncIterator[Digests]:
    database = await Database.open(tmp_path / "test.sqlite")
    yield Digests(database, Clock())
    await database.close()


async def test_a_digest_is_kept_as_it_was_planned(digests: Digests) -> None:
    made = await digests.create(PLAN)
    assert await digests.of_guild(1) == [made]
    assert await digests.find(1, made.id) == made
    assert await digests.find(9, made.id) is None
    other = replace(PLAN, manner=Manner.BRIEF, silent=True, say_empty=True, channels=frozenset())
    await digests.change(made.id, other)
    changed = await digests.find(1, made.id)
    assert changed is not None
    assert changed.plan == other


async def test_the_digest_of_a_date_begins_once(digests: Digests) -> None:
    made = await digests.create(PLAN)
    assert await digests.begin(made.id, DAY)
    assert not await digests.begin(made.id, DAY)
    found = await digests.find(1, made.id)
    assert found is not None
    assert found.last_day == DAY


async def test_an_interrupted_run_is_found_until_it_ends(digests: Digests) -> None:
    made = await digests.create(PLAN)
    await digests.begin(made.id, DAY)
    assert [(digest.id, day) for digest, day in await digests.interrupted()] == [(made.id, DAY)]
    await digests.end(made.id, DAY, RunState.POSTED, 99)
    assert await digests.interrupted() == []


async def test_a_paused_digest_does_not_run(digests: Digests) -> None:
    made = await digests.create(PLAN)
    await digests.pause(made.id, "The channel is gone.")
    assert await digests.running() == []
    await digests.pause(made.id, None)
    assert [digest.id for digest in await digests.running()] == [made.id]
    await digests.delete(made.id)
    assert await digests.of_guild(1) == []
