"""A guard around the reading of the gateway's events: one that cannot be read is left out, and the bot goes on.

Without it, an event that lacks a key ends the connection and, with it, the program.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import discord

_log = logging.getLogger(__name__)


def guard(client: discord.Client) -> None:
    """Put the guard around every kind of event; call it before the client connects."""
    # discord.py has no door for this: its table of parsers is what every connection looks events up in.
    parsers = client._connection.parsers  # noqa: SLF001
    for event, parse in list(parsers.items()):
        parsers[event] = _guarded(event, parse)


def _guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_skip(data: Any) -> None:  # noqa: ANN401  whatever came over the wire
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001  an outermost door
            # Only the kind of the error: its text may hold what people wrote.
            _log.warning("an event %s could not be read (%s)", event, type(error).__name__)

    return parse_or_skip
