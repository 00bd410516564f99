"""Run the bot: open what it needs, connect, stop in order. One process a database; a second is refused.

Where Discord has not granted the Message Content intent, the bot starts without it and says in the log what is off.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import discord
import yarl

from bot.app.bot import VerbatimBot
from bot.app.health import HealthServer
from bot.core.assembly import utc_now, warm_engine
from bot.core.desk import Desk
from bot.core.metrics import Metrics
from bot.core.signature import signature
from bot.errors import ConfigError, Unreachable
from bot.fetch.client import WebClient
from bot.model.worker import Worker
from bot.storage.lock import only_process
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.config import Config

_log = logging.getLogger(__name__)
API_VARIABLE, GATEWAY_VARIABLE = "VERBATIM_DISCORD_API", "VERBATIM_DISCORD_GATEWAY"
_BREATH = 5.0
"""Seconds before the next connection after one that ended over an unreadable frame: Discord allows 1000 a day."""
_TOKEN_REFUSED = 4004
_WITHOUT_CONTENT = (
    "Discord has not granted this bot the Message Content intent. Off: answering posted links unasked, and the 📰 "
    "reaction. Everything else works. To have them, switch the intent on in Discord's developer portal and restart."
)


class _Garbled(Exception):
    """The gateway sent a frame that is no event."""


async def serve(config: Config, token: str) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises:
        ConfigError: Discord refuses the token.
        StorageError: another bot runs on this database, or it cannot be used.
        Unreachable: Discord does not answer at the start.
    """
    point_elsewhere(os.environ)
    async with AsyncExitStack() as stack:
        stack.enter_context(only_process(config.storage.file))
        store = await stack.enter_async_context(await Store.open(config.storage))
        worker = await stack.enter_async_context(Worker(partial(warm_engine, config), queue_limit=config.worker.queue))
        metrics = Metrics()
        fetcher = WebClient(config.fetch, config.limits.page_bytes)
        desk = Desk(worker, fetcher, store, config, signature(config), utc_now, metrics)
        make = partial(VerbatimBot, config, desk, store, metrics)
        health = HealthServer(config.discord.health_port, metrics, is_loaded=lambda: worker.is_loaded)
        await stack.enter_async_context(health)
        await run_bot(make, token, health, wants_content=config.discord.message_content)


def point_elsewhere(environment: Mapping[str, str]) -> None:
    """Speak to another server than Discord's, as a test of the wire wants it; discord.py keeps the addresses global."""
    if api := environment.get(API_VARIABLE):
        discord.http.Route.BASE = api.rstrip("/")
        discord.asset.Asset.BASE = str(yarl.URL(api).origin())
    if gateway := environment.get(GATEWAY_VARIABLE):
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


async def run_bot(make: Callable[..., VerbatimBot], token: str, health: HealthServer, *, wants_content: bool) -> None:
    """Run the bot that `make` makes until it is stopped; without the Message Content intent where that is refused."""
    pause = 0.0
    while True:
        try:
            await _connect(make(message_content=wants_content), token, health, pause)
        except discord.PrivilegedIntentsRequired:
            _log.warning(_WITHOUT_CONTENT)
            wants_content = False
        except _Garbled as error:
            # Only the kind of the error: its text may hold what people wrote.
            _log.warning("Discord sent what cannot be read (%s); connecting anew", type(error.__cause__).__name__)
            pause = _BREATH
        else:
            return


async def _connect(bot: VerbatimBot, token: str, health: HealthServer, pause: float) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, lambda: loop.create_task(bot.close()))
    health.watch(bot)
    try:
        async with bot:
            await asyncio.sleep(pause)
            if not bot.is_closed():
                await bot.login(token)
                await _stay_connected(bot)
    except discord.LoginFailure as error:
        message = "Discord refuses the bot's token."
        raise ConfigError(message, "Copy it again from Discord's developer portal.") from error
    except (aiohttp.ClientError, OSError, discord.DiscordServerError, discord.GatewayNotFound) as error:
        message = "Discord does not answer."
        raise Unreachable(message, "Check this machine's connection; a supervisor may start the bot again.") from error


async def _stay_connected(bot: VerbatimBot) -> None:
    try:
        await bot.connect()
    except discord.ConnectionClosed as error:
        if error.code == _TOKEN_REFUSED:
            raise discord.LoginFailure(str(error)) from error
        raise
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        raise
    except Exception as error:
        # Discord.py closes the bot over a frame that is no event; a new one takes up what it left.
        raise _Garbled from error
