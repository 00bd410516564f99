"""Say in plain words what went wrong with a model's server, and whether asking again may mend it.

Nothing that the server says is repeated, and no cause is kept: either may hold the text that was sent, or the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from bot.errors import WriterUnavailable
from bot.fetch.faults import from_foreign

_TOO_MANY, SERVER_FAULT = 429, 500
_REDIRECTS = range(300, 400)
_REFUSALS = frozenset({400, 413, 422})
"""What a server says to a text that does not fit its model, or to a request that it does not understand."""
_MAY_PASS = frozenset({408, 425, _TOO_MANY})
_BROKEN = (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, aiohttp.ClientOSError, ConnectionError)
_LASTING = (aiohttp.ClientSSLError, TimeoutError)
"""Of the broken connections, those that a second attempt does not mend, or not in time."""
_WRONG_KEY = "It refuses the key: check VERBATIM_WRITER_KEY, or writer_server.key_file."
_STATUS_HINTS = {
    401: _WRONG_KEY,
    403: _WRONG_KEY,
    404: "Check writer_server.url and writer_server.model: one of them is not there.",
    405: "Check writer_server.url.",
}


class Refused(Exception):
    """The server does not take this request; it may take others."""


class Passing(Exception):
    """A fault that may pass; `seconds` is how long the server wants to be left alone, where it says."""

    def __init__(self, fault: WriterUnavailable, seconds: float | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Faults:
    """Names the server by its `address`, host and port."""

    address: str

    def say(self, what: str, hint: str | None = None) -> WriterUnavailable:
        """The fault that the server did `what`."""
        return WriterUnavailable(f"The writer's server at {self.address} {what}.", hint)

    def of_status(self, status: int, seconds: float | None = None) -> WriterUnavailable | Refused | Passing:
        """What an HTTP status that is no success means; `seconds` is for how long it asks for patience."""
        if status in _REFUSALS:
            return Refused()
        if status in _REDIRECTS:
            hint = "If the place it leads to is yours, put that address into writer_server.url."
            return self.say("redirects elsewhere, which is not followed", hint)
        fault = self.say(f"answered with status {status}", _STATUS_HINTS.get(status))
        return Passing(fault, seconds) if status in _MAY_PASS or status >= SERVER_FAULT else fault

    def of_foreign(self, error: BaseException) -> WriterUnavailable | Passing:
        """What a failed connection means; `error` is one of `bot.fetch.faults.FOREIGN`."""
        fault = WriterUnavailable(from_foreign(f"The writer's server at {self.address}", error).message)
        return Passing(fault) if isinstance(error, _BROKEN) and not isinstance(error, _LASTING) else fault
