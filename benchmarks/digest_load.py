"""Five hundred digests due in the same minute: how long until all are posted, and what somebody who asks then waits.

    python -m benchmarks.digest_load [--digests 500] [--fresh]

The real clock of the digests, publishing, editing, SQLite and worker process; Discord is a stand-in that takes 120 ms
a request and no more than its 50 a second, and the encoder counts words, as what is measured is the traffic and not a
model. Each server was posted three of sixty articles. They were answered about, so their summaries, quotes and vectors
are kept; with --fresh nothing is. Meanwhile an article that nobody has seen is summarised every half second.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import re
import statistics
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import discord
import numpy as np

from bot.article import Length
from bot.cogs.ticking import Ticking
from bot.config import Config, Storage
from bot.core.desk import Desk
from bot.core.engine import Engine
from bot.core.schedule import EVERY_DAY
from bot.core.signature import Signature
from bot.fetch.client import WebClient
from bot.model.worker import Worker
from bot.storage.articles import article_hash
from bot.storage.digests import DigestPlan
from bot.storage.requests import Kind, Wish
from bot.storage.store import Store
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bot.article import Article

_ARTICLES, _POSTS = 60, 3
_LATENCY, _A_SECOND = 0.12, 50
_PAUSE = 0.5
_SIZE = 384


class WordEncoder:
    """Embeds a text by its words alone (feature hashing)."""

    name = "words"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder.encode`."""
        vectors = np.full((len(texts), _SIZE), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % _SIZE] += 1.0
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def make_engine() -> Engine:
    """What the worker's process runs."""
    return Engine(WordEncoder, lambda: None)


class Traffic:
    """The time that Discord takes: each request its latency, all of them no more than so many a second."""

    def __init__(self) -> None:
        self._free = 0.0
        self.requests = 0

    async def request(self) -> None:
        """Make one request."""
        self.requests += 1
        now = time.monotonic()
        self._free = max(now, self._free) + 1 / _A_SECOND
        await asyncio.sleep(self._free - now + _LATENCY)


class Channel(discord.abc.Messageable):
    """A channel that counts what is posted in it."""

    def __init__(self, traffic: Traffic, posted: list[float]) -> None:
        self._traffic, self._posted = traffic, posted

    async def send(self, *_: object, **__: object) -> Any:  # noqa: ANN401  a message
        """Take a message."""
        await self._traffic.request()
        self._posted.append(time.monotonic())
        return SimpleNamespace(id=len(self._posted), create_thread=self._thread)

    async def fetch_message(self, number: int, /) -> Any:  # noqa: ANN401  a message
        """Give a message that nobody reacted to."""
        await self._traffic.request()
        return SimpleNamespace(jump_url=f"https://discord.com/channels/1/2/{number}", reactions=(), thread=None)

    async def _thread(self, **_: object) -> Channel:
        await self._traffic.request()
        return self


def articles(count: int, seed: int) -> Iterator[Article]:
    """The project's article, each time with its paragraphs in another order and many words changed."""
    rng = random.Random(seed)  # noqa: S311  a draw that can be repeated
    text = files("bot.samples").joinpath("harbour_bridge.txt").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")[2:]
    for number in range(count):
        rng.shuffle(paragraphs)
        # Words of half of all lengths get a number, so that stories differ by what they say.
        changed = re.sub(r"\b(?:\w\w){2,}\b", rf"\g<0>{number}", "\n\n".join(paragraphs))
        yield segment(changed, title=f"Story {seed}-{number}", url=f"https://news.example/{seed}-{number}")


async def fill(store: Store, pool: Sequence[Article], digests: int, now: datetime) -> None:
    """Plan the digests, and post the articles in their servers."""
    for article in pool:
        await store.articles.save(article)
    drawn = itertools.cycle(pool)
    for guild in range(1, digests + 1):
        plan = DigestPlan(guild, guild, 1, "News", now.time().replace(second=0, microsecond=0), "UTC", EVERY_DAY)
        await store.digests.create(plan)
        for number in range(_POSTS):
            wish = Wish(Kind.SUMMARIZE, guild, guild, 1, "text", b"", message=guild * 10 + number)
            (request,) = await store.requests.accept([wish])
            await store.requests.set_article(request.id, article_hash(next(drawn).text))
            await store.requests.set_answer(request.id, guild, guild * 10 + number)


async def answer(desk: Desk, pool: Sequence[Article]) -> None:
    """What an answer in Discord makes and keeps."""
    for article in pool:
        await desk.extract(article, Length.MEDIUM)
        await desk.quotes(article)
        await desk.embed(article)


async def ask(desk: Desk, unseen: Iterator[Article], waits: list[float]) -> None:
    """Ask for a summary of something new, again and again."""
    for article in unseen:
        start = time.monotonic()
        await desk.extract(article, Length.MEDIUM)
        waits.append(time.monotonic() - start)
        await asyncio.sleep(_PAUSE)


async def measure(digests: int, folder: Path, *, fresh: bool) -> dict[str, Any]:
    """Publish all, while somebody asks."""
    now, config = datetime.now(UTC), Config(storage=Storage(path=folder / "load.sqlite"))
    pool, traffic = list(articles(_ARTICLES, 1)), Traffic()
    posted: list[float] = []
    channel = Channel(traffic, posted)
    async with await Store.open(config.storage) as store, Worker(make_engine) as worker:
        desk = Desk(worker, WebClient(config.fetch, 1), store, config, Signature("words", "", "", ""), lambda: now)
        await fill(store, pool, digests, now)
        if not fresh:
            await answer(desk, pool)
        idle: list[float] = []
        await ask(desk, articles(10, 2), idle)
        bot: Any = SimpleNamespace(
            store=store,
            desk=desk,
            clock=lambda: now,
            get_channel=lambda _: channel,
            get_partial_messageable=lambda _: channel,
            get_guild=lambda _: None,
        )
        busy: list[float] = []
        asking = asyncio.create_task(ask(desk, articles(10_000, 3), busy))
        start = time.monotonic()
        await Ticking(bot).publish()
        asking.cancel()
    return {
        "digests": digests,
        "posted": len(posted),
        "seconds": round(max(posted) - start, 1),
        "requests": traffic.requests,
        "asked_idle_ms": _quantiles(idle),
        "asked_meanwhile_ms": _quantiles(busy),
    }


def _quantiles(waits: Sequence[float]) -> dict[str, float]:
    ordered = sorted(wait * 1000 for wait in waits)
    return {
        "asked": len(ordered),
        "median": round(statistics.median(ordered)),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))]),
        "most": round(ordered[-1]),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--digests", type=int, default=500)
    parser.add_argument("--fresh", action="store_true", help="nothing was made before")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measure(arguments.digests, Path(folder), fresh=arguments.fresh))
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
