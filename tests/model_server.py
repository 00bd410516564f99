"""A model's server on loopback, in a thread of its own: its answers are written out, and what it is asked is kept."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, Self

from aiohttp import web
from fakes import FakeEncoder

from bot.config import WriterServer
from bot.core.engine import Engine
from bot.core.server_writer import load_server_writer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MODEL = "tiny:1b"


class ModelServer:
    """Answers chats with `answers` in turn, the last for ever; `bodies` and `headers` are what was sent."""

    def __init__(self) -> None:
        self.answers: list[Handler] = [stream(*vllm("Well."))]
        self.models: Handler = whole({"object": "list", "data": [{"id": MODEL}]})
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.most_at_once = 0
        self.port = 0
        self._at_once = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        self._runner = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        return runner

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        if request.method == "GET":
            return await self.models(request)
        self.bodies.append(await request.json())
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return await (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(request)
        finally:
            self._at_once -= 1


def engine_of(settings: WriterServer) -> Engine:
    """Make an engine whose writer is a server; it can be made in another process."""
    return Engine(FakeEncoder, partial(load_server_writer, settings))


def stream(*frames: bytes, content_type: str = "text/event-stream", pause: float = 0.0) -> Handler:
    """Send these bytes, each by itself, and end well."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": content_type})
        await response.prepare(request)
        for frame in frames:
            await response.write(frame)
            await asyncio.sleep(pause)
        return response

    return answer


def broken(*frames: bytes) -> Handler:
    """Send these bytes and hang up."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for frame in frames:
            await response.write(frame)
        assert request.transport is not None
        request.transport.close()
        return response

    return answer


def silent(*frames: bytes) -> Handler:
    """Send these bytes, and then nothing more."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for frame in frames:
            await response.write(frame)
        await asyncio.Event().wait()
        return response

    return answer


def whole(body: object, status: int = 200, **headers: str) -> Handler:
    """Answer with one JSON value."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return answer


def told(status: int, **headers: str) -> Handler:
    """Answer with an error as OpenAI's servers word it; it repeats what it was sent, key and all."""

    async def answer(request: web.Request) -> web.StreamResponse:
        said = f"{request.headers.get('Authorization')} {await request.text()}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"error": {"message": said, "code": status}}, status=status, headers=named)

    return answer


def saying(reply: Callable[[str], str]) -> Handler:
    """Answer a user's message with what `reply` makes of it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        messages = (await request.json())["messages"]
        return await stream(*vllm(reply(messages[-1]["content"])))(request)

    return answer


def _data(body: object) -> bytes:
    return f"data: {json.dumps(body)}\n\n".encode()


def _words(text: str) -> Iterator[str]:
    for index, word in enumerate(text.split(" ")):
        yield word if index == 0 else f" {word}"


def _chunk(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}


def vllm(text: str, finish: str = "stop") -> list[bytes]:
    frames = [_data(_chunk({"role": "assistant", "content": ""}, None))]
    frames += [_data(_chunk({"content": word}, None)) for word in _words(text)]
    return [*frames, _data(_chunk({"content": ""}, finish)), b"data: [DONE]\n\n"]


def llama_cpp(text: str, finish: str = "stop") -> list[bytes]:
    """A null at the start, comments that keep the connection alive, counts without choices, no last line's end."""
    frames = [_data(_chunk({"role": "assistant", "content": None}, None)), b": ping\n\n"]
    frames += [_data(_chunk({"content": word}, None)) for word in _words(text)]
    frames += [_data(_chunk({}, finish)), _data({**_chunk({}, None), "choices": [], "usage": {"total_tokens": 9}})]
    return [*frames, b"data: [DONE]"]


def ollama(text: str, finish: str = "stop") -> list[bytes]:
    """The role with every piece, and in older versions an empty reason to finish."""
    frames = [_data(_chunk({"role": "assistant", "content": word}, "")) for word in _words(text)]
    return [*frames, _data(_chunk({"role": "assistant", "content": ""}, finish)), b"data: [DONE]\n\n"]


def lm_studio(text: str, finish: str = "stop") -> list[bytes]:
    """Lines that end as on Windows, all in one piece, and thoughts aloud."""
    frames = [_data(_chunk({"role": "assistant", "content": f"<think>Hm.</think>\n{text}"}, None))]
    joined = b"".join([*frames, _data(_chunk({}, finish)), b"data: [DONE]\n\n"])
    return [joined.replace(b"\n", b"\r\n")]
