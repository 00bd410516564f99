from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.intake.feed import Feed, FeedItem, read_feed
from bot.intake.opml import read_opml, write_opml

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The <b>Post</b></title>
<item><title>Bridge closes</title><link>https://p.example/a?utm_source=rss</link><guid>g1</guid></item>
<item><title>No link</title></item>
<item><title>Odd</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>
<entry><id>tag:1</id><title type="html">A &amp; B</title><link href="https://p.example/b"/></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [{"id": 7, "url": "https://p.example/c", "title": "C"}, "x", {"id": 8}],
    }
).encode()


@pytest.mark.parametrize(
    ("data", "feed"),
    [
        (RSS, Feed("The Post", (FeedItem("g1", "https://p.example/a", "Bridge closes"),))),
        (ATOM, Feed("Atom", (FeedItem("tag:1", "https://p.example/b", "A & B"),))),
        (JSON, Feed("J", (FeedItem("7", "https://p.example/c", "C"),))),
    ],
)
def test_the_three_kinds_are_read(data: bytes, feed: Feed) -> None:
    assert read_feed(data) == feed


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Hello</body></html>", b"{}", b'{"version": 1}', b"\x00\x01", b"[" * 5000]
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no feed"):
        read_feed(data)


def test_a_json_feed_may_have_no_items_or_nonsense_in_their_place() -> None:
    assert read_feed(b'{"version": "https://jsonfeed.org/version/1", "title": "J", "items": 5}') == Feed("J", ())


def test_entities_are_not_followed() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    bomb += (
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&b;&f;</title></channel></rss>'
    )
    assert "root" not in read_feed(bomb).title


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_feed_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read_feed(data), Feed)


def test_the_same_news_keeps_its_sameness() -> None:
    first = FeedItem("1", "https://p.example/1", "Bridge closes!")
    assert FeedItem("2", "https://p.example/2", "bridge  CLOSES").sameness == first.sameness
    assert FeedItem("2", "https://p.example/2", "Bridge opens").sameness != first.sameness


def test_opml_survives_a_round_trip() -> None:
    feeds = [("https://p.example/rss?a=1&b=2", 'The "Post" <&>'), ("https://q.example/", "Q")]
    assert read_opml(write_opml(feeds).encode()) == feeds


@pytest.mark.parametrize("data", [b"", b"<opml/>", b"not xml", b'<opml><outline xmlUrl="file:///etc/passwd"/></opml>'])
def test_a_file_without_feeds_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no feed"):
        read_opml(data)
