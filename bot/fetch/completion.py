"""What a chat model's server is asked and what it answers, read from its JSON in every dialect. Pure.

An answer comes in pieces (a stream of `chat.completion.chunk`) or whole (a `chat.completion`). What a model thinks
aloud, in fields of its own or between tags, is no part of it. Nothing that the server says of a fault is repeated:
it may hold the text that was sent, or the key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.errors import WriterUnavailable

if TYPE_CHECKING:
    from bot.fetch.event_stream import Event

MOST_CHARACTERS: Final = 32_768
"""Of one answer; a summary has a thousand."""
_DONE = "[DONE]"
_STOPPED = "stop"
_WITHHELD = frozenset({"content_filter", "tool_calls", "function_call"})
"""Ends after which what came is no answer."""
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
"""Between these a model thinks aloud; some templates write the first one for it."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What a model is asked: who it is to be, what it is to do, and how many tokens it may write."""

    system: str
    user: str
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote; `finished` tells that it came to an end by itself."""

    text: str
    finished: bool


class ServerFault(Exception):
    """The server told of a fault in place of an answer; `status` is the HTTP status that it named, or None."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class Reply:
    """Puts one answer together; `is_whole` once its end has come."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._characters = 0
        self._end = ""
        self._is_done = False

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing more is to come; a stream that is done without a word or a reason broke off."""
        return bool(self._end) or (self._is_done and self._characters > 0)

    def add(self, event: Event) -> None:
        """Take the next event of a stream; see `add_json`."""
        if event.data.strip() == _DONE:
            self._is_done = True
        elif event.is_error:
            raise ServerFault(_status(event.data))
        elif event.data.strip():
            self.add_json(event.data)

    def add_json(self, text: str | bytes) -> None:
        """Take a piece, or the whole, of an answer.

        Raises:
            ServerFault: it tells of a fault.
            WriterUnavailable: it is not of the form of an answer, or makes it too long.
        """
        body = _object(text)
        if body.get("error"):
            raise ServerFault(_status_of(body["error"]))
        choices = body.get("choices")
        if not isinstance(choices, list):
            raise _odd()
        # An empty list comes with the counts of tokens, at the end.
        for choice in choices[:1]:
            self._add_choice(choice)

    def completion(self) -> Completion:
        """The answer as far as it has come."""
        text = "" if self._end in _WITHHELD else "".join(self._pieces)
        spoken = text.rpartition(_THOUGHT_ENDS)[2].partition(_THOUGHT)[0]
        return Completion(spoken.strip(), self._end == _STOPPED)

    def _add_choice(self, choice: object) -> None:
        if not isinstance(choice, dict):
            raise _odd()
        said = choice.get("delta") or choice.get("message")
        content = said.get("content") if isinstance(said, dict) else None
        # llama.cpp opens with null.
        if isinstance(content, str):
            self._characters += len(content)
            if self._characters > MOST_CHARACTERS:
                message = f"The writer's server wrote more than {MOST_CHARACTERS:,} characters."
                raise WriterUnavailable(message)
            self._pieces.append(content)
        end = choice.get("finish_reason")
        # Older Ollama gives "" with every piece before the last.
        self._end = end if isinstance(end, str) else self._end


def model_names(text: bytes) -> tuple[str, ...]:
    """The names in an answer to `/models`.

    Raises:
        ServerFault: it tells of a fault.
        WriterUnavailable: it is not of the form of such an answer.
    """
    body = _object(text)
    if body.get("error"):
        raise ServerFault(_status_of(body["error"]))
    listed = body.get("data")
    # Ollama with no model says null.
    if not isinstance(listed, list | None):
        raise _odd()
    names = (item.get("id") for item in listed or () if isinstance(item, dict))
    return tuple(name for name in names if isinstance(name, str))


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise _odd() from None
    if not isinstance(body, dict):
        raise _odd()
    return body


def _status(text: str) -> int | None:
    try:
        body = _object(text)
    except WriterUnavailable:
        return None
    return _status_of(body.get("error") or body)


def _status_of(error: object) -> int | None:
    code = error.get("code") if isinstance(error, dict) else None
    return code if type(code) is int else None


def _odd() -> WriterUnavailable:
    message = "The writer's server gave an answer that is not of the form of OpenAI's."
    return WriterUnavailable(message, "See whether writer_server.url is the address of a model's server.")
