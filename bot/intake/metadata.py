"""Find what a page says of its article beside the text: title, byline, date, site, language, canonical link.

JSON-LD is asked first, then meta elements, then what the page shows; the rules for bylines and dates that stand only
in the page are trafilatura's and htmldate's.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.intake.linked_data import linked_data
from bot.intake.tree import is_huge
from bot.text.links import canonical_link
from bot.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from bot.intake.linked_data import LinkedData

_TITLE_LONGEST = 300
_BYLINE_LONGEST = 120
_MOST_AUTHORS = 8
_BY = re.compile(r"^(?:by|written by|von|par|por|di|door)\b[\s:]*", re.IGNORECASE)
_SITE_AT_END = re.compile(r"(?P<head>.*\S)\s+(?P<mark>[|–—:»-]{1,2})\s+(?P<tail>\S.*)")
_NO_NAME = re.compile(
    r"https?:|www\.|@|^(?:admin|editor|staff|author|user|guest|none|null|unknown|name)\w*$|\b(?:wp|is)-\w",
    re.IGNORECASE,
)
_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created",
    "citation_publication_date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR_METAS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "citation_author",
    "article:author",
    "byl",
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says of its article; `locked` where it says that the text is not free to read."""

    title: str | None
    byline: str | None
    published: datetime | None
    site: str | None
    language: str | None
    url: str | None
    locked: bool = False


def page_metadata(tree: HtmlElement, url: str | None) -> PageMetadata:
    """Read the metadata of a parsed page that was fetched from `url`."""
    said = linked_data(tree)
    metas = _metas(tree)
    site = _site(said, metas, url)
    return PageMetadata(
        title=_title(tree, said, metas, site),
        byline=_byline(tree, said, metas, site),
        published=_published(tree, said, metas),
        site=site,
        language=_language(tree, said, metas),
        url=_canonical(tree, metas, url),
        locked=said.locked,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Map the names of the meta elements, in small letters, to the first content of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().casefold()
        content = _line(html.unescape(meta.get("content") or ""))
        if name and content:
            found.setdefault(name, content)
    return found


def _site(said: LinkedData, metas: dict[str, str], url: str | None) -> str | None:
    named = metas.get("og:site_name") or said.publisher or metas.get("application-name")
    return named or (_host(url) if url else None)


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _title(tree: HtmlElement, said: LinkedData, metas: dict[str, str], site: str | None) -> str | None:
    """Choose the headline: the page's h1 where the other titles bear it out, else what the page declares."""
    element = tree.find(".//title")
    shown = _line(element.text_content()) if element is not None else ""
    declared = [title for title in (metas.get("og:title", ""), _line(said.headline), shown) if title]
    headings = [text for h1 in tree.iter("h1") if (text := _line(h1.text_content()))]
    for heading in headings:
        if any(_bears_out(title, heading) for title in declared) and not _names_site(heading, site, shown):
            return heading[:_TITLE_LONGEST]
    candidates = declared or headings
    return _without_site(candidates[0], site)[:_TITLE_LONGEST] if candidates else None


def _names_site(heading: str, site: str | None, shown: str) -> bool:
    """Tell a logo from a headline: it is the site's name, or the page's title ends in it."""
    name = _letters(heading)
    return name == _letters(site or "") or bool(re.search(rf"\S [|–—:·-]+ {re.escape(heading)}$", shown))


def _line(text: str) -> str:
    return normalize(text).replace("\n", " ")


def _bears_out(title: str, heading: str) -> bool:
    short, long = sorted((_letters(title), _letters(heading)), key=len)
    return len(short) >= 8 and short in long and len(short) * 4 >= len(long)  # noqa: PLR2004  "Home" is no headline


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _without_site(title: str, site: str | None) -> str:
    """Leave out the site's name at the end of a title: "Headline | The Paper"."""
    match = _SITE_AT_END.fullmatch(title)
    if not match:
        return title
    tail, name = _letters(match["tail"]), _letters(site or "")
    is_site = bool(name) and (tail in name or name in tail)
    return match["head"] if is_site or ("|" in match["mark"] and len(tail) < len(match["head"])) else title


def _byline(tree: HtmlElement, said: LinkedData, metas: dict[str, str], site: str | None) -> str | None:
    for names in (said.authors, [metas[name] for name in _AUTHOR_METAS if name in metas][:1], _shown_authors(tree)):
        kept = list(dict.fromkeys(name for raw in names if (name := _name(raw, site))))
        if kept:
            return ", ".join(kept[:_MOST_AUTHORS])
    return None


def _name(raw: str, site: str | None) -> str:
    name = _BY.sub("", _line(raw)).strip(" ,;|")
    if len(name) > _BYLINE_LONGEST or _NO_NAME.search(name) or not re.search(r"[^\W\d_]", name):
        return ""
    return "" if site and _letters(name) == _letters(site) else name


def _shown_authors(tree: HtmlElement) -> Iterable[str]:
    if is_huge(tree):
        return []
    from trafilatura.metadata import extract_author  # noqa: PLC0415  slow to import

    return [name for name in (extract_author(tree) or "").split("; ") if name]


def _published(tree: HtmlElement, said: LinkedData, metas: dict[str, str]) -> datetime | None:
    stated = [said.published, *(metas[name] for name in _DATE_METAS if name in metas)]
    stated += [time.get("datetime") or "" for time in list(tree.iter("time"))[:1]]
    for text in stated:
        if moment := parse_moment(text):
            return moment
    if is_huge(tree):
        return None
    from htmldate import find_date  # noqa: PLC0415  slow to import

    found = find_date(tree, original_date=True, extensive_search=False)
    return parse_moment(found) if found else None


def parse_moment(text: str) -> datetime | None:
    """Read an ISO 8601 or RFC 5322 date; the result is aware, in UTC where the text names no zone."""
    text = text.strip()[:60]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _language(tree: HtmlElement, said: LinkedData, metas: dict[str, str]) -> str | None:
    declared = (tree.get("lang"), tree.get("xml:lang"), metas.get("og:locale"), said.language)
    for value in declared:
        match = re.match(r"([a-z]{2})(?:[-_]|$)", (value or "").strip().casefold())
        if match:
            return match[1]
    return None


def _canonical(tree: HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    """Take the canonical link of the page unless it leads to another site or to the front page."""
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold()]
    for link in (*links[:1], metas.get("og:url", "")):
        try:
            full = urljoin(url or "", link.strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and _may_replace(full, url):
            return canonical_link(full)
    return canonical_link(url) if url else None


def _may_replace(link: str, url: str | None) -> bool:
    if url is None:
        return True
    ours, theirs = _host(url) or "", _host(link) or ""
    is_front = urlsplit(link).path in {"", "/"} and urlsplit(url).path not in {"", "/"}
    return not is_front and ours.split(".")[-2:] == theirs.split(".")[-2:]
