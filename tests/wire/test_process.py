"""The bot as a process: what it says when it cannot start, how it stops, what it leaves for the next start."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from wire.kills import kill_often
from wire.process import BotProcess
from wire.server import LoopbackDiscord
from wire.wired import until

_SEED = 20_261_124


@pytest.fixture
async def process(server: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    prepared = await BotProcess.prepare(server, tmp_path)
    yield prepared
    await prepared.end(signal.SIGKILL)
    assert server.token not in prepared.log.read_text()


async def test_a_refused_token_is_one_plain_sentence(process: BotProcess) -> None:
    process.server.token = "MTAwMA.another.token"
    ended = await process.launch(VERBATIM_DISCORD_TOKEN="MTAwMA.wrong.token")
    assert await ended.wait() == 2
    said = process.log.read_text()
    assert "verbatim: Discord refuses the bot's token." in said
    assert "Traceback" not in said
    assert "MTAwMA.wrong" not in said


async def test_a_second_bot_on_the_database_is_refused_and_the_first_works_on(process: BotProcess) -> None:
    await process.start()
    second = BotProcess(process.server, process.folder)
    ended = await second.launch()
    assert await ended.wait() == 1
    assert "verbatim: Another Verbatim runs on this database." in process.log.read_text()
    await process.server.post(process.server.article(1))
    await until(lambda: len(process.server.ledger.cards()) == 1, 30.0)


async def test_a_stop_is_quick_and_what_was_begun_is_finished_after_the_next_start(process: BotProcess) -> None:
    await process.start()
    for number in range(20):
        await process.server.post(process.server.article(number))
    await until(process.requests)
    assert await process.end(signal.SIGTERM) == 0
    unfinished = [kept for kept in process.requests() if kept.state != "done"]
    assert unfinished
    await process.start()
    await process.finish(30.0)
    assert [len(process.answers(kept)) for kept in process.requests()] == [1] * len(process.requests())
    assert "Traceback" not in process.log.read_text()


async def test_health_and_metrics_answer(process: BotProcess) -> None:
    await process.start()
    await process.server.command("summarize", link=process.server.article(1))
    await until(lambda: process.requests() and process.requests()[0].state == "done", 30.0)
    address = f"http://127.0.0.1:{process.health_port}"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}/health") as response:
            assert set(await response.json()) == {"connected", "models_loaded", "waiting"}
        async with session.get(f"{address}/metrics") as response:
            page = await response.text()
    assert 'verbatim_answers_total{kind="summarize"} 1.0' in page
    assert "verbatim_waiting_requests 0.0" in page


async def test_even_the_fullest_log_holds_no_token_and_nothing_of_what_was_read(process: BotProcess) -> None:
    await process.start("--log-level", "debug")
    exchange = await process.server.command("summarize", link=process.server.article(1))
    await process.server.post(process.server.article(2))
    await until(lambda: len(process.server.ledger.cards()) == 2, 30.0)
    await process.end(signal.SIGTERM)
    logged = process.log.read_text()
    assert "DEBUG" in logged
    assert not [secret for secret in (process.server.token, exchange.token, "harbour", "news/2") if secret in logged]


async def test_kills_at_random_moments_lose_and_double_nothing(process: BotProcess) -> None:
    tally = await kill_often(process, kills=5, seed=_SEED, burst=6)
    assert tally.accepted > 0
    assert tally.unfinished_at_kills > 0
    assert (tally.lost, tally.doubled, tally.acknowledged_but_unkept) == (0, 0, 0), tally
