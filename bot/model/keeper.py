"""One model process at a time, held from an event loop: every wait for it is in a thread, and has an end."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from bot.model.process import ModelProcess, ProcessEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model.process import Answer, Factory, Fault

    SecondsLeft = Callable[[], float]
    """Asked again whenever the time it gave is over; at 0 or below the process is ended."""

_Result = TypeVar("_Result")


class ProcessKeeper:
    """Starts, asks and stops the process that makes its engine with `factory`; one of these at a time."""

    def __init__(self, factory: Factory) -> None:
        self._factory = factory
        self._process: ModelProcess | None = None
        self._pending: asyncio.Future[Any] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="verbatim-worker")

    async def start(self, left: SecondsLeft) -> Answer | Fault:
        """Start a process and wait until it has made its engine.

        Raises:
            ProcessEnded: it ended before, or its time was over.
        """
        return await self._within(self._open, left)

    async def ask(self, method: str, args: tuple[Any, ...], left: SecondsLeft) -> Answer | Fault:
        """Have the engine run `method`.

        Raises:
            ProcessEnded: the process ended before it replied, or its time was over.
        """
        process = self._process
        if process is None:
            raise ProcessEnded
        return await self._within(lambda: process.ask(method, args), left)

    async def stop(self) -> int | None:
        """End the process, at once if it is at work, and give its exit code; None where there was none."""
        pending = self._pending
        while pending is not None and not pending.done():
            self._kill()
            await asyncio.wait({pending}, timeout=_KILL_AGAIN)
        process, self._process = self._process, None
        if process is None:
            return None
        return await asyncio.get_running_loop().run_in_executor(self._thread, process.close)

    def dismiss_thread(self) -> None:
        """End the thread; nothing may be called after."""
        self._thread.shutdown()

    def _open(self) -> Answer | Fault:
        """Run in the thread. The process is kept before it is waited for, so that it can be ended meanwhile."""
        self._process = ModelProcess(self._factory)
        return self._process.reply()

    async def _within(self, blocking: Callable[[], _Result], left: SecondsLeft) -> _Result:
        pending = asyncio.get_running_loop().run_in_executor(self._thread, blocking)
        self._pending = pending
        pending.add_done_callback(_retrieve)
        while not pending.done():
            seconds = left()
            if seconds <= 0:
                self._kill()
            await asyncio.wait({pending}, timeout=max(seconds, _KILL_AGAIN))
        return pending.result()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()


_KILL_AGAIN = 0.05
"""Seconds after which a process is ended once more, for it may only just have been started."""


def _retrieve(pending: asyncio.Future[Any]) -> None:
    """Mark a fault as seen, also where its waiter was cancelled."""
    if not pending.cancelled():
        pending.exception()
