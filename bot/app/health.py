"""/health and /metrics on a loopback port: whether the bot works, and how well. Nothing of what people read."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app.bot import VerbatimBot
    from bot.core.metrics import Metrics

_HOST = "127.0.0.1"
_log = logging.getLogger(__name__)


class HealthServer:
    """Serves while it is open; on port 0 it serves nothing."""

    def __init__(self, port: int, metrics: Metrics, *, is_loaded: Callable[[], bool]) -> None:
        self._port, self._metrics, self._is_loaded = port, metrics, is_loaded
        self._bot: VerbatimBot | None = None
        self._runner: web.AppRunner | None = None
        metrics.watch("waiting_requests", "Requests that wait for their turn", self._waiting)
        metrics.watch("gateway_latency_seconds", "Between a heartbeat and its answer", self._latency)

    def watch(self, bot: VerbatimBot) -> None:
        """Tell from now on about this bot."""
        self._bot = bot

    async def __aenter__(self) -> Self:
        if self._port:
            application = web.Application()
            application.add_routes([web.get("/health", self._health), web.get("/metrics", self._page)])
            self._runner = web.AppRunner(application, access_log=None)
            await self._runner.setup()
            try:
                await web.TCPSite(self._runner, _HOST, self._port).start()
            except OSError as error:
                await self._runner.cleanup()
                message = f"The port {self._port} for /health is taken."
                raise ConfigError(message, "Set discord.health_port to another, or to 0.") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        connected = self._bot is not None and self._bot.is_ready() and not self._bot.is_closed()
        body = {"connected": connected, "models_loaded": self._is_loaded(), "waiting": self._waiting()}
        return web.json_response(body, status=200 if connected else 503)

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4"})

    def _waiting(self) -> float:
        return float(len(self._bot.answering.line)) if self._bot else 0.0

    def _latency(self) -> float:
        return self._bot.latency if self._bot and self._bot.is_ready() else math.nan
