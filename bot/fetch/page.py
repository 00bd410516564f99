"""What following a link gives, and the protocol of whatever follows links. It must not know how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

ARTICLE_TYPES = frozenset(
    "text/html application/xhtml+xml text/plain text/markdown text/x-markdown application/pdf".split()
)
FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json "
    "application/xml text/xml text/html text/plain".split()
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site said of its version of a page, as sent, to ask later whether it has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at a link.

    `body` is unpacked; `url` is the final one, without fragment; `content_type` is lower-case, without parameters;
    `charset` is what the site named, lower-case and not checked.
    """

    body: bytes
    url: str
    content_type: str
    charset: str | None = None
    validators: Validators = Validators()
    status: int = 200


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when its validators were given."""

    url: str


class Fetcher(Protocol):
    """Follows links.

    Both methods raise a FetchError where the link cannot be followed, TooLarge where the page is over the limit,
    and NotAnArticle or Unreadable where its type is not among `types`.
    """

    async def fetch(self, link: str, *, types: frozenset[str] = ARTICLE_TYPES) -> Page:
        """Get what stands at `link`."""
        ...

    async def refetch(self, link: str, known: Validators, *, types: frozenset[str] = FEED_TYPES) -> Page | NotModified:
        """Get what stands at `link` unless it is the version that `known` tells of."""
        ...
