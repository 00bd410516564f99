"""The bot as a process that a test may start, stop and kill, over a database that outlives it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import discord
from aiohttp.test_utils import unused_port
from wire.gateway import Session
from wire.server import LoopbackDiscord
from wire.things import CHANNEL, GUILD, LOADING, request_ids
from wire.wired import until

from bot.config import Storage
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store

TESTS = Path(__file__).parents[1]
_START_SECONDS = 30.0
_CONFIG = """
[storage]
path = "{path}"
[fetch]
allow_private = true
ports = [{port}]
[discord]
health_port = {health}
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A request as the database has it."""

    id: int
    state: str
    message: int | None
    token: str | None


class BotProcess:
    """One bot over one folder; `start` it as often as need be."""

    def __init__(self, server: LoopbackDiscord, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.database = folder / "bot.sqlite"
        self.log = folder / "bot.log"
        self.health_port = unused_port()
        self._process: asyncio.subprocess.Process | None = None

    @classmethod
    async def prepare(cls, server: LoopbackDiscord, folder: Path) -> Self:
        """Write the configuration, and a moderator's choices into the database."""
        made = cls(server, folder)
        text = _CONFIG.format(path=made.database, port=server.port, health=made.health_port)
        (folder / "config.toml").write_text(text)
        async with await Store.open(Storage(path=made.database), discord.utils.utcnow) as store:
            chosen = GuildSettings(channels=frozenset({CHANNEL}), user_per_hour=100_000, guild_per_hour=100_000)
            await store.guilds.save(GUILD, chosen)
        return made

    @property
    def id(self) -> int:
        """The process's number."""
        if self._process is None:
            reason = "not started"
            raise RuntimeError(reason)
        return self._process.pid

    async def launch(self, *options: str, **environment: str) -> asyncio.subprocess.Process:
        """Start it, and do not wait for anything."""
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        variables = os.environ | self.server.environment | {"PYTHONPATH": path} | environment
        words = ["-m", "wire.bot_process", "--config", str(self.folder / "config.toml"), *options, "run"]
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(sys.executable, *words, env=variables, stderr=log)
        return self._process

    async def start(self, *options: str) -> None:
        """Start it, and wait until it is connected."""
        process = await self.launch(*options)
        await until(
            lambda: process.returncode is not None or any(one.socket for one in self._sessions()), _START_SECONDS
        )
        if process.returncode is not None:
            raise RuntimeError(self.log.read_text()[-2000:])

    def _sessions(self) -> list[Session]:
        return list(self.server.gateway.sessions.values())

    async def end(self, signal: int) -> int:
        """Send a signal and wait for the end; return the exit status."""
        if self._process is None or self._process.returncode is not None:
            return 0
        self._process.send_signal(signal)
        status = await self._process.wait()
        await until(lambda: not any(one.socket for one in self._sessions()))
        return status

    def requests(self) -> list[Kept]:
        """What the database holds, as another process sees it."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT id, state, message, token FROM requests ORDER BY id").fetchall()
        return [Kept(*row) for row in rows]

    async def finish(self, seconds: float) -> None:
        """Wait until every kept request is answered."""
        await until(lambda: all(kept.state in {"done", "failed"} for kept in self.requests()), seconds)

    def answers(self, kept: Kept) -> set[int]:
        """The messages at Discord that answer a request: by its buttons, its nonce, or its deferred answer."""
        ledger = self.server.ledger
        found = {
            number
            for number, one in ledger.messages.items()
            if kept.id in request_ids(one) or one.get("nonce") == f"vb{kept.id}"
        }
        exchange = ledger.exchanges.get(kept.token or "")
        original = ledger.messages.get(exchange.original) if exchange and exchange.original else None
        if original and not original["flags"] & LOADING:
            found.add(int(original["id"]))
        return found
