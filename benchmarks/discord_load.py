"""A burst of requests over a loopback Discord: who is answered, how often, and whether the heartbeat keeps time.

    PYTHONPATH=tests python -m benchmarks.discord_load [--requests 1000] [--articles 60]

`verbatim run`, with its real engine, in a process of its own; the Discord and a site with the articles in this one.
Every second request is a posted link, the others are slash commands, which Discord wants acknowledged within three
seconds. "heartbeat_delay_seconds" is the most by which a heartbeat came late; memory is the peak of each process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import asynccontextmanager
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
from wire.server import LoopbackDiscord
from wire.things import CHANNEL, GUILD, request_ids

from bot.app import serve
from bot.cli import main as command_line
from bot.config import Config, Storage
from bot.core.assembly import utc_now, warm_engine
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from wire.ledger import Exchange

    from bot.article import Article, Length, Summary

_AS_BOT = "as-bot"
_COMPUTED = "computed.log"
_HEARTBEAT_SECONDS = 0.5
_START_SECONDS = 30.0
_SETTINGS = """
[fetch]
ports = [{port}]
allow_private = true
[storage]
path = "load.sqlite"
[discord]
health_port = 0
"""


class CountingEngine:
    """The real engine, which leaves a line in a file for every summary that it computes."""

    def __init__(self, config: Config) -> None:
        self._engine = warm_engine(config)
        self._log = config.storage.file.parent / _COMPUTED

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the engine has
        return getattr(self._engine, name)

    def extract(self, article: Article, length: Length) -> Summary:
        """Count, then compute."""
        with self._log.open("a") as lines:
            lines.write(f"{article.title}\n")
        return self._engine.extract(article, length)


def counting_engine(config: Config) -> CountingEngine:
    """Stands where `warm_engine` stands; picklable, so that the models' process can make it."""
    return CountingEngine(config)


def page(number: int) -> str:
    """An article as a page, unlike those of every other number."""
    text = files("bot.samples").joinpath("harbour_bridge.txt").read_text(encoding="utf-8")
    paragraphs = text.replace("bridge", f"bridge {number}").split("\n\n")[2:]
    title = f"City to close harbour bridge {number}"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


@asynccontextmanager
async def site() -> AsyncIterator[int]:
    """The site with the articles; gives its port."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=page(int(request.match_info["number"])), content_type="text/html")

    application = web.Application()
    application.add_routes([web.get("/{number}", answer)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


@asynccontextmanager
async def running_bot(server: LoopbackDiscord, folder: Path, port: int) -> AsyncIterator[int]:
    """The bot as a process, connected; gives its id."""
    (folder / "config.toml").write_text(_SETTINGS.format(port=port))
    async with await Store.open(Storage(path=folder / "load.sqlite"), utc_now) as store:
        everybody = GuildSettings(channels=frozenset({CHANNEL}), user_per_hour=10**6, guild_per_hour=10**6)
        await store.guilds.save(GUILD, everybody)
    command = [sys.executable, "-m", "benchmarks.discord_load", _AS_BOT, "--config", str(folder / "config.toml"), "run"]
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, env=os.environ | server.environment, stderr=log)
    try:
        await until(lambda: server.gateway.sessions, _START_SECONDS)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def burst(server: LoopbackDiscord, port: int, requests: int, articles: int) -> list[Exchange]:
    """Send all requests at once; give the interactions among them."""
    exchanges = []
    for number in range(requests):
        link = f"http://127.0.0.1:{port}/{number // 2 % articles}"
        if number % 2:
            exchanges.append(await server.command("summarize", link=link))
        else:
            await server.post(link)
    return exchanges


def peak_mb(process: int) -> int:
    """The most memory that a process has held, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1000)


def children(process: int) -> list[int]:
    """The processes that any thread of a process started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for one in lists for number in one.read_text().split()]


async def until(condition: Callable[[], object], seconds: float) -> None:
    """Wait for something to become true, or for the time to be over."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:  # noqa: ASYNC110  what is waited for is in another process
        await asyncio.sleep(0.05)


async def measure(requests: int, articles: int, seconds: float) -> dict[str, object]:
    """Run the burst until all is answered or the time is over."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with site() as port, LoopbackDiscord(thorough=False) as server:
            server.gateway.heartbeat_seconds = _HEARTBEAT_SECONDS
            async with running_bot(server, folder, port) as process:
                start = time.monotonic()
                exchanges = await burst(server, port, requests, articles)
                await until(lambda: len(server.ledger.cards()) >= requests, seconds)
                took = time.monotonic() - start
                memory = {"bot_mb": peak_mb(process), "model_mb": max(map(peak_mb, children(process)), default=0)}
            return figures(server, exchanges, folder) | memory | {"seconds": round(took, 1)}


def figures(server: LoopbackDiscord, exchanges: list[Exchange], folder: Path) -> dict[str, object]:
    """What the server and the engine saw."""
    answers = Counter(number for card in server.ledger.cards() for number in request_ids(card))
    computed = (folder / _COMPUTED).read_text().splitlines()
    beats = server.gateway.heartbeats
    gaps = [later - earlier for earlier, later in pairwise(beats)]
    waits = [one.seconds_to_answer for one in exchanges if one.seconds_to_answer is not None]
    return {
        "answered": len(answers),
        "answered_twice": sum(times > 1 for times in answers.values()),
        "computed": len(computed),
        "computed_twice": len(computed) - len(set(computed)),
        "acknowledged_too_late": len(exchanges) - len(waits),
        "acknowledgement_median_seconds": round(statistics.median(waits), 2) if waits else None,
        "acknowledgement_worst_seconds": round(max(waits), 2) if waits else None,
        "heartbeat_delay_seconds": round(max(gaps) - _HEARTBEAT_SECONDS, 3),
        "refused_by_schema": server.violations,
    }


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == [_AS_BOT]:
        from benchmarks.discord_load import counting_engine as picklable  # noqa: PLC0415  under its own name

        serve.warm_engine = picklable  # type: ignore[assignment, attr-defined]
        sys.exit(command_line.run(sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=300.0, help="when to give up")
    chosen = parser.parse_args()
    measured = asyncio.run(measure(chosen.requests, chosen.articles, chosen.seconds))
    sys.stdout.write(json.dumps({"requests": chosen.requests, "articles": chosen.articles} | measured) + "\n")


if __name__ == "__main__":
    main()
