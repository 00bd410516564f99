"""Where the answer to a request goes: the deferred answer of an interaction while its token lives, else a message.

Sending is safe to repeat: an edit of the deferred answer replaces it, and a message carries the request's id as a
nonce, by which Discord knows a repetition within minutes, and in its buttons, by which `find_answer` knows it later.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import discord

from bot.render.card import THREAD_NAME, clip
from bot.render.escape import bare

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from discord.ext import commands

    from bot.storage.requests import Request

_log = logging.getLogger(__name__)
_HISTORY = 100
_TOKEN_MARGIN = timedelta(seconds=20)
_THREAD_EXISTS = 160004
_NO_TOKEN = frozenset({10015, 10062, 50027})
"""Discord's codes for a token that has ended, or whose interaction was never acknowledged."""
_UNKNOWN_MESSAGE = 10008
_PAUSES = (0.5, 2.0, 5.0)
"""Seconds before a request on a lost connection is repeated."""
_Value = TypeVar("_Value")


class _Original(int):
    """The deferred answer, whose id is not known: in a route it stands as Discord's word for it."""

    def __format__(self, _spec: str) -> str:
        return "@original"


@dataclass(frozen=True, slots=True)
class Place:
    """A message that was sent."""

    channel: int
    message: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """Sends, edits and finds the answer of one request."""

    bot: commands.AutoShardedBot
    request: Request
    thread_name: str | None = None
    """Set where the answer is to go into a thread of the source message."""

    @property
    def _token_lives(self) -> bool:
        expires = self.request.token_expires
        return expires is not None and discord.utils.utcnow() < expires - _TOKEN_MARGIN

    async def send(
        self, *, embeds: Sequence[discord.Embed] = (), content: str | None = None, view: discord.ui.View | None = None
    ) -> Place:
        """Send the first answer.

        Raises:
            discord.HTTPException: Discord refused it.
        """
        options: dict[str, Any] = {"view": view} if view else {}
        if self._token_lives:
            hook = self._webhook()
            try:
                edit = partial(hook.edit_message, _Original(), content=content, embeds=embeds, **options)
                return Place(self.request.channel, (await _insist(edit)).id)
            except discord.HTTPException as error:
                if error.code not in _NO_TOKEN:
                    raise
                _log.info("request %s: the token is of no use (%s)", self.request.id, error.code)
        channel = await self._channel()
        if reference := self._reference(channel):
            options["reference"] = reference
        nonce = f"vb{self.request.id}"
        send = partial(channel.send, content, embeds=embeds, nonce=nonce, silent=content is not None, **options)
        message = await _insist(send)
        return Place(message.channel.id, message.id)

    async def note(self, content: str) -> None:
        """Say something in the deferred answer until the answer takes its place; nowhere else."""
        if self._token_lives:
            await self._webhook().edit_message(_Original(), content=content)

    async def edit(self, place: Place, **parts: Any) -> None:  # noqa: ANN401  discord.py's own keywords
        """Change the answer that stands."""
        if self._token_lives:
            try:
                await _insist(partial(self._webhook().edit_message, place.message, **parts))
            except discord.HTTPException as error:
                if error.code not in _NO_TOKEN | {_UNKNOWN_MESSAGE}:
                    raise
            else:
                return
        if not self.request.private:
            channel = self.bot.get_partial_messageable(place.channel)
            await _insist(partial(channel.get_partial_message(place.message).edit, **parts))

    async def find_answer(self) -> Place | None:
        """The answer that was sent before a crash could record it."""
        if self.request.private:
            # It is not in the history; an edit of the deferred answer may be repeated.
            return None
        for channel_id in {self.request.channel, self.request.message or self.request.channel}:
            place = await self._find_in(channel_id)
            if place:
                return place
        return None

    async def _find_in(self, channel_id: int) -> Place | None:
        try:
            channel = await self.bot.fetch_channel(channel_id)
            if not isinstance(channel, discord.abc.Messageable):
                return None
            async for message in channel.history(limit=_HISTORY, after=self.request.accepted - timedelta(minutes=1)):
                if self.bot.user and message.author.id == self.bot.user.id and self._is_marked(message):
                    return Place(message.channel.id, message.id)
        except discord.HTTPException:
            return None
        return None

    def _is_marked(self, message: discord.Message) -> bool:
        rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
        return any(
            (getattr(child, "custom_id", None) or "").split(":")[2:3] == [str(self.request.id)]
            for row in rows
            for child in row.children
        )

    def _webhook(self) -> discord.Webhook:
        application, token = self.bot.application_id, self.request.token
        if application is None or token is None:
            reason = "the bot has not logged in"
            raise RuntimeError(reason)
        return discord.Webhook.partial(application, token, client=self.bot)

    async def _channel(self) -> discord.abc.Messageable:
        if self.request.private:
            # The private answer's token is gone: what was meant for one reader goes to that reader.
            return await self.bot.fetch_user(self.request.user)
        if self.thread_name and self.request.message:
            return await self._thread()
        return self.bot.get_partial_messageable(self.request.channel, guild_id=self.request.guild)

    async def _thread(self) -> discord.abc.Messageable:
        source = self.bot.get_partial_messageable(self.request.channel, guild_id=self.request.guild)
        message = source.get_partial_message(self.request.message or 0)
        try:
            return await message.create_thread(name=clip(bare(self.thread_name or ""), THREAD_NAME))
        except discord.HTTPException as error:
            if error.code == _THREAD_EXISTS:
                # A thread made from a message has the message's id.
                return self.bot.get_partial_messageable(message.id, guild_id=self.request.guild)
            _log.info("request %s: no thread (%s), replying instead", self.request.id, error.code)
            return source

    def _reference(self, channel: discord.abc.Messageable) -> discord.MessageReference | None:
        if self.request.message is None or getattr(channel, "id", None) != self.request.channel:
            return None
        return discord.MessageReference(
            message_id=self.request.message, channel_id=self.request.channel, fail_if_not_exists=False
        )


async def _insist(act: Callable[[], Awaitable[_Value]]) -> _Value:
    """Repeat what may be repeated where the connection was lost: discord.py does so only for some ways of losing it."""
    for pause in _PAUSES:
        try:
            return await act()
        except (aiohttp.ClientError, OSError) as error:
            _log.info("the connection to Discord was lost (%s); trying again", error)
            await asyncio.sleep(pause)
    return await act()
