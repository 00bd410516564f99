"""Check the spelling of a link before anything is asked of the network. Pure; it must not resolve names.

The `URL` that is checked is the very object that is later connected with, so that no second parser can read
another host out of the same text.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING

from yarl import URL

from bot.errors import BadLink

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.fetch.address import IPAddress

_MAX_LINK = 8_192
_MAX_HOST = 253
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What the system's own resolver would read as a number: 127.1, 0x7f.1, 017700000001.
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def read_link(link: str, ports: Collection[int]) -> URL:
    """Read a link as given by a user or a redirect; the fragment and one trailing dot of the host are dropped.

    Raises:
        BadLink: it is not http or https, names no host or an oddly spelt one, holds a user name, or a port
            outside `ports`.
    """
    url = _parse(link)
    if url.scheme not in {"http", "https"}:
        reason = "Only http and https links are followed."
        raise BadLink(reason)
    if url.user is not None or url.password is not None:
        reason = "The link holds a user name, which is not followed."
        raise BadLink(reason)
    if url.port not in ports:
        reason = f"The link names port {url.port}, which is not followed."
        raise BadLink(reason)
    return _with_plain_host(url).with_fragment(None)


def literal_address(url: URL) -> IPAddress | None:
    """The address where the link names one in place of a host name."""
    try:
        return ip_address(url.raw_host or "")
    except ValueError:
        return None


def _parse(link: str) -> URL:
    text = link.strip()
    if len(text) > _MAX_LINK or _UNPRINTABLE.search(text):
        reason = "The link is too long or has blanks in it."
        raise BadLink(reason)
    try:
        return URL(text)
    except (ValueError, IndexError) as error:
        # yarl looks behind the brackets of "0://[]@" without asking whether there is anything.
        reason = "The link cannot be read as a web address."
        raise BadLink(reason) from error


def _with_plain_host(url: URL) -> URL:
    host = (url.raw_host or "").removesuffix(".")
    if not host:
        reason = "The link names no site."
        raise BadLink(reason)
    if not (":" in host or _is_plain_name(host)):
        reason = f"The link's site name {host[:80]!r} is spelt in a way that is not followed."
        raise BadLink(reason)
    if "%" in host:
        reason = "The link names a network interface, which is not followed."
        raise BadLink(reason)
    return url if host == url.raw_host else url.with_host(host)


def _is_plain_name(host: str) -> bool:
    labels = host.split(".")
    if len(host) > _MAX_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return not _NUMBER.fullmatch(labels[-1]) or _is_dotted_quad(host)


def _is_dotted_quad(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True
