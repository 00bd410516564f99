"""Say in plain words what went wrong between us and a site: the one place that maps foreign errors and statuses."""

from __future__ import annotations

import errno
import socket
import ssl
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp

from bot.errors import BadLink, RefusedBySite, Unreachable

if TYPE_CHECKING:
    from bot.errors import FetchError

FOREIGN = (aiohttp.ClientError, OSError, ssl.SSLError, ValueError)
"""What aiohttp, ssl, socket and yarl raise on a site's misbehaviour; asyncio's TimeoutError is an OSError."""

_READ_IT_YOURSELF = "If you can read it in a browser, paste its text."
_STATUS_HINTS = {
    401: f"It wants a login. {_READ_IT_YOURSELF}",
    402: f"It wants a subscription. {_READ_IT_YOURSELF}",
    403: f"It keeps programs out. {_READ_IT_YOURSELF}",
    404: "Check the link: the page is not there.",
    410: "The page has been removed.",
    429: "It has had too many requests. Try again later, or paste the article's text.",
    451: f"It is withheld for legal reasons where Verbatim runs. {_READ_IT_YOURSELF}",
}
_SERVER_FAULT = 500
_BROKEN_OFF = (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, ConnectionResetError, BrokenPipeError)
# The first that fits: the kinds overlap.
_FAULTS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    (
        (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError),
        "shows a certificate that is not valid",
    ),
    ((aiohttp.ClientSSLError, ssl.SSLError), "does not speak https here"),
    ((socket.gaierror,), "has no address: the name is not known"),
    ((TimeoutError,), "did not answer in time"),
    (_BROKEN_OFF, "broke the connection off before its answer was complete"),
    ((aiohttp.ClientResponseError,), "did not answer in HTTP"),
)


def from_status(host: str, status: int) -> RefusedBySite:
    """The error for an answer that is not a page."""
    try:
        phrase = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        phrase = str(status)
    hint = _STATUS_HINTS.get(status)
    if status >= _SERVER_FAULT:
        hint = "The fault is the site's. Try again later, or paste the article's text."
    reason = f"{host} answered with status {phrase}."
    return RefusedBySite(reason, hint)


def from_foreign(host: str, error: BaseException) -> FetchError:
    """The error for a failed connection or a broken answer."""
    if isinstance(error, aiohttp.InvalidURL):
        reason = "The link cannot be read as a web address."
        return BadLink(reason)
    return Unreachable(f"{host} {_fault(error)}.")


def _fault(error: BaseException) -> str:
    for kinds, words in _FAULTS:
        if isinstance(error, kinds):
            return words
    if isinstance(error, OSError):
        return _connection_fault(error)
    return "sent an answer that cannot be understood"


def _connection_fault(error: OSError) -> str:
    if error.errno == errno.ECONNREFUSED:
        return "refused the connection"
    if error.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        return "cannot be reached from this network"
    return f"could not be connected to ({error.strerror or type(error).__name__})"
