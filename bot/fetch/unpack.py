"""Unpack a compressed body piece by piece, never holding more than the limit allows. Pure."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from bot.errors import TooLarge, Unreachable, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

ACCEPT_ENCODING = "gzip, deflate"
_EITHER_HEADER = zlib.MAX_WBITS | 32


class _Inflater(Protocol):
    """The part of zlib's object that is used; typeshed gives its class no public name."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class Body:
    """Collects a body as it comes in, unpacked, up to `limit` bytes, both packed and unpacked.

    Raises (from `add` and `finish`):
        TooLarge: the body is over the limit.
        Unreadable: the packing is not one that was asked for.
        Unreachable: the packed data is damaged or ends early.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._parts = bytearray()
        self._new = _inflater_for(encoding)
        self._inflater = self._new() if self._new else None

    def add(self, data: bytes) -> None:
        """Take the next piece as the site sent it."""
        self._taken += len(data)
        if self._taken > self._limit:
            raise too_large(self._limit)
        if self._inflater is None:
            self._parts += data
        else:
            self._unpack(data)

    def finish(self) -> bytes:
        """The whole body."""
        if self._inflater is not None and self._taken and not self._inflater.eof:
            raise _damaged()
        return bytes(self._parts)

    def _unpack(self, data: bytes) -> None:
        rest = data
        while rest and self._inflater and self._new:
            if self._inflater.eof:
                # A gzip body may be several members end to end (RFC 1952, 2.2); other trailing bytes are padding.
                if not rest.startswith(b"\x1f\x8b"):
                    return
                self._inflater = self._new()
            self._parts += self._inflate(self._inflater, rest)
            if len(self._parts) > self._limit:
                raise too_large(self._limit)
            rest = self._inflater.unused_data

    def _inflate(self, inflater: _Inflater, data: bytes) -> bytes:
        # One byte over the limit is enough to know; without a bound a few bytes could unpack to gigabytes.
        try:
            return inflater.decompress(data, self._limit - len(self._parts) + 1)
        except zlib.error as error:
            raise _damaged() from error


def too_large(limit: int) -> TooLarge:
    """The error for a page over the limit."""
    size = f"{limit / 1_048_576:g} MiB" if limit >= 1_048_576 else f"{limit:,} bytes"  # noqa: PLR2004
    reason = f"The page is larger than {size}."
    return TooLarge(reason, "Paste the part that matters.")


def _damaged() -> Unreachable:
    reason = "The site sent a page whose compressed data is damaged."
    return Unreachable(reason)


def _inflater_for(encoding: str) -> Callable[[], _Inflater] | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return lambda: zlib.decompressobj(_EITHER_HEADER)
        case other:
            reason = f"The site sent the page packed as {other[:40]!r}, which it was not asked for."
            raise Unreadable(reason, "Paste the article's text.")
