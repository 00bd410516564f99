"""Discord's REST routes that a bot uses, over the ledger: they read a request, and answer as Discord does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web
from wire import things
from wire.bodies import is_empty
from wire.ledger import Refused
from wire.things import APPLICATION, BOT, BOT_USER, CHANNEL, EPHEMERAL, GUILD, LOADING, READER_USER, Json

if TYPE_CHECKING:
    from wire.server import LoopbackDiscord

API = "/api/v10"
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, AUTOCOMPLETE, MODAL = 4, 5, 6, 7, 8, 9
BODY, FILES = web.RequestKey("body", dict[str, Any]), web.RequestKey("files", int)
_DIRECT = 4_000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def reply(body: object = None, status: int = 200) -> web.Response:
    """JSON with the content type that discord.py wants, without a charset; 204 where there is nothing."""
    if body is None:
        return web.Response(status=204)
    response = web.json_response(body, status=status)
    response.headers["Content-Type"] = "application/json"
    return response


class Rest:
    """The handlers; routes are named as in Discord's schema, so that a body's schema is found by its route."""

    def __init__(self, server: LoopbackDiscord) -> None:
        self._server, self._ledger = server, server.ledger

    def routes(self) -> list[web.RouteDef]:
        message = "/channels/{channel_id}/messages/{message_id}"
        hook = "/webhooks/{webhook_id}/{webhook_token}"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/users/@me", self.me),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/gateway/bot", self.gateway),
            ("PUT", "/applications/{application_id}/commands", self.commands),
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self.callback),
            ("POST", hook, self.follow_up),
            ("GET", f"{hook}/messages/@original", self.fetch_hooked),
            ("PATCH", f"{hook}/messages/@original", self.edit_hooked),
            ("DELETE", f"{hook}/messages/@original", self.delete_hooked),
            ("GET", f"{hook}/messages/{{message_id}}", self.fetch_hooked),
            ("PATCH", f"{hook}/messages/{{message_id}}", self.edit_hooked),
            ("DELETE", f"{hook}/messages/{{message_id}}", self.delete_hooked),
            ("GET", "/channels/{channel_id}", self.channel),
            ("GET", "/channels/{channel_id}/messages", self.history),
            ("POST", "/channels/{channel_id}/messages", self.post),
            ("POST", "/channels/{channel_id}/messages/bulk-delete", self.bulk_delete),
            ("POST", "/channels/{channel_id}/typing", self.nothing),
            ("GET", message, self.fetch),
            ("PATCH", message, self.edit),
            ("DELETE", message, self.delete),
            ("POST", f"{message}/threads", self.make_thread),
            ("PUT", f"{message}/reactions/{{emoji_name}}/@me", self.nothing),
            ("GET", "/guilds/{guild_id}", self.guild),
            ("GET", "/users/{user_id}", self.user),
            ("POST", "/users/@me/channels", self.direct),
        ]
        return [web.route(method, API + path, handler) for method, path, handler in table]

    async def me(self, _request: web.Request) -> web.Response:
        return reply(BOT_USER)

    async def application(self, _request: web.Request) -> web.Response:
        return reply(things.application())

    async def gateway(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self._server.gateway.url, "shards": self._server.shards, "session_start_limit": limit})

    async def commands(self, request: web.Request) -> web.Response:
        self._server.commands = request[BODY]["list"]
        kept: Json = {"application_id": str(APPLICATION), "version": "1", "default_member_permissions": None}
        kept |= {"type": 1, "description": ""}
        return reply([kept | one | {"id": str(number)} for number, one in enumerate(self._server.commands, 1)])

    async def callback(self, request: web.Request) -> web.Response:
        body = request[BODY]
        number, token = int(request.match_info["interaction_id"]), request.match_info["interaction_token"]
        exchange = self._ledger.answer(number, token, body["type"])
        told: Json = {"id": str(number), "type": 2}
        resource: Json = {"type": body["type"]}
        if body["type"] in {MESSAGE, DEFER}:
            data = body.get("data") or {}
            flags = (int(data.get("flags") or 0) & EPHEMERAL) | (LOADING if body["type"] == DEFER else 0)
            made, _ = self._ledger.post(exchange.channel, BOT_USER, data, flags)
            exchange.original = int(made["id"])
            resource["message"] = made
            told |= {
                "response_message_id": made["id"],
                "response_message_loading": body["type"] == DEFER,
                "response_message_ephemeral": bool(flags & EPHEMERAL),
            }
        return reply({"interaction": told, "resource": resource})

    async def follow_up(self, request: web.Request) -> web.Response:
        exchange = self._ledger.living(request.match_info["webhook_token"])
        self._must_say_something(request)
        made, _ = self._ledger.post(exchange.channel, BOT_USER, request[BODY])
        return reply(made)

    def _hooked(self, request: web.Request) -> Json:
        exchange = self._ledger.living(request.match_info["webhook_token"])
        number = int(request.match_info.get("message_id", exchange.original or 0))
        return self._ledger.find(exchange.channel, number)

    async def fetch_hooked(self, request: web.Request) -> web.Response:
        return reply(self._hooked(request))

    async def edit_hooked(self, request: web.Request) -> web.Response:
        return reply(self._ledger.edit(self._hooked(request), request[BODY]))

    async def delete_hooked(self, request: web.Request) -> web.Response:
        self._ledger.delete(self._hooked(request))
        return reply()

    async def channel(self, request: web.Request) -> web.Response:
        kept = self._ledger.place(int(request.match_info["channel_id"]))
        return reply({"guild_id": str(GUILD)} | kept if kept["type"] != 1 else kept)

    async def history(self, request: web.Request) -> web.Response:
        asked = request.query
        before = int(asked["before"]) if "before" in asked else None
        place, most = int(request.match_info["channel_id"]), int(asked.get("limit", "50"))
        return reply(self._ledger.history(place, most, int(asked.get("after", "0")), before))

    async def post(self, request: web.Request) -> web.Response:
        self._must_say_something(request)
        made, is_new = self._ledger.post(int(request.match_info["channel_id"]), BOT_USER, request[BODY])
        if is_new:
            await self._server.gateway.dispatch("MESSAGE_CREATE", made)
        return reply(made)

    def _must_say_something(self, request: web.Request) -> None:
        if is_empty(request[BODY], request[FILES]):
            raise Refused(400, 50006, "Cannot send an empty message")

    def _message(self, request: web.Request) -> Json:
        where = request.match_info
        return self._ledger.find(int(where["channel_id"]), int(where["message_id"]))

    async def fetch(self, request: web.Request) -> web.Response:
        return reply(self._message(request))

    async def edit(self, request: web.Request) -> web.Response:
        kept = self._message(request)
        if kept["author"]["id"] != str(BOT):
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        return reply(self._ledger.edit(kept, request[BODY]))

    async def delete(self, request: web.Request) -> web.Response:
        self._ledger.delete(self._message(request))
        return reply()

    async def bulk_delete(self, request: web.Request) -> web.Response:
        for number in request[BODY]["messages"]:
            self._ledger.delete(self._ledger.find(int(request.match_info["channel_id"]), int(number)))
        return reply()

    async def make_thread(self, request: web.Request) -> web.Response:
        kept = self._message(request)
        number = int(kept["id"])
        if number in self._ledger.channels:
            raise Refused(400, 160004, "A thread has already been created for this message")
        made = things.thread(number, int(kept["channel_id"]), request[BODY]["name"])
        self._ledger.channels[number] = made
        return reply(made, 201)

    async def nothing(self, _request: web.Request) -> web.Response:
        return reply()

    async def guild(self, _request: web.Request) -> web.Response:
        return reply(things.guild([things.channel(CHANNEL)]))

    async def user(self, request: web.Request) -> web.Response:
        known = {one["id"]: one for one in (BOT_USER, READER_USER)}
        if request.match_info["user_id"] not in known:
            raise Refused(404, 10013, "Unknown User")
        return reply(known[request.match_info["user_id"]])

    async def direct(self, request: web.Request) -> web.Response:
        if self._server.direct_messages_closed:
            raise Refused(403, 50007, "Cannot send messages to this user")
        made = {"id": str(_DIRECT), "type": 1, "recipients": [READER_USER]}
        self._ledger.channels[_DIRECT] = made
        return reply(made)
