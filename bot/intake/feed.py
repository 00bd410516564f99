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
    entries = [entry for entry in table.get("items") or [] if isinstance(entry, dict)]
    rows = [(entry.get("id"), entry.get("url") or entry.get("external_url"), entry.get("title")) for entry in entries]
    return Feed(_plain(table.get("title")), _items(rows))


def _read_xml(data: bytes) -> Feed | None:
    import feedparser  # noqa: PLC0415  its import takes a while, and only digests need it

    # Given a stream, feedparser never takes the bytes for an address to open.
    parsed: Any = feedparser.parse(io.BytesIO(data), resolve_relative_uris=True, sanitize_html=False)
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
