"""Decide from a page's declared type, and its first bytes where none is declared, whether it is of use. Pure."""

from __future__ import annotations

from bot.errors import NotAnArticle, Unreadable

# Declared where the server does not know, so the bytes are asked.
_UNKNOWN = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_MEDIA = frozenset({"image", "audio", "video", "font", "model"})
_SNIFFED_BYTES = 1_024
"""The WHATWG MIME Sniffing Standard reads 1,445; enough here, since only three kinds are told apart."""


def checked_type(declared: str, types: frozenset[str], body: bytes | None = None) -> str:
    """The type of a page, lower-case; empty where only its bytes can tell and `body` is None.

    Raises:
        NotAnArticle: it is a picture, a film, a sound.
        Unreadable: it is of any other type that is not in `types`.
    """
    kind = declared.strip().lower()
    if kind in _UNKNOWN:
        if body is None:
            return ""
        kind = _sniff(body)
    if kind in types:
        return kind
    if kind.partition("/")[0] in _MEDIA:
        reason = f"The link leads to a file of the type {kind[:60]}, not to an article."
        raise NotAnArticle(reason)
    reason = f"The link leads to a file of the type {kind[:60]}, which is not read."
    raise Unreadable(reason)


def _sniff(body: bytes) -> str:
    start = body[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if start.startswith(b"<?xml") and b"<html" not in start:
        return "application/xml"
    if start.startswith(b"<"):
        return "text/html"
    return "application/octet-stream" if b"\x00" in start else "text/plain"
