"""What the loopback Discord holds: channels, messages, interactions, and its clock. It knows nothing of HTTP."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import dataclass, field

from wire import things
from wire.things import CHANNEL, EPHEMERAL, GUILD, LOADING, Json

SECONDS_TO_ANSWER, SECONDS_OF_TOKEN = 3.0, 900.0
_NONCE_SECONDS = 300.0


class Refused(Exception):
    """Discord's answer to what cannot be: an HTTP status and its own code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Exchange:
    """An interaction and what became of it."""

    id: int
    token: str
    channel: int
    began: float
    kind: int | None = None
    """The type of the first answer; None while there is none."""
    original: int | None = None
    seconds_to_answer: float | None = None


@dataclass
class Ledger:
    """The one server, with one channel unless a test adds more."""

    ahead: float = 0.0
    """Seconds by which this clock is ahead of the machine's."""
    channels: dict[int, Json] = field(default_factory=lambda: {CHANNEL: things.channel(CHANNEL)})
    messages: dict[int, Json] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    edits: Counter[int] = field(default_factory=Counter)
    deleted: list[int] = field(default_factory=list)
    _nonces: dict[tuple[int, str], tuple[float, int]] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds since 1970, by Discord's clock."""
        return time.time() + self.ahead

    def new_id(self) -> int:
        return things.snowflake(self.now())

    def place(self, number: int) -> Json:
        if number not in self.channels:
            raise Refused(404, 10003, "Unknown Channel")
        return self.channels[number]

    def find(self, place: int, number: int) -> Json:
        kept = self.messages.get(number)
        if kept is None or kept["channel_id"] != str(place):
            raise Refused(404, 10008, "Unknown Message")
        return kept

    def post(self, place: int, author: Json, body: Json, flags: int = 0) -> tuple[Json, bool]:
        """Add a message; with the nonce of an earlier one, give that one back instead. Tell whether it is new."""
        self.place(place)
        nonce = (place, str(body["nonce"])) if body.get("nonce") and body.get("enforce_nonce") else None
        if nonce and nonce in self._nonces:
            when, number = self._nonces[nonce]
            if self.now() - when < _NONCE_SECONDS:
                return self.messages[number], False
        number = self.new_id()
        made = things.message(number, place, author, body.get("content") or "")
        made |= {key: body[key] for key in ("embeds", "components", "nonce", "message_reference") if body.get(key)}
        made["flags"] = flags | int(body.get("flags") or 0)
        if self.channels[place].get("type") != 1:
            made["guild_id"] = str(GUILD)
        self.messages[number] = made
        if nonce:
            self._nonces[nonce] = (self.now(), number)
        return made, True

    def edit(self, kept: Json, body: Json) -> Json:
        number = int(kept["id"])
        kept |= {key: body[key] or ("" if key == "content" else []) for key in _EDITABLE if key in body}
        kept["flags"] &= ~LOADING
        self.edits[number] += 1
        return kept

    def delete(self, kept: Json) -> None:
        del self.messages[int(kept["id"])]
        self.deleted.append(int(kept["id"]))

    def history(self, place: int, most: int, after: int = 0, before: int | None = None) -> list[Json]:
        """The newest first; what one reader alone sees is not in it."""
        self.place(place)
        chosen = [
            kept
            for number, kept in self.messages.items()
            if kept["channel_id"] == str(place)
            and number > after
            and (before is None or number < before)
            and not kept["flags"] & EPHEMERAL
        ]
        oldest_first = sorted(chosen, key=lambda kept: int(kept["id"]))
        # After a point, Discord gives what follows it; else what is newest.
        return list(reversed(oldest_first[:most] if after else oldest_first[-most:]))

    def begin(self, place: int, age: float = 0.0) -> Exchange:
        """Begin an interaction, as old as is said (in seconds)."""
        began = self.now() - age
        exchange = Exchange(things.snowflake(began), secrets.token_hex(12), place, began)
        self.exchanges[exchange.token] = exchange
        return exchange

    def answer(self, number: int, token: str, kind: int) -> Exchange:
        """Take the first answer to an interaction."""
        exchange = self.exchanges.get(token)
        if exchange is None or exchange.id != number:
            raise Refused(404, 10062, "Unknown interaction")
        if exchange.kind is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        seconds = self.now() - exchange.began
        if seconds > SECONDS_TO_ANSWER:
            raise Refused(404, 10062, "Unknown interaction")
        exchange.kind, exchange.seconds_to_answer = kind, seconds
        return exchange

    def living(self, token: str) -> Exchange:
        """The interaction of a token that lives and was answered."""
        exchange = self.exchanges.get(token)
        if exchange is None or exchange.kind is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if self.now() - exchange.began > SECONDS_OF_TOKEN:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return exchange

    def cards(self) -> list[Json]:
        """The messages of the bot that have an embed, the oldest first."""
        return [self.messages[number] for number in sorted(self.messages) if self.messages[number]["embeds"]]


_EDITABLE = ("content", "embeds", "components")
