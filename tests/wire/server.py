"""A Discord on the loopback address that stock discord.py runs against: REST, gateway, schema, and its bad days.

A test asks it to post, to run a command, to fail in a chosen way, and then reads what the bot did.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from aiohttp import BodyPartReader, web
from wire import things
from wire.bodies import Bodies
from wire.gateway import Gateway
from wire.ledger import Exchange, Ledger, Refused
from wire.rest import API, BODY, FILES, Rest, reply
from wire.things import CHANNEL, READER_USER, Json
from world import PAGE

TOKEN = "MTAwMA.loopback.not-a-secret"
_OPEN_ROUTES = ("/interactions/", "/webhooks/")


@dataclass
class Fault:
    """What goes wrong with the next `times` requests to a route: a status, a wait, a cut connection."""

    method: str
    path: str
    """A regular expression, looked for in the path."""
    times: int = 1
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    delay: float = 0.0
    cut: str = ""
    """"before" the request is acted on, or "after"."""


def rate_limited(method: str, path: str, seconds: float, *, everywhere: bool = False) -> Fault:
    """A 429 as Discord's own edge sends it; without Via, discord.py takes it for a ban."""
    scope = {"X-RateLimit-Global": "true"} if everywhere else {"X-RateLimit-Bucket": "b1"}
    numbers = {"Limit": "5", "Remaining": "0", "Reset-After": str(seconds), "Scope": "global" if everywhere else "user"}
    headers = {f"X-RateLimit-{name}": value for name, value in numbers.items()}
    headers |= scope | {"Via": "1.1 google", "Retry-After": str(max(1, round(seconds)))}
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return Fault(method, path, status=429, headers=headers, body=body)


class LoopbackDiscord:
    """Open it with `async with`; on port 0 it takes a free one."""

    def __init__(self, *, thorough: bool = True, token: str = TOKEN) -> None:
        self.token = token
        self.ledger = Ledger()
        self.gateway = Gateway(token, list(self.ledger.channels.values()))
        self.shards = 1
        self.commands: list[Json] = []
        self.faults: list[Fault] = []
        self.calls: list[tuple[str, str, int]] = []
        """Method, path and status of every request, in order."""
        self.violations: list[str] = []
        """What Discord's rules would have refused."""
        self.page_views: Counter[int] = Counter()
        self.direct_messages_closed = False
        self._bodies = Bodies(thorough=thorough)
        self._runner: web.AppRunner | None = None
        self._address = ""

    async def __aenter__(self) -> Self:
        application = web.Application(middlewares=[self._answer], client_max_size=26_214_400)
        application.add_routes([*Rest(self).routes(), web.get("/gateway/", self.gateway.serve)])
        application.add_routes([web.get("/news/{number}", self._page)])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.gateway.url = f"ws://{self._address}/gateway/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop(1001)
        if self._runner:
            await self._runner.cleanup()

    @property
    def port(self) -> int:
        return int(self._address.rpartition(":")[2])

    def article(self, number: int) -> str:
        """The link of an article that this server has as well."""
        return f"http://{self._address}/news/{number}"

    async def _page(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        self.page_views[int(number)] += 1
        page = PAGE.replace("City to close", f"Report {number}: city to close").replace("bridge", f"bridge {number}")
        return web.Response(text=page, content_type="text/html")

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead the bot here."""
        return {
            "VERBATIM_DISCORD_API": f"http://{self._address}{API}",
            "VERBATIM_DISCORD_GATEWAY": self.gateway.url,
            "VERBATIM_DISCORD_TOKEN": self.token,
        }

    @web.middleware
    async def _answer(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not request.path.startswith(API):
            return await handler(request)
        response = await self._respond(request, handler)
        self.calls.append((request.method, request.path.removeprefix(API), response.status))
        return response

    async def _respond(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        await self._read(request)
        fault = self._next_fault(request)
        if fault:
            await asyncio.sleep(fault.delay)
            if fault.cut == "before":
                return _cut(request)
            if fault.status:
                response = reply(fault.body or {"message": "A bad day", "code": 0}, fault.status)
                response.headers.update(fault.headers)
                return response
        try:
            self._judge(request)
            response_or_stream = await handler(request)
        except Refused as refused:
            return reply({"message": refused.message, "code": refused.code}, refused.status)
        except web.HTTPNotFound:
            self.violations.append(f"no such route: {request.method} {request.path}")
            return reply({"message": "404: Not Found", "code": 0}, 404)
        return _cut(request) if fault and fault.cut else response_or_stream

    def _judge(self, request: web.Request) -> None:
        path = request.path.removeprefix(API)
        if not path.startswith(_OPEN_ROUTES) and request.headers.get("Authorization") != f"Bot {self.token}":
            raise Refused(401, 0, "401: Unauthorized")
        resource = request.match_info.route.resource
        if resource is None or request.method in {"GET", "DELETE"}:
            return
        body = request[BODY]
        found = self._bodies.faults(request.method, resource.canonical.removeprefix(API), body.get("list", body))
        if found:
            self.violations += found
            raise Refused(400, 50035, f"Invalid Form Body: {found[0]}")

    @staticmethod
    async def _read(request: web.Request) -> None:
        request[BODY], request[FILES] = {}, 0
        if request.content_type.startswith("multipart/"):
            async for part in await request.multipart():
                if isinstance(part, BodyPartReader) and part.name == "payload_json":
                    request[BODY] = json.loads(await part.text())
                elif isinstance(part, BodyPartReader):
                    await part.read()
                    request[FILES] += 1
        elif request.can_read_body and (raw := await request.read()):
            read = json.loads(raw)
            request[BODY] = read if isinstance(read, dict) else {"list": read}

    def _next_fault(self, request: web.Request) -> Fault | None:
        for fault in self.faults:
            if fault.times and fault.method == request.method and re.search(fault.path, request.path):
                fault.times -= 1
                return fault
        return None

    async def post(self, content: str, *, place: int = CHANNEL, mentions: tuple[Json, ...] = ()) -> int:
        """A reader writes in a channel."""
        made, _ = self.ledger.post(place, READER_USER, {"content": content})
        member = {key: value for key, value in things.member(READER_USER).items() if key != "user"}
        await self.gateway.dispatch("MESSAGE_CREATE", made | {"member": member, "mentions": list(mentions)})
        return int(made["id"])

    async def command(self, name: str, *, place: int = CHANNEL, age: float = 0.0, **options: str) -> Exchange:
        """A reader runs a slash command, as many seconds ago as `age` says."""
        exchange = self.ledger.begin(place, age)
        data = things.command_interaction(exchange.id, exchange.token, place, name, options)
        await self.gateway.dispatch("INTERACTION_CREATE", data)
        return exchange

    def answers_to(self, number: int) -> list[Json]:
        """The bot's messages that reply to a message."""
        return [
            kept
            for kept in self.ledger.messages.values()
            if str((kept.get("message_reference") or {}).get("message_id")) == str(number)
        ]


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)
