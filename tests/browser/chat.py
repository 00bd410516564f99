"""Hands and eyes of somebody who uses the chat page of `verbatim try` in Chromium."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
_ROOT = Path(__file__).parents[2]
_ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
_START_SECONDS = 120
_END_SECONDS = 30
_PATIENCE = 60_000
"""Milliseconds to wait for what must come: a machine under load is slow, not wrong."""
_BUSY = re.compile("…$")


class Chat:
    """The page, one action after another: each waits until the one before has ended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._composer = page.get_by_role("textbox", name=re.compile("^Message"))
        self._send = page.locator("#send-message")

    def cards(self, text: str) -> Locator:
        """The cards that say `text`."""
        return self._page.locator(".embed-card", has_text=text)

    def button(self, label: str) -> Locator:
        """The newest button of this label under a card."""
        return self._page.locator(".component-row").get_by_role("button", name=label, exact=True).last

    def text(self, pattern: str) -> Locator:
        """Where the conversation has this, the newest."""
        return self._page.get_by_role("log").get_by_text(re.compile(pattern)).last

    async def press(self, label: str) -> None:
        await self._idle()
        await self.button(label).click()

    async def post(self, text: str) -> None:
        await self._idle()
        await self._composer.fill(text)
        await self._composer.press("Enter")

    async def run(self, command: str, **options: str) -> None:
        """Run a slash command: its options are chosen from the list where they are not shown at once."""
        await self._idle()
        await self._composer.fill(f"/{command}")
        await self._page.get_by_role("option", name=re.compile(rf"^\/{command}\b")).first.click()
        for name, value in options.items():
            field = self._page.get_by_label(re.compile(rf"^{name}(, required)?$"))
            if not await field.count():
                await self._page.get_by_role("option", name=re.compile(rf"^{name}\b")).click()
            await field.fill(value)
        await self._submit_command()

    async def _submit_command(self) -> None:
        # While the page looks for suggestions it takes no Send, and says so nowhere; nothing is ever sent twice.
        chip = self._page.locator(".command-chip")
        while await chip.count():
            await self._idle()
            await self._send.click()
            with suppress(AssertionError):
                await expect(chip).to_have_count(0, timeout=_PATIENCE / 20)

    async def fill_in(self, value: str) -> None:
        """Answer the first question of the dialog that is open, and submit it."""
        dialog = self._page.locator("#modal-root")
        await dialog.get_by_role("textbox").first.fill(value)
        await self._idle()
        await dialog.get_by_role("button", name="Submit").click()

    async def _idle(self) -> None:
        await expect(self._page.locator("#action-status")).not_to_have_text(_BUSY)
        await expect(self._send).to_be_enabled()


@asynccontextmanager
async def open_chat() -> AsyncIterator[Chat]:
    """Run `verbatim try` and open its page."""
    expect.set_options(timeout=_PATIENCE)
    async with _served() as address, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS.split())
        page = await browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(_PATIENCE)
        refused: list[str] = []
        page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
        await page.goto(address)
        yield Chat(page)
        await browser.close()
        assert refused == []


@asynccontextmanager
async def _served() -> AsyncIterator[str]:
    command = [sys.executable, "-m", "bot", "try"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=_ROOT)
    assert process.stdout
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not (found := re.search(r"http://127\.0\.0\.1\S+", (await process.stdout.readline()).decode())):
                pass
        yield found.group()
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.stdout.read(), _END_SECONDS)
        assert await asyncio.wait_for(process.wait(), _END_SECONDS) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
