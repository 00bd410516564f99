"""Discord's gateway over a loopback WebSocket: HELLO, IDENTIFY, events, RESUME with what was missed, bad days."""

from __future__ import annotations

import json
import secrets
import time
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from wire.things import APPLICATION, BOT, BOT_USER, GUILD, Json, channel, guild

MESSAGE_CONTENT = 1 << 15
HELLO, ACK, RECONNECT, INVALID = 10, 11, 7, 9
_WITHHELD: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}
_SENDS, _WINDOW, _LARGEST = 120, 60.0, 4096


@dataclass
class Session:
    """What Discord remembers of a connected bot: what it was sent, so that it can be sent again."""

    intents: int
    shard: int = 0
    number: int = 0
    sent: list[Json] = field(default_factory=list)
    socket: Socket | None = None


class Socket:
    """One connection, with its one zlib stream."""

    def __init__(self, socket: web.WebSocketResponse, *, compress: bool) -> None:
        self.raw = socket
        self._stream = zlib.compressobj() if compress else None
        self.arrivals: list[float] = []

    async def send(self, payload: Json) -> None:
        await self.send_text(json.dumps(payload))

    async def send_text(self, text: str) -> None:
        """Send a frame as it is, well formed or not."""
        if self.raw.closed:
            return
        if self._stream is None:
            await self.raw.send_str(text)
        else:
            packed = self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
            await self.raw.send_bytes(packed)


class Gateway:
    """Serves every connection; tests read what happened and choose what goes wrong."""

    def __init__(self, token: str, channels: list[Json]) -> None:
        self._token, self._channels = token, channels
        self.sessions: dict[str, Session] = {}
        self.granted = MESSAGE_CONTENT
        """The privileged intents that the operator has switched on."""
        self.heartbeat_seconds = 41.25
        self.refuses_resume = False
        self.url = ""
        self.history: list[int] = []
        """The ops that came in, heartbeats left out."""
        self.heartbeats: list[float] = []

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection until either side ends it."""
        raw = web.WebSocketResponse(max_msg_size=_LARGEST * 4)
        await raw.prepare(request)
        socket = Socket(raw, compress=request.query.get("compress") == "zlib-stream")
        await socket.send({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat_seconds * 1000)}, "s": None})
        session: Session | None = None
        async for frame in raw:
            if frame.type is not WSMsgType.TEXT or await self._is_too_much(socket, frame.data):
                break
            session = await self._take(socket, json.loads(frame.data)) or session
        if session and session.socket is socket:
            session.socket = None
        return raw

    @staticmethod
    async def _is_too_much(socket: Socket, text: str) -> bool:
        now = time.monotonic()
        socket.arrivals = [moment for moment in socket.arrivals if now - moment < _WINDOW] + [now]
        if len(text) > _LARGEST or len(socket.arrivals) > _SENDS:
            await socket.raw.close(code=4002 if len(text) > _LARGEST else 4008)
            return True
        return False

    async def _take(self, socket: Socket, payload: Json) -> Session | None:
        if payload["op"] == 1:
            self.heartbeats.append(time.monotonic())
            await socket.send({"op": ACK, "d": None, "s": None, "t": None})
            return None
        self.history.append(payload["op"])
        if payload["op"] == 2:
            return await self._identify(socket, payload["d"])
        if payload["op"] == 6:
            return await self._resume(socket, payload["d"])
        return None

    async def _identify(self, socket: Socket, data: Json) -> Session | None:
        if data["token"] != self._token:
            await socket.raw.close(code=4004)
            return None
        if data["intents"] & MESSAGE_CONTENT & ~self.granted:
            await socket.raw.close(code=4014)
            return None
        shard = (data.get("shard") or [0, 1])[0]
        self.sessions = {key: one for key, one in self.sessions.items() if one.socket or one.shard != shard}
        name = secrets.token_hex(8)
        session = self.sessions[name] = Session(data["intents"], shard, socket=socket)
        ready = {
            "v": 10,
            "user": BOT_USER,
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": name,
            "resume_gateway_url": self.url,
            "application": {"id": str(APPLICATION), "flags": 0},
            "shard": data.get("shard") or [0, 1],
        }
        await self._send(session, "READY", ready)
        await self._send(session, "GUILD_CREATE", guild([channel(int(one["id"])) for one in self._channels]))
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or self.refuses_resume:
            self.sessions.pop(data["session_id"], None)
            await socket.send({"op": INVALID, "d": False, "s": None, "t": None})
            return None
        session.socket = socket
        for missed in [payload for payload in session.sent if payload["s"] > data["seq"]]:
            await socket.send(missed)
        await self._send(session, "RESUMED", {})
        return session

    async def dispatch(self, event: str, data: Json) -> None:
        """Tell every session, each as far as its intents go; one that is away will hear of it when it resumes."""
        for session in list(self.sessions.values()):
            await self._send(session, event, _seen(event, data, session.intents))

    async def send_text(self, text: str) -> None:
        """Send a frame as it is to every session that is there."""
        for session in self.sessions.values():
            if session.socket:
                await session.socket.send_text(text)

    async def _send(self, session: Session, event: str, data: Json) -> None:
        session.number += 1
        payload = {"op": 0, "t": event, "s": session.number, "d": data}
        session.sent.append(payload)
        if session.socket:
            try:
                await session.socket.send(payload)
            except (ConnectionError, RuntimeError):
                session.socket = None

    async def ask_to_reconnect(self) -> None:
        """Op 7: Discord wants the connection elsewhere."""
        for session in self.sessions.values():
            if session.socket:
                await session.socket.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def drop(self, code: int | None = None) -> None:
        """End every connection: with a close code, or as a cut cable does."""
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket and code is not None:
                await socket.raw.close(code=code)
            elif socket and (transport := socket.raw._req.transport if socket.raw._req else None):  # noqa: SLF001
                transport.abort()


def _seen(event: str, data: Json, intents: int) -> Json:
    """The event without what the intents do not cover."""
    if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or intents & MESSAGE_CONTENT:
        return data
    addressed = data.get("guild_id") is None or any(one.get("id") == str(BOT) for one in data.get("mentions", ()))
    own = data.get("author", {}).get("id") == str(BOT)
    return data if addressed or own else data | _WITHHELD
