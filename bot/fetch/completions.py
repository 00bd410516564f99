"""The client of an OpenAI-compatible server: several chats at once, streamed, within limits of time and size.

It connects to the one address that the operator gave, wherever that is, and follows no redirect: the key and the
sentences go nowhere else. It must not know what is asked, or what for.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import aiohttp
from yarl import URL

from bot import __version__
from bot.errors import WriterUnavailable
from bot.fetch.completion import Reply, ServerFault, model_names
from bot.fetch.completion_faults import SERVER_FAULT, Faults, Passing, Refused
from bot.fetch.event_stream import EventStream
from bot.fetch.faults import FOREIGN
from bot.fetch.patience import pause, retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Sequence

    from bot.config import WriterServer
    from bot.fetch.completion import Chat, Completion

MOST_BYTES: Final = 4_194_304
"""Of one answer with all that surrounds it."""
_CONNECT_SECONDS = 5.0
_OK = 200
_STREAM, _JSON = "text/event-stream", "application/json"


class CompletionServer:
    """Asks the server of `settings`; `key` is empty where it wants none.

    `sleep`, `chance` (a number from 0 to 1) and `clock` are what the waits between attempts depend on.
    """

    def __init__(
        self,
        settings: WriterServer,
        key: str = "",
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._key = key
        self._sleep, self._chance, self._clock = sleep, chance, clock
        url = URL(settings.url)
        self._url = url / "v1" if url.path == "/" else url
        self._faults = Faults(f"{url.raw_host}:{url.port}")

    async def complete(self, chats: Sequence[Chat]) -> list[Completion | None]:
        """Answer all `chats`, in order; None for one that the server refuses for what it holds, such as its length.

        Raises:
            WriterUnavailable: one could not be answered in time, after all attempts, or all were refused.
        """
        slots = asyncio.Semaphore(self._settings.parallel)
        async with self._session() as session:
            found = await _all_of([self._persist(session, chat, slots) for chat in chats])
        if chats and not any(found):
            reason = "takes nothing of what it is sent"
            raise self._faults.say(reason, "Its log says why.")
        return found

    async def models(self) -> tuple[str, ...]:
        """The names of the models that it serves.

        Raises:
            WriterUnavailable: it does not say.
        """
        try:
            async with self._session() as session, self._answer(session, "GET", "models") as response:
                return model_names(await self._whole(response))
        except Refused:
            reason = "does not tell its models"
            raise self._faults.say(reason) from None
        except Passing as passing:
            raise passing.fault from None

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiohttp.ClientSession]:
        headers = {"User-Agent": f"Verbatim/{__version__}", "Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        times = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS, sock_read=self._settings.idle_seconds)
        jar = aiohttp.DummyCookieJar()
        try:
            async with (
                asyncio.timeout(self._settings.timeout_seconds),
                aiohttp.ClientSession(headers=headers, timeout=times, cookie_jar=jar, trust_env=False) as session,
            ):
                yield session
        except TimeoutError:
            reason = f"did not finish within {self._settings.timeout_seconds:g} seconds"
            raise self._faults.say(reason) from None

    async def _persist(self, session: aiohttp.ClientSession, chat: Chat, slots: asyncio.Semaphore) -> Completion | None:
        """Ask until there is an answer or the attempts are used up; who waits leaves its turn to others."""
        attempt = 0
        while True:
            try:
                async with slots:
                    return await self._completion(session, chat)
            except Refused:
                return None
            except Passing as passing:
                seconds = pause(attempt, self._chance(), passing.seconds)
                if attempt == self._settings.retries or seconds >= self._settings.timeout_seconds:
                    raise passing.fault from None
            attempt += 1
            await self._sleep(seconds)

    async def _completion(self, session: aiohttp.ClientSession, chat: Chat) -> Completion:
        body = {
            "model": self._settings.model,
            "messages": [{"role": "system", "content": chat.system}, {"role": "user", "content": chat.user}],
            "max_tokens": chat.max_tokens,
            "temperature": 0,
            "stream": True,
        }
        async with self._answer(session, "POST", "chat/completions", body) as response:
            if response.content_type == _STREAM:
                return await self._streamed(response)
            if response.content_type != _JSON:
                reason = "does not answer as a model's server does"
                raise self._faults.say(reason, "Check writer_server.url.")
            # Some servers know no streams.
            reply = Reply()
            reply.add_json(await self._whole(response))
            return reply.completion()

    async def _streamed(self, response: aiohttp.ClientResponse) -> Completion:
        stream, reply = EventStream(), Reply()
        async with aclosing(self._pieces(response)) as pieces:
            async for piece in pieces:
                for event in stream.feed(piece):
                    reply.add(event)
                if reply.is_whole:
                    return reply.completion()
        for event in stream.close():
            reply.add(event)
        if not reply.is_whole:
            raise Passing(self._faults.say("ended its answer before it was complete"))
        return reply.completion()

    async def _whole(self, response: aiohttp.ClientResponse) -> bytes:
        return b"".join([piece async for piece in self._pieces(response)])

    async def _pieces(self, response: aiohttp.ClientResponse) -> AsyncGenerator[bytes, None]:
        size = 0
        async for piece in response.content.iter_any():
            size += len(piece)
            if size > MOST_BYTES:
                reason = f"sent more than {MOST_BYTES:,} bytes"
                raise self._faults.say(reason)
            yield piece

    @asynccontextmanager
    async def _answer(
        self, session: aiohttp.ClientSession, method: str, path: str, body: dict[str, Any] | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send one request; whatever goes wrong with it, or while its answer is read, becomes a fault of ours.

        None keeps its cause: aiohttp's errors hold the request's headers, and with them the key.
        """
        url = self._url.joinpath(*path.split("/"))
        try:
            async with session.request(method, url, json=body, allow_redirects=False) as response:
                if response.status != _OK:
                    wait = retry_after(response.headers.get("Retry-After", ""), self._clock())
                    raise self._faults.of_status(response.status, wait)
                yield response
        except ServerFault as fault:
            raise self._faults.of_status(fault.status or SERVER_FAULT) from None
        except FOREIGN as error:
            raise self._faults.of_foreign(error) from None


async def _all_of(asked: Sequence[Coroutine[Any, Any, Completion | None]]) -> list[Completion | None]:
    """Await them together; the first that fails ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in asked]
    except* WriterUnavailable as errors:
        fault = errors.exceptions[0]
    else:
        return [task.result() for task in tasks]
    raise fault
