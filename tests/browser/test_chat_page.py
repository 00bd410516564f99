"""The chat page of `verbatim try`, used as a person uses it, in a real Chromium with the real models."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.async_api")

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
PASTE = """The Lomond ferry will stop for repairs until June, its owner said on Monday, after divers found a split hull.

“We could have patched it,” said Ada Finch, who runs the line. “We chose to mend it instead.”

About 900 people use the ferry each day. A bus will run along the shore every half hour, free of charge, and the
council has promised to keep the pier open for anglers. The repair is to cost 2.4 million crowns. The ferry was built
in 1988 and last went into dock nine years ago, when its engine was replaced. Finch said that a second boat had been
ordered and would arrive next spring, so that the line need not stop again.
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """Run `verbatim try` and give the address of its page."""
    command = [sys.executable, "-m", "bot", "try"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert process.stdout
    try:
        async with asyncio.timeout(120):
            while not (found := re.search(r"http://127\.0\.0\.1\S+", (await process.stdout.readline()).decode())):
                pass
        yield found.group()
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.stdout.read(), 30)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_the_page_answers_buttons_pastes_and_commands() -> None:
    async with served() as address, playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
        page = await browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(30_000)
        await page.goto(address)
        expect = playwright.expect
        sample = page.get_by_text("City to close harbour bridge for 14 months")
        await expect(sample.last).to_be_visible(timeout=30_000)
        await expect(page.get_by_text("every sentence is the article's own").last).to_be_visible()

        await page.get_by_role("button", name="Evidence").last.click()
        await expect(page.get_by_text(re.compile("Only you can see this|Dismiss message")).last).to_be_visible()

        composer = page.get_by_role("textbox", name=re.compile("^Message"))
        await composer.fill(PASTE)
        await composer.press("Enter")
        await expect(page.get_by_text("The Lomond ferry will stop for repairs").last).to_be_visible()
        await expect(page.get_by_text("Ada Finch").last).to_be_visible()

        await composer.fill("/privacy")
        await composer.press("Enter")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_text("Everything stays on my operator's machine").last).to_be_visible()

        await page.get_by_role("button", name="Ask").last.click()
        await page.get_by_placeholder("Who said that?").fill("How much will the repair cost?")
        await page.get_by_role("button", name="Submit").click()
        await expect(page.get_by_text("2.4 million crowns").last).to_be_visible()
        await browser.close()
