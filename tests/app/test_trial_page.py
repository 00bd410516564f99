"""The chat page as its browser uses it, over HTTP: whatever is pressed while the clock moves, nothing is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import discord
import simcord
from fakes import FakeFetcher
from world import LINK, PAGE, make_bot

from bot.app.trial_page import ChatPage, open_page
from bot.config import Config, Storage
from bot.storage.guilds import GuildSettings
from bot.storage.store import Store


class Browser:
    """Presses and types as the page's script does: one action after another, each with the next number."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._origin, _, fragment = address.partition("/#")
        self._headers = {"X-Simcord-Capability": fragment.rpartition("=")[2]}
        self._sequence = 0
        self.statuses: list[int] = []
        self.receipts: list[dict[str, Any]] = []

    async def open(self) -> None:
        state = await self._ask("POST", "/api/pages", {})
        self._headers["X-Simcord-Context"] = state["context"]["id"]

    async def state(self) -> dict[str, Any]:
        return await self._ask("GET", "/api/state", None)

    async def press(self, label: str) -> None:
        state = await self.state()
        key = _keys(state["messages"], label)[-1]
        await self._act(state, kind="click", control_key=key, target_id=key.split(":")[1])

    async def send(self, text: str) -> None:
        await self._act(await self.state(), kind="send_message", content=text)

    async def _act(self, state: dict[str, Any], **what: object) -> None:
        self._sequence += 1
        envelope = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"request-{self._sequence}",
            "generation": state["context"]["generation"],
            "bot_generation": state["botGeneration"],
            "published_revision": state["publishedRevision"],
        }
        self.receipts.append(await self._ask("POST", "/api/action", envelope | what))

    async def _ask(self, method: str, path: str, body: object) -> dict[str, Any]:
        async with self._session.request(method, self._origin + path, json=body, headers=self._headers) as response:
            self.statuses.append(response.status)
            answer: dict[str, Any] = await response.json()
            return answer


def _keys(value: Any, label: str) -> list[str]:
    """The keys of every button of this label, in the page's order."""
    if isinstance(value, dict):
        own = [value["control_key"]] if value.get("label") == label and "control_key" in value else []
        return own + [key for inner in value.values() for key in _keys(inner, label)]
    return [key for inner in value for key in _keys(inner, label)] if isinstance(value, list) else []


@asynccontextmanager
async def open_world(folder: Path) -> AsyncIterator[tuple[ChatPage, Browser]]:
    async with await Store.open(Storage(path=folder / "t.sqlite"), discord.utils.utcnow) as store:
        bot = make_bot(Config(), store, FakeFetcher({LINK: PAGE}))
        async with simcord.run(bot, check_errors=False) as env:
            guild = env.create_guild()
            channel = guild.create_text_channel("news")
            await store.guilds.save(guild.id, GuildSettings(channels=frozenset({channel.id})))
            member = guild.add_member(env.create_user("you"))
            async with open_page(env, channel, [member]) as page, aiohttp.ClientSession() as session:
                browser = Browser(session, page.url)
                await browser.open()
                yield page, browser


async def _tick_without_end(page: ChatPage) -> None:
    while True:
        await page.tick(1)
        await asyncio.sleep(0)


async def test_many_presses_while_the_clock_moves_without_a_pause(tmp_path: Path) -> None:
    async with open_world(tmp_path) as (page, browser):
        await browser.send(LINK)
        ticking = asyncio.create_task(_tick_without_end(page))
        for _ in range(6):
            for label in ("Longer", "Shorter", "Quotes", "Evidence"):
                await browser.press(label)
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        assert set(browser.statuses) == {200}
        assert [receipt["settlement"] for receipt in browser.receipts] == ["settled"] * len(browser.receipts)


async def test_a_press_waits_for_the_clock_and_the_clock_for_a_press(tmp_path: Path) -> None:
    async with open_world(tmp_path) as (page, browser):
        await browser.send(LINK)
        await asyncio.gather(page.tick(60), browser.press("Longer"), page.tick(60))
        assert browser.receipts[-1]["settlement"] == "settled"
        assert set(browser.statuses) == {200}
