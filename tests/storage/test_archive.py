from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import Clock

from bot.article import Article, Quote, QuoteKind, Span, Speaker
from bot.config import Storage
from bot.storage.requests import Kind, Request, Wish
from bot.storage.store import Store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    async with await Store.open(Storage(path=tmp_path / "test.sqlite"), clock) as opened:
        yield opened


def _quote(article: Article, words: str, speaker: str) -> Quote:
    def span(part: str) -> Span:
        start = article.text.index(part)
        return Span(start, start + len(part))

    return Quote.cut(article.text, span(words), QuoteKind.DIRECT, Speaker(speaker, span(speaker)))


async def _seen(store: Store, article: Article, guild: int = 1) -> Request:
    name = await store.articles.save(article)
    (request,) = await store.requests.accept([Wish(Kind.SUMMARIZE, guild, 2, 3, "text", b"")])
    await store.requests.set_article(request.id, name)
    await store.requests.set_answer(request.id, 2, 77)
    kept = await store.requests.find(request.id)
    assert kept is not None
    quotes = [
        _quote(article, "We found this in time", "Ines Calder"),
        _quote(article, "Our drivers did not crack those hangers,", "Wen Tao"),
    ]
    await store.archive.add(kept, article, quotes, 2, 77)
    return kept


async def test_quotes_are_found_by_speaker_topic_and_time(store: Store, clock: Clock, bridge: Article) -> None:
    await _seen(store, bridge)
    assert [quote.speaker for quote in await store.archive.search(1, who="calder")] == ["Ines Calder"]
    assert [quote.text for quote in await store.archive.search(1, topic="hanger")] == [
        "Our drivers did not crack those hangers,"
    ]
    assert len(await store.archive.search(1)) == 2
    assert await store.archive.search(1, who="calder", topic="hangers") == []
    assert await store.archive.search(1, since=clock.now + timedelta(days=1)) == []


async def test_a_server_sees_only_its_own(store: Store, bridge: Article) -> None:
    await _seen(store, bridge, guild=1)
    assert await store.archive.search(2) == []
    assert await store.archive.speakers(2, "") == []


async def test_the_same_quote_is_kept_once_in_a_server(store: Store, bridge: Article) -> None:
    await _seen(store, bridge)
    await _seen(store, bridge)
    assert len(await store.archive.search(1)) == 2


@pytest.mark.parametrize("words", ['"', "a AND", "NEAR(x", "speaker:x", "*", "(", "x' OR 1=1 --", "👀", "a" * 3000])
async def test_what_is_typed_is_never_a_query_language(store: Store, bridge: Article, words: str) -> None:
    await _seen(store, bridge)
    await store.archive.search(1, who=words, topic=words)


async def test_forgetting_a_request_or_an_article_forgets_its_quotes(store: Store, bridge: Article) -> None:
    request = await _seen(store, bridge)
    await store.requests.forget([request.id])
    assert await store.archive.search(1, topic="hangers") == []
    other = await _seen(store, bridge)
    assert other.article is not None
    await store.articles.forget(other.article)
    assert await store.archive.search(1, topic="hangers") == []


async def test_speakers_are_offered_as_they_are_typed(store: Store, bridge: Article) -> None:
    await _seen(store, bridge)
    assert await store.archive.speakers(1, "cal") == ["Ines Calder"]


async def test_an_article_leads_to_where_it_was_seen_first(store: Store, bridge: Article) -> None:
    request = await _seen(store, bridge)
    assert request.article is not None
    await store.results.save_embedding(request.article, "m", (1.0, 0.0))
    assert [name for name, _ in await store.archive.vectors(1, "m")] == [request.article]
    assert await store.archive.vectors(2, "m") == []
    seen = await store.archive.seen_article(1, request.article)
    assert seen is not None
    assert (seen.channel, seen.message) == (2, 77)
