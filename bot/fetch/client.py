"""The guarded web client: follows one link to a page, and never into a private network.

Each hop's host is resolved once, its addresses are checked, and the connection is made to exactly those (so a name
that answers differently a moment later gains nothing); the TLS name stays the host's. No cookies, no proxies of the
environment, no connection kept. It must not know what is made of a page.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from bot import __version__
from bot.errors import BadLink, FetchError, ForbiddenAddress, Unreachable
from bot.fetch.address import is_public
from bot.fetch.faults import FOREIGN, from_foreign, from_status
from bot.fetch.page import ARTICLE_TYPES, FEED_TYPES, NotModified, Page, Validators
from bot.fetch.resolve import PinnedResolver, Resolver, system_resolver
from bot.fetch.target import literal_address, read_link
from bot.fetch.types import checked_type
from bot.fetch.unpack import ACCEPT_ENCODING, Body, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.config import Fetch
    from bot.fetch.address import IPAddress

_CHARSET = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_LAST_GOOD = 299


class WebClient:
    """A Fetcher on aiohttp.

    `allow` says which addresses may be connected to; the default is the configuration's: public ones, or all.
    """

    def __init__(
        self,
        settings: Fetch,
        page_bytes: int,
        *,
        resolve: Resolver = system_resolver,
        allow: Callable[[IPAddress], bool] | None = None,
    ) -> None:
        self._settings = settings
        self._page_bytes = page_bytes
        self._resolve = resolve
        self._allow = allow or ((lambda _: True) if settings.allow_private else is_public)
        self._tls = ssl.create_default_context()

    async def fetch(self, link: str, *, types: frozenset[str] = ARTICLE_TYPES) -> Page:
        """See `Fetcher.fetch`."""
        result = await self._within_time(link, Validators(), types)
        if isinstance(result, NotModified):
            # Nobody asked whether it had changed.
            raise from_status(_host(URL(result.url)), _NOT_MODIFIED)
        return result

    async def refetch(self, link: str, known: Validators, *, types: frozenset[str] = FEED_TYPES) -> Page | NotModified:
        """See `Fetcher.refetch`."""
        return await self._within_time(link, known, types)

    async def _within_time(self, link: str, known: Validators, types: frozenset[str]) -> Page | NotModified:
        if not self._settings.enabled:
            reason = "Following links is switched off here."
            raise FetchError(reason, "Paste the article's text, or give a file.")
        url = read_link(link, self._settings.ports)
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._follow(url, known, types)
        except TimeoutError as error:
            reason = f"{_host(url)} did not give the page within {self._settings.timeout_seconds:g} seconds."
            raise Unreachable(reason) from error

    async def _follow(self, url: URL, known: Validators, types: frozenset[str]) -> Page | NotModified:
        seen = {url}
        for _ in range(self._settings.redirects + 1):
            result = await self._hop(url, known, types)
            if not isinstance(result, URL):
                return result
            if result in seen:
                reason = f"{_host(url)} redirects in a circle."
                raise Unreachable(reason)
            seen.add(result)
            url = result
        reason = f"The link is redirected more than {self._settings.redirects} times."
        raise Unreachable(reason)

    async def _hop(self, url: URL, known: Validators, types: frozenset[str]) -> Page | NotModified | URL:
        """Ask for one address: a page, or the next link."""
        try:
            addresses = await self._addresses(url)
            async with (
                self._session(addresses) as session,
                session.get(url, headers=self._headers(known, types), allow_redirects=False) as response,
            ):
                return await self._answer(url, response, types)
        except FOREIGN as error:
            raise from_foreign(_host(url), error) from error

    async def _addresses(self, url: URL) -> Sequence[IPAddress]:
        literal = literal_address(url)
        found = (literal,) if literal is not None else await self._resolve(_host(url))
        allowed = tuple(address for address in found if self._allow(address))
        if found and not allowed:
            reason = f"{_host(url)} leads into a private or reserved network."
            raise ForbiddenAddress(reason)
        if not found:
            reason = f"{_host(url)} has no address: the name is not known."
            raise Unreachable(reason)
        return allowed

    def _session(self, addresses: Sequence[IPAddress]) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=PinnedResolver(addresses), use_dns_cache=False, force_close=True, ssl=self._tls
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._settings.connect_seconds),
            trust_env=False,
            # Unpacked here, piece by piece under the cap.
            auto_decompress=False,
        )

    def _headers(self, known: Validators, types: frozenset[str]) -> Mapping[str, str]:
        headers = {
            "User-Agent": self._settings.user_agent or f"Verbatim/{__version__} (self-hosted article reader)",
            "Accept": ", ".join((*sorted(types), "*/*;q=0.1")),
            "Accept-Encoding": ACCEPT_ENCODING,
            "Accept-Language": self._settings.accept_language,
        }
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    async def _answer(
        self, url: URL, response: aiohttp.ClientResponse, types: frozenset[str]
    ) -> Page | NotModified | URL:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return self._next(url, location)
        if response.status == _NOT_MODIFIED:
            return NotModified(str(url))
        if response.status > _LAST_GOOD:
            raise from_status(_host(url), response.status)
        return await self._page(url, response, types)

    def _next(self, url: URL, location: str) -> URL:
        try:
            joined = url.join(URL(location.strip()))
        except ValueError as error:
            reason = f"{_host(url)} redirects to a link that cannot be read."
            raise BadLink(reason) from error
        return read_link(str(joined), self._settings.ports)

    async def _page(self, url: URL, response: aiohttp.ClientResponse, types: frozenset[str]) -> Page:
        if (response.content_length or 0) > self._page_bytes:
            raise too_large(self._page_bytes)
        declared = response.content_type if "Content-Type" in response.headers else ""
        early = checked_type(declared, types)
        body = Body(response.headers.get("Content-Encoding", ""), self._page_bytes)
        async for piece in response.content.iter_any():
            body.add(piece)
        data = body.finish()
        return Page(
            body=data,
            url=str(url),
            content_type=early or checked_type(declared, types, data),
            charset=_charset(response),
            validators=Validators(_sent_back(response, "ETag"), _sent_back(response, "Last-Modified")),
            status=response.status,
        )


def _host(url: URL) -> str:
    return url.raw_host or str(url)


def _charset(response: aiohttp.ClientResponse) -> str | None:
    name = (response.charset or "").lower()
    return name if _CHARSET.fullmatch(name) else None


def _sent_back(response: aiohttp.ClientResponse, header: str) -> str | None:
    """A validator, if it can be sent as it came."""
    value = response.headers.get(header, "")
    return value if value and value.isascii() and value.isprintable() else None
