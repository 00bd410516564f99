from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.intake.metadata import PageMetadata, page_metadata, parse_moment
from bot.intake.tree import parse


def _read(head: str = "", body: str = "<p>x</p>", url: str | None = "https://post.example/news/1") -> PageMetadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return page_metadata(tree, url)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Bridge to close in spring | The Post</title>", "", "Bridge to close in spring"),
        ("<title>Bridge to close in spring - post.example</title>", "", "Bridge to close in spring"),
        ("<title>Bridge - a history of the crossing</title>", "", "Bridge - a history of the crossing"),
        ('<meta property="og:title" content="Bridge closes &amp;amp; reopens">', "", "Bridge closes & reopens"),
        ("<title>Bridge to close | Post</title>", "<h1>Bridge to close</h1>", "Bridge to close"),
        ("<title>Bridge to close | The Post</title>", "<h1>The Post</h1><h1>Bridge to close</h1>", "Bridge to close"),
        ("", "<h1>Only\n a heading</h1>", "Only a heading"),
        ("", "", None),
    ],
)
def test_finds_the_headline(head: str, body: str, title: str | None) -> None:
    assert _read(head, body or "<p>x</p>").title == title


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta name="author" content="By Ann Lind">', "Ann Lind"),
        ('<meta name="author" content="admin">', None),
        ('<meta property="article:author" content="https://facebook.com/ann">', None),
        ('<meta property="og:site_name" content="The Post"><meta name="author" content="The Post">', None),
        ("", None),
    ],
)
def test_finds_who_wrote_it(head: str, byline: str | None) -> None:
    assert _read(head).byline == byline


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/news/one?utm_source=x">', "https://post.example/news/one"),
        ('<link rel="canonical" href="https://www.post.example/news/one">', "https://www.post.example/news/one"),
        ('<link rel="canonical" href="https://post.example/">', "https://post.example/news/1"),
        ('<link rel="canonical" href="https://other.test/news">', "https://post.example/news/1"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://post.example/news/1"),
        ('<link rel="canonical" href="http://[bad">', "https://post.example/news/1"),
        ('<meta property="og:url" content="https://post.example/news/two">', "https://post.example/news/two"),
    ],
)
def test_believes_a_canonical_link_within_the_site(head: str, url: str) -> None:
    assert _read(head).url == url


def test_names_the_site_by_its_host_at_least() -> None:
    assert _read(url="https://www.post.example/a").site == "post.example"
    assert _read(url=None).site is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02T07:30:00Z", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        ("2026-03-02T07:30:00+01:00", datetime(2026, 3, 2, 7, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 02 Mar 2026 07:30:00 GMT", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("2026-99-99", None),
        ("9" * 300, None),
    ],
)
def test_reads_dates_as_aware_moments(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment
