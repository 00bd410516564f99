"""Read a feed: RSS, Atom or JSON Feed, as bytes, into its title and items. Opens no connection.

Feeds are hostile: what is broken is skipped, sizes are capped, and entities are not followed.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import Unreadable
from bot.text.links import canonical_link

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_ITEMS = 200
_MOST_TITLE = 300
_MOST_XML = 2 * 1024 * 1024
"""Bytes of an XML feed that are read, the newest items among them; nested tags without end cost 8 seconds a MiB."""
_HEAD = 65_536
_MARKS = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_HALF = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)
"""Half of a character outside the first plane, by number: feedparser stumbles over it."""
_TAG = re.compile(r"<[^>]{0,500}>")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry: `guid` is the publisher's name for it, or the link; `link` is in canonical form."""

    guid: str
    link: str
    title: str

    @property
    def sameness(self) -> str:
        """A name of the title's words: the same news keeps it when the publisher changes its date or link."""
        words = " ".join(re.findall(r"\w+", self.title.lower()))
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24] if words else self.guid[:64]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read, the items in its order."""

    title: str
    items: tuple[FeedItem, ...]


def read_feed(data: bytes) -> Feed:
    """Read a feed of any of the three kinds.

    Raises:
        Unreadable: it is no feed.
    """
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    feed = _read_json(data) if start.startswith(b"{") else _read_xml(data)
    if feed is None:
        message = "That address gives no feed."
        raise Unreadable(message, "Give the address of an RSS, Atom or JSON feed.")
    return feed


def _read_json(data: bytes) -> Feed | None:
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict) or "jsonfeed.org" not in str(table.get("version", "")):
        return None
    items = table.get("items")
    entries = [entry for entry in items if isinstance(entry, dict)] if isinstance(items, list) else []
    rows = [(entry.get("id"), entry.get("url") or entry.get("external_url"), entry.get("title")) for entry in entries]
    return Feed(_plain(table.get("title")), _items(rows))


def _read_xml(data: bytes) -> Feed | None:
    import feedparser  # noqa: PLC0415  its import takes a while, and only digests need it

    if b"\0" not in data[:_HEAD] and not _MARKS.search(data[:_HEAD]):
        return None
    try:
        # Given a stream, feedparser never takes the bytes for an address to open.
        stream = io.BytesIO(_HALF.sub(b"", data[:_MOST_XML]))
        parsed: Any = feedparser.parse(stream, resolve_relative_uris=True, sanitize_html=False)
    except Exception:  # noqa: BLE001  its parsers of broken markup may stumble in ways that nobody has listed
        return None
    if not parsed.get("version") and not parsed.entries:
        return None
    rows = [(entry.get("id"), entry.get("link"), entry.get("title")) for entry in parsed.entries]
    return Feed(_plain(parsed.feed.get("title")), _items(rows))


def _items(rows: Iterable[tuple[object, object, object]]) -> tuple[FeedItem, ...]:
    found = []
    for guid, link, title in rows:
        if isinstance(link, str) and link.startswith(("http://", "https://")):
            canonical = canonical_link(link)
            found.append(FeedItem(str(guid or canonical)[:1000], canonical, _plain(title) or canonical))
        if len(found) == _MOST_ITEMS:
            break
    return tuple(found)


def _plain(text: object) -> str:
    """A title without markup, on one line."""
    return " ".join(_TAG.sub(" ", text).split())[:_MOST_TITLE] if isinstance(text, str) else ""
