"""What people do in Discord reaches the bot over the wire, and its answers pass Discord's own schema."""

from __future__ import annotations

import pytest
from wire.rest import DEFER
from wire.things import BOT_USER
from wire.wired import Wired
from world import LINK, SAMPLE


async def test_a_posted_link_is_answered_with_a_card_in_reply(wired: Wired) -> None:
    posted = await wired.server.post(LINK)
    await wired.cards()
    (answer,) = wired.server.answers_to(posted)
    assert answer["embeds"][0]["title"] == "City to close harbour bridge"
    assert answer["components"]


async def test_a_command_is_deferred_in_time_and_then_answered_in_place(wired: Wired) -> None:
    exchange = await wired.server.command("summarize", link=LINK)
    await wired.cards()
    assert exchange.kind == DEFER
    (card,) = wired.server.ledger.cards()
    assert int(card["id"]) == exchange.original
    assert wired.server.ledger.edits[int(card["id"])] == 1


async def test_the_commands_are_sent_once_and_not_again_unchanged(wired: Wired) -> None:
    assert {one["name"] for one in wired.server.commands} >= {"summarize", "quotes", "ask", "Summarize"}
    await wired.stop()
    await wired.start()
    assert [path for method, path, _ in wired.server.calls if method == "PUT"] == ["/applications/1000/commands"]


async def test_without_the_intent_the_bot_starts_and_says_what_is_off(
    unstarted: Wired, caplog: pytest.LogCaptureFixture
) -> None:
    unstarted.server.gateway.granted = 0
    await unstarted.start()
    assert unstarted.bots[-1].is_ready()
    assert "Off: answering posted links unasked" in caplog.text
    await unstarted.server.post(LINK)
    await unstarted.server.post(f"<@{BOT_USER['id']}> {LINK}", mentions=(BOT_USER,))
    await unstarted.cards()
    assert len(unstarted.server.ledger.cards()) == 1


async def test_a_long_paste_and_a_link_that_fails_are_both_answered(wired: Wired) -> None:
    pasted = await wired.server.post(SAMPLE[:1900])
    failed = await wired.server.post("https://gone.example/story")
    await wired.cards()
    assert wired.server.answers_to(pasted)[0]["embeds"]
    assert "did not answer" in wired.server.answers_to(failed)[0]["content"]


async def test_an_unknown_token_ends_the_start(unstarted: Wired) -> None:
    await unstarted.start("MTAwMA.wrong.token")
    assert unstarted.task is not None
    assert "Discord refuses the bot's token." in str(unstarted.task.exception())
