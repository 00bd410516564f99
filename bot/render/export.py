"""An edition of a digest outside Discord: Markdown, HTML, JSON and an Atom feed."""

from __future__ import annotations

import json
import re
from html import escape as html
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from bot.render.escape import escape as markdown
from bot.render.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.story import Edition, Story

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\n": None, "\r": None})
_POSTED = "Posted in Discord"
_STYLE = "body{font:17px/1.5 serif;max-width:42em;margin:2em auto;padding:0 1em}blockquote{color:#444}"


def edition_record(edition: Edition) -> dict[str, Any]:
    """An edition as a plain record."""
    return {
        "name": edition.name,
        "day": edition.day.isoformat(),
        "left_out": edition.left_out,
        "stories": [_story_record(story) for story in edition.stories],
    }


def _story_record(story: Story) -> dict[str, Any]:
    quote = story.quote
    return {
        "headline": story.headline,
        "sentences": list(story.sentences),
        "news": list(story.news),
        "quote": {"text": quote.text, "speaker": quote.speaker.name if quote.speaker else None} if quote else None,
        "disagreements": [
            {
                "about": found.about,
                "claims": [
                    {"text": one.text, "outlet": one.outlet, "paragraph": one.paragraph} for one in found.claims
                ],
            }
            for found in story.disagreements
        ],
        "articles": [
            {
                "title": report.article.title,
                "url": report.article.url,
                "outlet": report.outlet,
                "posts": [post.jump for post in report.posts],
            }
            for report in story.reports
        ],
    }


def to_json(edition: Edition) -> str:
    """An edition as JSON."""
    return json.dumps(edition_record(edition), ensure_ascii=False, indent=2) + "\n"


def to_markdown(edition: Edition) -> str:
    """An edition as Markdown."""
    parts = [f"# {markdown(plain(edition.name))}, {edition.day:%Y-%m-%d}"]
    for story in edition.stories:
        parts.append(f"## {markdown(plain(story.headline))}")
        parts.append(" ".join(markdown(plain(sentence)) for sentence in story.news or story.sentences))
        if story.quote:
            name = story.quote.speaker.name if story.quote.speaker else "—"
            parts.append(f"> “{markdown(plain(story.quote.text))}” — {markdown(plain(name))}")
        parts += [
            "Reports differ: "
            + "; ".join(f"“{markdown(plain(one.text))}” ({markdown(plain(one.outlet))})" for one in found.claims)
            for found in story.disagreements
        ]
        parts.append("\n".join(f"- {markdown(plain(name))}: <{url}>" for name, url in _links(story)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _links(story: Story) -> list[tuple[str, str]]:
    """Articles and the messages that posted them; a page may have claimed an address for itself that is none."""
    named = []
    for report in story.reports:
        named.append((report.article.title or report.outlet, report.article.url or ""))
        named += [(f"{_POSTED} ({report.outlet})", post.jump) for post in report.posts]
    return [(name, url.translate(_NOT_IN_ADDRESS)) for name, url in named if url.startswith(("https://", "http://"))]


def _html(text: str) -> str:
    """Text without control characters, and without what XML cannot hold, escaped."""
    return html(_NOT_XML.sub("", plain(text)))


def to_html(edition: Edition) -> str:
    """An edition as one HTML page that loads nothing."""
    title = f"{_html(edition.name)}, {edition.day:%Y-%m-%d}"
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
    body = "".join(_story_html(story) for story in edition.stories)
    return f"{head}<body><h1>{title}</h1>{body}</body></html>\n"


def _story_html(story: Story) -> str:
    parts = [f"<h2>{_html(story.headline)}</h2>"]
    parts.append(f"<p>{_html(' '.join(story.news or story.sentences))}</p>")
    if story.quote:
        name = story.quote.speaker.name if story.quote.speaker else "—"
        parts.append(f"<blockquote>“{_html(story.quote.text)}” — {_html(name)}</blockquote>")
    for found in story.disagreements:
        claims = "; ".join(f"“{_html(one.text)}” ({_html(one.outlet)})" for one in found.claims)
        parts.append(f"<p>Reports differ: {claims}</p>")
    items = "".join(f'<li><a href="{html(url)}">{_html(name)}</a></li>' for name, url in _links(story))
    return "".join(parts) + f"<ul>{items}</ul>"


def to_atom(editions: Sequence[Edition], address: str) -> str:
    """An Atom feed of editions, the newest first; `address` names the feed, it need not be reachable."""
    updated = f"{editions[0].day.isoformat()}T00:00:00Z" if editions else "1970-01-01T00:00:00Z"
    name = _html(editions[0].name) if editions else "Verbatim"
    rows = [
        f"<entry><id>{xml(address)}#{one.day.isoformat()}</id><title>{_html(one.name)}, {one.day}</title>"
        f"<updated>{one.day.isoformat()}T00:00:00Z</updated>"
        f'<content type="html">{xml("".join(_story_html(story) for story in one.stories))}</content></entry>'
        for one in editions
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{xml(address)}</id><title>{name}</title><updated>{updated}</updated>"
        f'<link rel="self" href={quoteattr(address)}/><author><name>Verbatim</name></author>{"".join(rows)}</feed>\n'
    )
