from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from aiohttp import web
from fake_web import LOOPBACK, FakeResolver, Site

from bot.config import Fetch
from bot.fetch.client import WebClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

PAGE_BYTES = 100_000


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


@pytest_asyncio.fixture
async def raw_server() -> AsyncIterator[Callable[[bytes], Awaitable[int]]]:
    """Start a server that reads one request, sends these bytes and hangs up; its port."""
    servers: list[asyncio.Server] = []

    async def start(answer: bytes) -> int:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                await reader.read(65_536)
                writer.write(answer)
                await writer.drain()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver({"site.example": ["127.0.0.1"], "other.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})


@pytest.fixture
def client_for(resolver: FakeResolver) -> Callable[..., WebClient]:
    """Make a client for these ports that may reach loopback and nothing else that is not public."""

    def make(*ports: int, **settings: object) -> WebClient:
        fetch = replace(Fetch(), ports=ports, **settings)  # type: ignore[arg-type]
        return WebClient(fetch, PAGE_BYTES, resolve=resolver, allow=lambda address: address == LOOPBACK)

    return make


@pytest.fixture
def client(site: Site, client_for: Callable[..., WebClient]) -> WebClient:
    return client_for(site.port)
