"""The chat page of `verbatim try`, used as a person uses it, in a real Chromium with the real models."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.async_api")

from browser.chat import CHROMIUM, Chat, open_chat
from playwright.async_api import expect

PASTE = """The Lomond ferry will stop for repairs until June, its owner said on Monday, after divers found a split hull.

“We could have patched it,” said Ada Finch, who runs the line. “We chose to mend it instead.”

About 900 people use the ferry each day. A bus will run along the shore every half hour, free of charge, and the
council has promised to keep the pier open for anglers. The repair is to cost 2.4 million crowns. The ferry was built
in 1988 and last went into dock nine years ago, when its engine was replaced. Finch said that a second boat had been
ordered and would arrive next spring, so that the line need not stop again.
"""
SAMPLE = "City to close harbour bridge for 14 months"
FERRY = "The Lomond ferry will stop for repairs"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


async def _sees_the_sample(chat: Chat) -> None:
    await expect(chat.cards(SAMPLE)).to_contain_text("every sentence is the article's own")


async def _makes_it_longer_and_shorter(chat: Chat) -> None:
    await chat.press("Longer")
    await expect(chat.button("Longer")).to_be_disabled()
    await chat.press("Shorter")
    await expect(chat.button("Longer")).to_be_enabled()
    await chat.press("Shorter")
    await expect(chat.button("Shorter")).to_be_disabled()


async def _reads_quotes_and_evidence(chat: Chat) -> None:
    await chat.press("Quotes")
    await expect(chat.cards("faster than our models allow")).to_have_count(1)
    await chat.press("Evidence")
    await expect(chat.cards(SAMPLE).locator("blockquote").first).to_be_visible()


async def _asks_by_the_button(chat: Chat) -> None:
    await chat.press("Ask")
    await chat.fill_in("How much is the repair expected to cost?")
    await expect(chat.cards("How much is the repair expected to cost?")).to_contain_text("61 million crowns")


async def _pastes(chat: Chat) -> None:
    await chat.post(PASTE)
    await expect(chat.cards(FERRY)).to_contain_text("Ada Finch")


async def _runs_every_command(chat: Chat) -> None:
    await chat.run("ask", question="How much will the ferry's repair cost?")
    await expect(chat.cards("How much will the ferry's repair cost?")).to_contain_text("2.4 million crowns")
    await chat.run("quotes", who="Finch")
    await expect(chat.cards("We could have patched it")).to_have_count(2)
    await chat.run("digest create", time="9:00")
    await expect(chat.text("next:")).to_be_visible()
    await chat.run("settings")
    await expect(chat.cards("Verbatim in this server")).to_be_visible()
    await chat.press("Check permissions")
    await expect(chat.text("everything is there")).to_be_visible()
    await chat.run("privacy")
    await expect(chat.text("Everything stays on my operator's machine")).to_be_visible()


async def _summarises_what_is_typed_into_a_box(chat: Chat) -> None:
    await chat.run("summarize")
    await chat.fill_in(PASTE.replace("Lomond", "Tarbet"))
    await expect(chat.cards("The Tarbet ferry will stop for repairs")).to_contain_text("Ada Finch")


async def _deletes(chat: Chat) -> None:
    await chat.press("Delete")
    await expect(chat.cards("The Tarbet ferry will stop for repairs")).to_have_count(0)


async def test_every_button_and_command_answers_in_the_page() -> None:
    async with open_chat() as chat:
        await _sees_the_sample(chat)
        await _makes_it_longer_and_shorter(chat)
        await _reads_quotes_and_evidence(chat)
        await _asks_by_the_button(chat)
        await _pastes(chat)
        await _runs_every_command(chat)
        await _summarises_what_is_typed_into_a_box(chat)
        await _deletes(chat)
