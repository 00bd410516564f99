"""The chat page of a trial: what people do in it and the steps of its clock take turns.

SimCord refuses an operation that begins while another one is under way. Its page takes the refusal (a status of 400)
for an action whose end it will never know, and answers nothing more until it is loaded again.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    import simcord
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle
    from simcord.preview import Preview

_log = logging.getLogger(__name__)
_TICK_SECONDS = 5.0
"""How often the clock is moved: what is timed happens so much later at most."""


class ChatPage:
    """A page that is open on one channel; make it before anybody uses the page."""

    def __init__(self, env: simcord.Env, channel: ChannelHandle, preview: Preview) -> None:
        self._env, self._channel, self._preview = env, channel, preview
        self._turn = asyncio.Lock()
        self._shown = channel.last_message
        self._act = preview._action  # noqa: SLF001  SimCord has no door to what its page asks for
        preview._action = self._act_in_turn  # type: ignore[method-assign]  # noqa: SLF001

    @property
    def url(self) -> str:
        """The address of the page, with the right to use it."""
        return str(self._preview.url)

    async def keep_time(self) -> None:
        """Let the simulated clock run with the real one, so that what is timed happens in the page as well."""
        clock = asyncio.get_running_loop().time
        reached = clock()
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            now = clock()
            await self.tick(now - reached)
            reached = now

    async def tick(self, seconds: float) -> None:
        """Move the simulated clock, and show what that brought."""
        async with self._turn:
            try:
                await self._env.advance_time(seconds)
                if self._channel.last_message != self._shown:
                    await self._preview.refresh()
                    self._shown = self._channel.last_message
            except Exception as error:  # noqa: BLE001  an outermost door: SimCord tells what a timer did
                _log.warning("the simulated clock: %s", error)

    async def _act_in_turn(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._turn:
            result = await self._act(context_id, body)
            self._shown = self._channel.last_message
            return result


@asynccontextmanager
async def open_page(
    env: simcord.Env, channel: ChannelHandle, viewers: Sequence[MemberActor], port: int | None = None
) -> AsyncIterator[ChatPage]:
    """Serve the page on the loopback address, on any free port where none is named.

    Raises:
        UsageError: the port cannot be had.
    """
    from simcord import SetupError  # noqa: PLC0415  an extra, there by now

    preview = env.preview(channel, viewers=viewers, layout="channel", port=port)
    page = ChatPage(env, channel, preview)
    try:
        await preview.__aenter__()
    except SetupError as error:
        message = f"The chat page cannot be served on port {port}." if port else "The chat page cannot be served."
        raise UsageError(message, "If another program has the port, name a free one with --port.") from error
    try:
        yield page
    finally:
        await preview.close()
