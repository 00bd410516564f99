"""How the desk reaches an engine: in a process of its own for the bot, in a thread for one command."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bot.core.engine import Engine


class Caller(Protocol):
    """Calls a method of an engine without holding up the event loop."""

    async def call(
        self, method: str, *args: object, key: Hashable | None = None, deadline: float, priority: int = 0
    ) -> Any:  # noqa: ANN401  what the method returns
        """Call `engine.method(*args)`.

        Calls with the same `key` under way at once are answered by one; `deadline` is in seconds, waiting included;
        a lower `priority` goes first.
        """
        ...


class InlineCaller:
    """Runs one call at a time in a thread of this process: for the command line, which asks one thing at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()

    async def call(
        self, method: str, *args: object, key: Hashable | None = None, deadline: float, priority: int = 0
    ) -> Any:  # noqa: ANN401
        """See `Caller.call`; nothing is shared, hurried or ended here."""
        del key, deadline, priority
        async with self._turn:
            return await asyncio.to_thread(getattr(self._engine, method), *args)
