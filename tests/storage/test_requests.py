from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import Clock

from bot.article import Article, Length
from bot.storage.articles import Articles
from bot.storage.database import Database
from bot.storage.requests import Kind, Requests, State, Wish

WISH = Wish(Kind.SUMMARIZE, 1, 2, 3, "link", b"https://site.example/a", message=4, locale="de")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "test.sqlite")
    yield opened
    await opened.close()


@pytest.fixture
def requests(database: Database) -> Requests:
    return Requests(database, Clock())


async def test_an_accepted_request_is_kept_as_it_was_asked(requests: Requests) -> None:
    token = replace(WISH, token="abc", token_expires=Clock().now + timedelta(minutes=15), private=True)
    (kept,) = await requests.accept([token])
    assert (kept.state, kept.source, kept.user, kept.private) == (State.ACCEPTED, WISH.source, 3, True)
    assert kept.token_expires == token.token_expires
    assert await requests.unfinished() == (kept,)


async def test_a_request_is_unfinished_until_it_is_done_or_failed(requests: Requests) -> None:
    first, second, third = await requests.accept([WISH, WISH, WISH])
    await requests.set_state(first.id, State.DONE)
    await requests.set_state(second.id, State.POSTING)
    await requests.set_state(third.id, State.FAILED)
    assert [request.id for request in await requests.unfinished()] == [second.id]


async def test_the_source_is_dropped_once_it_was_read(requests: Requests, database: Database, bridge: Article) -> None:
    (request,) = await requests.accept([WISH])
    name = await Articles(database, Clock()).save(bridge)
    await requests.set_article(request.id, name)
    found = await requests.find(request.id)
    assert found is not None
    assert (found.article, found.source, found.source_kind) == (name, None, None)
    assert await requests.uses(name) == 1


async def test_the_first_public_answer_in_a_guild_is_found(
    requests: Requests, database: Database, bridge: Article
) -> None:
    name = await Articles(database, Clock()).save(bridge)
    made = await requests.accept([replace(WISH, private=True), WISH, replace(WISH, guild=9), WISH])
    for request in made:
        await requests.set_article(request.id, name)
        await requests.set_answer(request.id, 2, 100 + request.id)
    found = await requests.earlier(1, name, made[3].id)
    assert found is not None
    assert found.id == made[1].id
    assert await requests.earlier(1, name, made[1].id) is None


async def test_a_message_finds_what_it_asked_and_what_it_answers(requests: Requests) -> None:
    (request,) = await requests.accept([WISH])
    await requests.set_answer(request.id, 2, 77)
    assert [found.id for found in await requests.by_message(4)] == [request.id]
    assert [found.id for found in await requests.by_message(77)] == [request.id]


async def test_ids_are_never_used_again(requests: Requests) -> None:
    (first,) = await requests.accept([WISH])
    await requests.forget([first.id])
    (second,) = await requests.accept([WISH])
    assert second.id > first.id


async def test_requests_are_counted_by_user_and_by_guild(requests: Requests) -> None:
    await requests.accept([WISH, replace(WISH, user=8)])
    hour_ago = Clock().now - timedelta(hours=1)
    assert await requests.count_since(hour_ago, user=3, guild=1) == (1, 2)
    assert await requests.count_since(hour_ago, user=8, guild=None) == (1, 0)
    assert await requests.count_since(Clock().now + timedelta(hours=1), user=3, guild=1) == (0, 0)


async def test_requests_that_come_at_once_each_get_their_own(requests: Requests) -> None:
    asked = [[replace(WISH, user=number, message=None)] * (number % 3) for number in range(60)]
    kept = await asyncio.gather(*map(requests.accept, asked))
    assert [[request.user for request in found] for found in kept] == [[one.user for one in each] for each in asked]
    assert len(await requests.unfinished()) == sum(map(len, asked))


async def test_a_wish_that_cannot_be_kept_fails_alone(requests: Requests) -> None:
    wrong = replace(WISH, channel=2**70)
    found = await asyncio.gather(*(requests.accept([wish]) for wish in (WISH, wrong, WISH)), return_exceptions=True)
    assert [isinstance(one, BaseException) for one in found] == [False, True, False]
    assert len(await requests.unfinished()) == 2


async def test_the_length_follows_the_buttons(requests: Requests) -> None:
    (request,) = await requests.accept([WISH])
    await requests.set_length(request.id, Length.LONG)
    found = await requests.find(request.id)
    assert found is not None
    assert found.length is Length.LONG


async def test_a_request_stands_until_it_is_resized_or_deleted(requests: Requests) -> None:
    resized, deleted = await requests.accept([WISH, WISH])
    assert await requests.stands(resized)
    await requests.set_length(resized.id, Length.LONG)
    await requests.forget([deleted.id])
    assert not await requests.stands(resized)
    assert not await requests.stands(deleted)


async def test_old_answered_requests_are_pruned_and_open_ones_are_not(requests: Requests) -> None:
    done, waiting = await requests.accept([WISH, WISH])
    await requests.set_state(done.id, State.DONE)
    await requests.prune(Clock().now + timedelta(days=1))
    assert await requests.find(done.id) is None
    assert await requests.find(waiting.id) == waiting
