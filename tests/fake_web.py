"""Fakes for what lies beyond the web client: a name server and a site."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.fetch.address import IPAddress

LOOPBACK = ip_address("127.0.0.1")


class FakeResolver:
    """Gives for each name its answers in turn, the last for ever; remembers what was asked."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[IPAddress]:
        self.asked.append(host)
        answers = self.answers[host]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return [ip_address(answer)] if answer else []


class Site:
    """A web server on loopback: handlers by path, and what was asked of it."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {}
        self.requests: list[web.Request] = []
        self.port = 0

    def url(self, path: str = "/", host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def gives(self, path: str, **response: object) -> str:
        """Answer `path` with this response; its link."""

        async def handler(_: web.Request) -> web.Response:
            return web.Response(**response)  # type: ignore[arg-type]

        self.handlers[path] = handler
        return self.url(path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        return await self.handlers[request.path](request)
