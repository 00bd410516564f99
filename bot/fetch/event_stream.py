"""Cut a stream of bytes into server-sent events (WHATWG HTML, section 9.2.6), however it was cut on the way. Pure.

Two dialects are read beside the standard: older llama.cpp tells an error in a field of that name, and some servers
drop a bare JSON object into the stream. It must not know what the events say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.errors import WriterUnavailable

MOST_BYTES: Final = 262_144
"""Of one event; a piece of an answer has some hundreds."""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ERROR = "error"


@dataclass(frozen=True, slots=True)
class Event:
    """What one event carries; `is_error` where the stream itself calls it one."""

    data: str
    is_error: bool = False


class EventStream:
    """Give it the bytes as they come; comments, ids and whatever else keeps a connection alive are dropped."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._line = bytearray()
        self._data: list[str] = []
        self._size = 0
        self._is_error = False
        self._is_first = True
        self._after_return = False

    def feed(self, piece: bytes) -> list[Event]:
        """Take the next bytes, and give the events that they complete.

        Raises:
            WriterUnavailable: an event is too large.
        """
        if self._after_return and piece:
            # A line may end with two bytes that came apart.
            piece = piece.removeprefix(b"\n")
            self._after_return = False
        if not piece:
            return []
        self._after_return = piece.endswith(b"\r")
        first, *rest = _LINE_END.split(piece)
        self._line += first
        events: list[Event] = []
        for start in rest:
            self._check_size(len(self._line))
            events += self._end_line()
            self._line += start
        self._check_size(len(self._line))
        return events

    def close(self) -> list[Event]:
        """Give what stands at the end of the stream: some servers leave out the last line's end."""
        return self._end_line() + self._end_event()

    def _check_size(self, more: int) -> None:
        if self._size + more > self._most_bytes:
            message = f"The writer's server sent an event of more than {self._most_bytes:,} bytes."
            raise WriterUnavailable(message)

    def _end_line(self) -> list[Event]:
        raw = bytes(self._line)
        self._line.clear()
        if self._is_first:
            raw = raw.removeprefix(_BYTE_ORDER_MARK)
            self._is_first = False
        if not raw:
            return self._end_event()
        self._read_field(raw.decode("utf-8", "replace"))
        return []

    def _read_field(self, line: str) -> None:
        field, _, value = ("data", "", line) if line.startswith("{") else line.partition(":")
        value = value.removeprefix(" ")
        if field in {"data", _ERROR}:
            self._data.append(value)
            self._size += len(line)
        if field == _ERROR or (field == "event" and value == _ERROR):
            self._is_error = True

    def _end_event(self) -> list[Event]:
        data, is_error = "\n".join(self._data), self._is_error
        self._data, self._size, self._is_error = [], 0, False
        return [Event(data, is_error)] if data or is_error else []
