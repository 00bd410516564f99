"""Names to addresses: the system's resolver, and one for aiohttp that knows only what was checked before."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING, Protocol

from aiohttp.abc import AbstractResolver, ResolveResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.fetch.address import IPAddress


class Resolver(Protocol):
    """Looks a host name up; OSError or UnicodeError where it has no address."""

    async def __call__(self, host: str) -> Sequence[IPAddress]:
        """All addresses of `host`, the preferred first."""
        ...


async def system_resolver(host: str) -> Sequence[IPAddress]:
    """Ask the operating system."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    # A dictionary, to drop doubles and keep the order. A scoped address (fe80::1%eth0) stays scoped.
    return tuple(dict.fromkeys(ip_address(str(address[0])) for *_, address in found))


class PinnedResolver(AbstractResolver):
    """Answers every question with the same addresses, so that a connection goes only where it was allowed to."""

    def __init__(self, addresses: Sequence[IPAddress]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The pinned addresses; `family` is not asked, since all of them may be tried."""
        del family
        return [_result(host, address, port) for address in self._addresses]

    async def close(self) -> None:
        """Nothing is held open."""


def _result(host: str, address: IPAddress, port: int) -> ResolveResult:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    return ResolveResult(
        hostname=host, host=str(address), port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )
