"""What the desk computes once, whoever asks how often."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Hashable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import Clock, FakeEncoder, FakeFetcher, FakeWriter

from bot.article import Article
from bot.config import Config, Storage
from bot.core.caller import InlineCaller
from bot.core.desk import Desk
from bot.core.engine import Engine
from bot.core.metrics import Metrics
from bot.core.signature import Signature
from bot.core.source import LinkSource
from bot.errors import ModelError
from bot.model.base import WriteRequest
from bot.storage.store import Store


class CountingCaller:
    """Counts what is computed, and shares nothing."""

    def __init__(self) -> None:
        self._inner = InlineCaller(Engine(FakeEncoder, lambda: None))
        self.calls: Counter[str] = Counter()

    async def call(
        self, method: str, *args: object, key: Hashable | None = None, deadline: float, priority: int = 0
    ) -> Any:
        self.calls[method] += 1
        return await self._inner.call(method, *args, key=key, deadline=deadline, priority=priority)


class BrokenWriter(FakeWriter):
    """Fails until it is mended."""

    broken = True

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        if self.broken:
            message = "The memory of this machine does not suffice for the model."
            raise ModelError(message)
        return super().write(requests)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(Storage(path=tmp_path / "test.sqlite"), Clock()) as opened:
        yield opened


async def test_what_many_ask_at_once_is_computed_once(store: Store, bridge: Article) -> None:
    caller = CountingCaller()
    desk = Desk(caller, FakeFetcher({}), store, Config(), Signature("fake", "", "", ""), Clock())
    await store.articles.save(bridge)
    found = await asyncio.gather(*(desk.extract(bridge) for _ in range(20)), *(desk.quotes(bridge) for _ in range(20)))
    assert len(set(found)) == 2
    assert caller.calls == {"extract": 1, "quotes": 1}


async def test_a_writer_that_fails_costs_no_summary_and_is_asked_again(
    store: Store, bridge: Article, caplog: pytest.LogCaptureFixture
) -> None:
    writer, metrics = BrokenWriter(), Metrics()
    caller = InlineCaller(Engine(FakeEncoder, lambda: writer))
    desk = Desk(caller, FakeFetcher({}), store, Config(), Signature("fake", "fake-writer", "", ""), Clock(), metrics)
    await store.articles.save(bridge)
    assert await desk.summarise(bridge) == await desk.extract(bridge)
    assert "does not suffice" in caplog.text
    assert b'verbatim_unwritten_total{kind="model"} 1.0' in metrics.page()
    writer.broken = False
    await desk.summarise(bridge)
    assert writer.history


async def test_a_new_link_that_many_post_at_once_is_fetched_once(store: Store, bridge: Article) -> None:
    paragraphs = "".join(f"<p>{paragraph.span.of(bridge.text)}</p>" for paragraph in bridge.paragraphs)
    link = "https://news.example/bridge"
    fetcher = FakeFetcher({link: f"<article><h1>A bridge closes</h1>{paragraphs}</article>"})
    desk = Desk(CountingCaller(), fetcher, store, Config(), Signature("fake", "", "", ""), Clock())
    found = await asyncio.gather(*(desk.open(LinkSource(link)) for _ in range(20)))
    assert len({article.text for article in found}) == 1
    assert fetcher.history == [link]
