"""Find the links in a message and bring a link to one canonical form, the key under which its article is kept.

Pure spelling: nothing is fetched, and whether a link may be followed is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from bot.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LINK = 4_096
_LINK = re.compile(r"\bhttps?://[^\s<>\"`\\^{}|]+", re.IGNORECASE)
_CLOSING = ".,;:!?'*_~’”»…)]"
_PAIRS = {")": "(", "]": "["}
_DEFAULT_PORTS = {"http": 80, "https": 443}

# What newsletters, networks and newsrooms hang on a link to see where a reader came from.
_TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "pk_",
    "piwik_",
    "mc_",
    "hsa_",
    "oly_",
    "vero_",
    "at_",
    "ns_",
    "_hs",
    "guce_",
)
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mkt_tok _ga _gl "
    "s_cid s_kwcid cmpid cmp icmpid icid ocid ncid mbid xtor wt_mc wt.mc_id wt_zmc smid smtyp sref srnd ito ref_src "
    "ref_url rss spref sharetoken share_id guccounter __twitter_impression __source __tn__ mibextid sc_cid "
    "ck_subscriber_id trk trkcampaign taid soc_src soc_trk tpcc".split()
)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a message: `url` is `text[span]`."""

    url: str
    span: Span


def find_links(text: str) -> tuple[Link, ...]:
    """Find the http and https links of a message in their order, each canonical form once.

    Punctuation that ends a sentence, the marks of Markdown and an unpaired bracket do not belong to a link.
    """
    first: dict[str, Link] = {}
    for link in _links(text):
        first.setdefault(canonical_link(link.url), link)
    return tuple(first.values())


def canonical_link(url: str) -> str:
    """Bring equal links to one spelling, and leave out the parameters that only track the reader.

    Scheme and host in small letters, no default port, no fragment, no needless escapes (RFC 3986, section 6.2).
    The order of the other parameters is kept, since a site may mind it. What is no link comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts), parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return url
    place = host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    path = _plain_escapes(parts.path) or "/"
    query = "&".join(_plain_escapes(pair) for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    return f"{parts.scheme}://{place}{path}{'?' if query else ''}{query}"


def _links(text: str) -> Iterator[Link]:
    for match in _LINK.finditer(text):
        url = _without_closing(match.group())
        if len(url) <= _MAX_LINK and _has_host(url):
            yield Link(url, Span(match.start(), match.start() + len(url)))


def _without_closing(url: str) -> str:
    depth = {mark: url.count(mark) - url.count(opener) for mark, opener in _PAIRS.items()}
    end = len(url)
    while end and url[end - 1] in _CLOSING:
        mark = url[end - 1]
        if mark in _PAIRS:
            if depth[mark] <= 0:
                break
            depth[mark] -= 1
        end -= 1
    return url[:end]


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host:
        host = f"[{host}]"
    user, at, _ = parts.netloc.rpartition("@")
    return f"{user}{at}{host}" if host else ""


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _plain_escapes(part: str) -> str:
    return _ESCAPE.sub(_plain_escape, part)


def _plain_escape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code in _UNRESERVED else match[0].upper()
