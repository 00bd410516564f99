"""Collect a body as it comes in, unpacked, never holding more than the limit allows. Pure."""

from __future__ import annotations

import zlib

from bot.errors import TooLarge, Unreachable, Unreadable

ACCEPT_ENCODING = "gzip"
"""Not deflate, which servers send in two forms; one of them is taken all the same."""
_EITHER_HEADER = zlib.MAX_WBITS | 32
_MEMBER = b"\x1f\x8b"
_MOST_MEMBERS = 64
"""Servers send one gzip member, or a few; hundreds of thousands of empty ones would only cost time."""
_MEBIBYTE = 1_048_576


class Body:
    """A body of at most `limit` bytes, both packed and unpacked.

    Raises (from all methods):
        TooLarge: the body is over the limit.
        Unreadable: the packing is not one that was asked for.
        Unreachable: the packed data is damaged or ends early.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._parts = bytearray()
        self._unpacker = _unpacker_for(encoding)

    def add(self, data: bytes) -> None:
        """Take the next piece as the site sent it."""
        self._taken += len(data)
        if self._taken > self._limit:
            raise too_large(self._limit)
        # One byte more than there is room for is enough to know.
        room = self._limit - len(self._parts) + 1
        self._parts += self._unpacker.unpack(data, room) if self._unpacker else data
        if len(self._parts) > self._limit:
            raise too_large(self._limit)

    def finish(self) -> bytes:
        """The whole body."""
        if self._unpacker and self._taken and not self._unpacker.complete:
            raise _damaged()
        return bytes(self._parts)


class _Unpacker:
    """Inflates a stream of gzip members, or one zlib stream; what follows is padding."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(_EITHER_HEADER)
        self._members = 1
        self._padded = False
        self._undecided = b""

    @property
    def complete(self) -> bool:
        """Whether the stream has come to its end."""
        return self._inflater.eof

    def unpack(self, data: bytes, most: int) -> bytes:
        """Inflate the next piece to at most `most` bytes: without a bound, a few bytes could become gigabytes."""
        unpacked = b""
        rest, self._undecided = self._undecided + data, b""
        while rest and len(unpacked) < most:
            if self._inflater.eof and not self._begin_member(rest):
                break
            try:
                unpacked += self._inflater.decompress(rest, most - len(unpacked))
            except zlib.error as error:
                raise _damaged() from error
            rest = self._inflater.unused_data
        return unpacked

    def _begin_member(self, rest: bytes) -> bool:
        """Tell whether a further member begins here (RFC 1952, section 2.2), and make ready for it."""
        if self._padded or not _MEMBER.startswith(rest[: len(_MEMBER)]):
            self._padded = True
            return False
        if len(rest) < len(_MEMBER):
            self._undecided = rest
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise _damaged()
        self._inflater = zlib.decompressobj(_EITHER_HEADER)
        return True


def too_large(limit: int) -> TooLarge:
    """The error for a page over the limit."""
    size = f"{limit / _MEBIBYTE:g} MiB" if limit >= _MEBIBYTE else f"{limit:,} bytes"
    reason = f"The page is larger than {size}."
    return TooLarge(reason, "Paste the part that matters.")


def _damaged() -> Unreachable:
    reason = "The site sent a page whose compressed data is damaged."
    return Unreachable(reason)


def _unpacker_for(encoding: str) -> _Unpacker | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return _Unpacker()
        case other:
            reason = f"The site sent the page packed as {other[:40]!r}, which it was not asked for."
            raise Unreadable(reason, "Paste the article's text.")
