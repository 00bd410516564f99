"""Discord's bad days: lost connections, refusals, waits. Nothing is lost, nothing is answered twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from wire.gateway import RECONNECT
from wire.server import Fault, LoopbackDiscord, rate_limited
from wire.things import CHANNEL, GUILD, READER_USER, Json, message
from wire.wired import Wired, until
from world import LINK, PAGE

from bot.app import serve
from bot.cogs import answering, outlet
from bot.storage.guilds import GuildSettings

CHANNEL_POST = rf"/channels/{CHANNEL}/messages$"
CALLBACK = r"/callback$"
ORIGINAL = r"/messages/@original$"
IDENTIFY, RESUME = 2, 6
DIRECT = 1


@pytest.fixture(autouse=True)
async def quiet(wired: Wired, caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    """A bad day at Discord is no fault of the bot: no test here may leave a traceback of it in the log."""
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("bot") and record.exc_info] == []
    assert wired.server.token not in caplog.text


async def test_what_was_posted_while_the_connection_was_lost_is_answered_once(wired: Wired) -> None:
    await wired.server.gateway.drop()
    posted = await wired.server.post(LINK)
    await wired.cards()
    assert wired.server.gateway.history == [IDENTIFY, RESUME]
    assert len(wired.server.answers_to(posted)) == 1


@pytest.mark.parametrize("code", [1000, 4000, 4009])
async def test_a_closed_connection_is_made_again(wired: Wired, code: int) -> None:
    await wired.server.gateway.drop(code)
    await until(lambda: len(wired.server.gateway.history) == 2)
    await until(lambda: all(one.socket for one in wired.server.gateway.sessions.values()))
    await wired.server.post(LINK)
    await wired.cards()


async def test_the_bot_reconnects_when_asked_to(wired: Wired) -> None:
    await wired.server.gateway.ask_to_reconnect()
    await until(lambda: wired.server.gateway.history == [IDENTIFY, RESUME])
    await wired.server.post(LINK)
    await wired.cards()
    assert RECONNECT not in wired.server.gateway.history


async def test_a_session_that_discord_forgot_is_begun_anew(wired: Wired) -> None:
    wired.server.gateway.refuses_resume = True
    await wired.server.gateway.drop()
    await until(lambda: wired.server.gateway.history == [IDENTIFY, RESUME, IDENTIFY])
    await until(lambda: wired.server.gateway.sessions)
    await wired.server.post(LINK)
    await wired.cards()


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_is_waited_for(wired: Wired, everywhere: bool) -> None:  # noqa: FBT001
    wired.server.faults.append(rate_limited("POST", CHANNEL_POST, 0.2, everywhere=everywhere))
    posted = await wired.server.post(LINK)
    await wired.cards()
    assert [status for method, path, status in wired.server.calls if method == "POST"] == [429, 200]
    assert len(wired.server.answers_to(posted)) == 1


@pytest.mark.parametrize("status", [500, 502])
async def test_a_fault_of_discord_is_tried_again(wired: Wired, status: int) -> None:
    wired.server.faults.append(Fault("POST", CHANNEL_POST, status=status))
    await wired.server.post(LINK)
    await wired.cards()
    assert len(wired.server.ledger.cards()) == 1


@pytest.mark.parametrize("cut", ["before", "after"])
@pytest.mark.parametrize("way", ["link", "command"])
async def test_a_connection_lost_in_an_answer_neither_loses_nor_doubles_it(wired: Wired, way: str, cut: str) -> None:
    wired.server.faults.append(Fault("POST" if way == "link" else "PATCH", f"{CHANNEL_POST}|{ORIGINAL}", cut=cut))
    if way == "link":
        await wired.server.post(LINK)
    else:
        await wired.server.command("summarize", link=LINK)
    await wired.cards()
    own = [kept for kept in wired.server.ledger.messages.values() if kept["author"].get("bot")]
    assert len(own) == 1
    assert own[0]["embeds"]


@pytest.mark.parametrize("way", ["link", "command", "failing link"])
async def test_while_discord_is_out_of_reach_a_request_waits_and_is_then_answered_once(
    wired: Wired, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlet, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(answering, "_UNTIL_NEXT_TRY", 0.05)
    wired.server.faults += [Fault("POST", CHANNEL_POST, 5, cut="before"), Fault("PATCH", ORIGINAL, 5, cut="before")]
    if way == "command":
        await wired.server.command("summarize", link=LINK)
    else:
        await wired.server.post(LINK if way == "link" else "https://gone.example/story")
    await until(lambda: [one for one in wired.server.ledger.messages.values() if one["author"].get("bot")])
    await wired.rest()
    (answer,) = [one for one in wired.server.ledger.messages.values() if one["author"].get("bot")]
    assert answer["embeds"] or "did not answer" in answer["content"]
    assert await wired.store.requests.unfinished() == ()


async def test_a_slow_answer_of_discord_delays_only_itself(wired: Wired) -> None:
    wired.server.faults.append(Fault("POST", CHANNEL_POST, delay=1.0))
    first = await wired.server.post(LINK)
    second = await wired.server.post(LINK)
    await wired.cards(1)
    await wired.cards(2)
    assert len(wired.server.answers_to(first)) == len(wired.server.answers_to(second)) == 1


async def test_an_answer_later_than_the_token_is_an_ordinary_message(wired: Wired) -> None:
    wired.engine.seconds = 0.3
    exchange = await wired.server.command("summarize", link=LINK)
    await until(lambda: exchange.kind is not None)
    wired.server.ledger.ahead += 901
    await wired.cards()
    (card,) = wired.server.ledger.cards()
    assert int(card["id"]) != exchange.original
    assert card["nonce"]


async def test_a_private_answer_later_than_its_token_goes_to_the_reader_alone(wired: Wired) -> None:
    await wired.store.guilds.save(GUILD, GuildSettings(private=True))
    exchange = await wired.server.command("summarize", link=LINK, age=4.0)
    await wired.cards()
    (card,) = wired.server.ledger.cards()
    assert exchange.kind is None
    assert wired.server.ledger.channels[int(card["channel_id"])]["type"] == DIRECT


async def test_an_acknowledgement_that_comes_too_late_still_leads_to_an_answer(wired: Wired) -> None:
    exchange = await wired.server.command("summarize", link=LINK, age=4.0)
    await wired.cards()
    assert exchange.kind is None
    assert [status for _, path, status in wired.server.calls if path.endswith("/callback")] == [404]
    assert len(wired.server.ledger.cards()) == 1


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_an_acknowledgement_on_a_lost_connection_still_leads_to_one_answer(wired: Wired, cut: str) -> None:
    wired.server.faults.append(Fault("POST", CALLBACK, cut=cut))
    await wired.server.command("summarize", link=LINK)
    await wired.cards()
    assert len(wired.server.ledger.cards()) == 1


def _malformed() -> list[tuple[str, object]]:
    whole: Json = message(9, CHANNEL, READER_USER, "x")
    return [
        ("MESSAGE_CREATE", {}),
        ("MESSAGE_CREATE", whole | {"author": None}),
        ("MESSAGE_CREATE", whole | {"thread": None}),
        ("MESSAGE_CREATE", []),
        ("INTERACTION_CREATE", {"id": "1", "type": 2}),
        ("MESSAGE_REACTION_ADD", {"emoji": None}),
        ("GUILD_CREATE", {"id": "5"}),
        ("SOMETHING_NEW", None),
    ]


@pytest.mark.parametrize(("event", "data"), _malformed())
async def test_a_malformed_dispatch_does_not_end_the_bot(wired: Wired, event: str, data: object) -> None:
    await wired.server.gateway.send_text(json.dumps({"op": 0, "t": event, "s": 3, "d": data}))
    await _still_answers(wired)


@pytest.mark.parametrize("text", ["{", "", "[]", "null", '{"op": 0}', '{"op": 99, "d": null, "s": null, "t": null}'])
async def test_a_frame_that_is_no_event_does_not_end_the_bot(
    wired: Wired, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_BREATH", 0.0)
    await wired.server.gateway.send_text(text)
    await _still_answers(wired)


async def _still_answers(wired: Wired) -> None:
    # What is left of the connection may take a moment to end.
    await asyncio.sleep(0.1)
    await until(lambda: all(one.socket for one in wired.server.gateway.sessions.values()))
    await wired.server.post(LINK)
    await wired.cards()
    assert wired.task is not None
    assert not wired.task.done()


async def test_three_articles_in_one_message_are_three_answers(wired: Wired) -> None:
    links = [f"https://news.example/{number}" for number in range(3)]
    wired.fetcher.pages |= dict.fromkeys(links, PAGE)
    posted = await wired.server.post(" ".join(links))
    await wired.cards(3)
    assert len(wired.server.answers_to(posted)) == 3


async def test_a_body_over_discords_limits_is_seen_by_the_server(server: LoopbackDiscord, wired: Wired) -> None:
    channel = wired.bots[-1].get_partial_messageable(CHANNEL)
    with pytest.raises(Exception, match="50035"):
        await channel.send("x" * 2001)
    assert "content over 2000" in server.violations.pop()
    server.violations.clear()
