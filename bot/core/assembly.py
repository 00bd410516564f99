"""Put the parts together as the configuration says: the one place that knows them all, short of Discord."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.core.caller import InlineCaller
from bot.core.desk import Desk
from bot.core.editing import Editor
from bot.core.engine import Engine
from bot.core.server_writer import load_server_writer
from bot.core.signature import signature
from bot.fetch.client import WebClient
from bot.model.encoder import load_encoder
from bot.model.reader import load_reader
from bot.model.writer import load_writer
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.config import Config
    from bot.model.base import Writer


def build_engine(config: Config) -> Engine:
    """Make the engine; its models are loaded when first used. Picklable as `partial(build_engine, config)`."""
    models = config.models
    return Engine(
        partial(load_encoder, models.encoder, cache=models.cache, threads=models.threads),
        _writer_loader(config),
        partial(load_reader, cache=models.cache, threads=models.threads),
    )


def _writer_loader(config: Config) -> Callable[[], Writer | None]:
    models = config.models
    if models.writer_is_server:
        return partial(load_server_writer, config.writer_server)
    return partial(load_writer, models.writer, cache=models.cache, threads=models.threads)


def warm_engine(config: Config) -> Engine:
    """Make the engine with its models loaded: for a process that is to answer from its first request on."""
    engine = build_engine(config)
    engine.warm_up()
    return engine


def utc_now() -> datetime:
    """The clock of the wall; everything that asks for the time is handed one."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_desk(config: Config, *, cached: bool = True) -> AsyncIterator[Desk]:
    """A desk for one command: the engine in this process, the database open while it lasts."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(await Store.open(config.storage)) if cached else None
        yield _desk(config, store)


@asynccontextmanager
async def open_editor(config: Config) -> AsyncIterator[Editor]:
    """An editor of digests for one command; its `store` is open while it lasts."""
    async with await Store.open(config.storage) as store:
        yield Editor(_desk(config, store), store)


def _desk(config: Config, store: Store | None) -> Desk:
    fetcher = WebClient(config.fetch, config.limits.page_bytes)
    return Desk(InlineCaller(build_engine(config)), fetcher, store, config, signature(config), utc_now)
