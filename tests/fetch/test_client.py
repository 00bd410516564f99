from __future__ import annotations

import asyncio
import gzip
import re
import shutil
import ssl
import subprocess
import zlib
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from fake_web import LOOPBACK, FakeResolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import __version__
from bot.config import Fetch
from bot.errors import (
    BadLink,
    FetchError,
    ForbiddenAddress,
    NotAnArticle,
    RefusedBySite,
    TooLarge,
    Unreachable,
    Unreadable,
    VerbatimError,
)
from bot.fetch.client import WebClient
from bot.fetch.page import FEED_TYPES, NotModified, Page, Validators

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from fake_web import Site

    MakeClient = Callable[..., WebClient]
    StartRaw = Callable[[bytes], Awaitable[int]]


async def test_a_page_comes_with_what_the_site_said_of_it(site: Site, client: WebClient) -> None:
    link = site.gives(
        "/story",
        body="Füße".encode("latin-1"),
        headers={
            "Content-Type": 'text/HTML; charset="ISO-8859-1"',
            "ETag": '"7"',
            "Last-Modified": "Wed, 21 Oct 2026 07:28:00 GMT",
        },
    )
    assert await client.fetch(link + "#part") == Page(
        body="Füße".encode("latin-1"),
        url=link,
        content_type="text/html",
        charset="iso-8859-1",
        validators=Validators('"7"', "Wed, 21 Oct 2026 07:28:00 GMT"),
    )


async def test_the_site_sees_an_honest_request(site: Site, client: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    link = site.gives("/", text="x", headers={"Set-Cookie": "a=b"})
    await client.fetch(link)
    await client.fetch(link)
    headers = site.requests[-1].headers
    assert headers["Host"] == f"site.example:{site.port}"
    assert headers["User-Agent"].startswith(f"Verbatim/{__version__}")
    assert headers["Accept-Language"] == Fetch().accept_language
    assert "Cookie" not in headers
    assert "If-None-Match" not in headers


async def test_redirects_are_followed_and_each_host_resolved_once(
    site: Site, client: WebClient, resolver: FakeResolver
) -> None:
    site.gives("/a", status=301, headers={"Location": "b?x=1"})
    site.gives("/b", status=302, headers={"Location": f"//other.example:{site.port}/c#top"})
    site.gives("/c", text="here")
    page = await client.fetch(site.url("/a"))
    assert page.body == b"here"
    assert page.url == site.url("/c", "other.example")
    assert resolver.asked == ["site.example", "site.example", "other.example"]


async def test_five_redirects_are_followed_and_six_are_not(site: Site, client: WebClient) -> None:
    for number in range(6):
        site.gives(f"/{number}", status=307, headers={"Location": f"/{number + 1}"})
    site.gives("/6", text="end")
    assert (await client.fetch(site.url("/1"))).body == b"end"
    with pytest.raises(Unreachable, match="more than 5 times"):
        await client.fetch(site.url("/0"))


async def test_a_circle_is_noticed(site: Site, client: WebClient) -> None:
    site.gives("/a", status=302, headers={"Location": "/b"})
    site.gives("/b", status=302, headers={"Location": "/a#again"})
    with pytest.raises(Unreachable, match="in a circle"):
        await client.fetch(site.url("/a"))
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://inside.example:{port}/", ForbiddenAddress),
        ("http://10.0.0.1:{port}/", ForbiddenAddress),
        ("http://[::1]:{port}/", ForbiddenAddress),
        ("http://[::ffff:10.0.0.1]:{port}/", ForbiddenAddress),
        ("http://169.254.169.254:{port}/latest/meta-data/", ForbiddenAddress),
        ("http://2130706433:{port}/", BadLink),
        ("http://user@site.example:{port}/", BadLink),
        ("http://site.example:1/", BadLink),
        ("ftp://site.example/", BadLink),
        ("file:///etc/passwd", BadLink),
        ("http://[", BadLink),
    ],
)
async def test_a_redirect_is_checked_like_the_first_link(
    site: Site, client: WebClient, location: str, error: type[VerbatimError]
) -> None:
    link = site.gives("/a", status=302, headers={"Location": location.format(port=site.port)})
    with pytest.raises(error):
        await client.fetch(link)
    assert len(site.requests) == 1


async def test_a_redirect_to_nowhere_is_a_refusal(site: Site, client: WebClient) -> None:
    with pytest.raises(RefusedBySite, match="302"):
        await client.fetch(site.gives("/a", status=302))


async def test_private_addresses_are_refused_by_default(site: Site, resolver: FakeResolver) -> None:
    site.gives("/", text="secret")
    guarded = WebClient(Fetch(ports=(site.port,)), 1_000, resolve=resolver)
    for host in ("site.example", "127.0.0.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(ForbiddenAddress):
            await guarded.fetch(site.url("/", host))
    assert not site.requests


async def test_private_addresses_can_be_allowed_for_development(site: Site, resolver: FakeResolver) -> None:
    site.gives("/", text="mine")
    lax = WebClient(Fetch(ports=(site.port,), allow_private=True), 1_000, resolve=resolver)
    assert (await lax.fetch(site.url("/", "127.0.0.1"))).body == b"mine"


async def test_a_name_that_changes_its_answer_gains_nothing(
    site: Site, client: WebClient, resolver: FakeResolver
) -> None:
    """DNS rebinding: what was checked is what is connected to; the next hop is checked anew."""
    resolver.answers["site.example"] = ["127.0.0.1", "10.0.0.1"]
    site.gives("/a", status=302, headers={"Location": "/b"})
    with pytest.raises(ForbiddenAddress):
        await client.fetch(site.url("/a"))
    assert len(site.requests) == 1
    assert len(resolver.asked) == 2


async def test_of_several_addresses_only_allowed_ones_are_used(site: Site, client_for: MakeClient) -> None:
    async def mixed(_: str) -> list[object]:
        return [ip_address("10.0.0.1"), ip_address("127.0.0.1")]

    del client_for
    client = WebClient(
        Fetch(ports=(site.port,)),
        1_000,
        resolve=mixed,  # type: ignore[arg-type]
        allow=lambda address: address.is_loopback,
    )
    site.gives("/", text="x")
    assert (await client.fetch(site.url())).body == b"x"


async def test_an_unknown_name_is_unreachable(client: WebClient, site: Site, resolver: FakeResolver) -> None:
    resolver.answers["nowhere.example"] = [""]
    with pytest.raises(Unreachable, match="the name is not known"):
        await client.fetch(site.url("/", "nowhere.example"))


async def test_the_air_gap_is_kept(client_for: MakeClient, site: Site) -> None:
    with pytest.raises(FetchError, match="switched off"):
        await client_for(site.port, enabled=False).fetch(site.url())
    assert not site.requests


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 410, 418, 429, 451, 500, 503, 599])
async def test_a_refusal_names_the_status_and_what_to_do(site: Site, client: WebClient, status: int) -> None:
    with pytest.raises(RefusedBySite, match=f"site.example answered with status {status}") as caught:
        await client.fetch(site.gives("/", status=status, text="no"))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("declared", "error"),
    [
        ("image/png", NotAnArticle),
        ("video/mp4", NotAnArticle),
        ("application/zip", Unreadable),
        ("application/json", Unreadable),
        ("text/css", Unreadable),
        ("application/rss+xml", Unreadable),
    ],
)
async def test_a_type_that_is_no_article_is_named(
    site: Site, client: WebClient, declared: str, error: type[VerbatimError]
) -> None:
    link = site.gives("/", body=b"...", headers={"Content-Type": declared})
    with pytest.raises(error, match=re.escape(declared)):
        await client.fetch(link)


@pytest.mark.parametrize(
    "declared", ["text/html", "application/xhtml+xml; charset=utf-8", "text/plain", "Application/PDF"]
)
async def test_articles_may_be_of_these_types(site: Site, client: WebClient, declared: str) -> None:
    page = await client.fetch(site.gives("/", body=b"...", headers={"Content-Type": declared}))
    assert page.content_type == declared.partition(";")[0].lower()


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"%PDF-1.7 ...", "application/pdf"), (b"\n<!doctype html>", "text/html"), (b"Words.", "text/plain")],
)
async def test_an_undeclared_type_is_read_from_the_bytes(site: Site, client: WebClient, body: bytes, kind: str) -> None:
    link = site.gives("/", body=body, headers={"Content-Type": "application/octet-stream"})
    assert (await client.fetch(link)).content_type == kind


async def test_undeclared_binary_is_unreadable(site: Site, client: WebClient) -> None:
    with pytest.raises(Unreadable):
        await client.fetch(site.gives("/", body=b"\x00\x01\x02", headers={"Content-Type": "application/octet-stream"}))


async def test_feeds_are_asked_for_by_their_types(site: Site, client: WebClient) -> None:
    link = site.gives("/", body=b"<rss/>", headers={"Content-Type": "application/rss+xml"})
    assert (await client.fetch(link, types=FEED_TYPES)).body == b"<rss/>"
    assert "application/rss+xml" in site.requests[-1].headers["Accept"]


async def test_an_unchanged_page_is_not_sent_again(site: Site, client: WebClient) -> None:
    async def handler(request: web.Request) -> web.Response:
        same = request.headers.get("If-None-Match") == '"7"' and "If-Modified-Since" in request.headers
        return web.Response(status=304) if same else web.Response(text="new")

    site.handlers["/"] = handler
    assert await client.refetch(site.url(), Validators('"7"', "Wed")) == NotModified(site.url())
    assert isinstance(await client.refetch(site.url(), Validators('"6"', "Wed")), Page)


async def test_a_304_that_nobody_asked_for_is_a_refusal(site: Site, client: WebClient) -> None:
    with pytest.raises(RefusedBySite, match="304"):
        await client.fetch(site.gives("/", status=304))


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, lambda data: gzip.compress(data[:3]) + gzip.compress(data[3:])]
)
async def test_packed_pages_are_unpacked(site: Site, client: WebClient, pack: Callable[[bytes], bytes]) -> None:
    link = site.gives(
        "/", body=pack(b"words " * 99), headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"}
    )
    assert (await client.fetch(link)).body == b"words " * 99


async def test_an_unasked_packing_is_unreadable(site: Site, client: WebClient) -> None:
    with pytest.raises(Unreadable, match="'br'"):
        await client.fetch(site.gives("/", body=b"x", headers={"Content-Encoding": "br", "Content-Type": "text/plain"}))


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"words" * 50)[:-9]])
async def test_damaged_packing_is_said(site: Site, client: WebClient, body: bytes) -> None:
    link = site.gives("/", body=body, headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"})
    with pytest.raises(Unreachable, match="damaged"):
        await client.fetch(link)


async def test_a_declared_20_megabytes_are_not_read(site: Site, client: WebClient) -> None:
    with pytest.raises(TooLarge, match="larger than 100,000 bytes"):
        await client.fetch(site.gives("/", body=b"x" * 20_000_000, content_type="text/plain"))


async def test_an_undeclared_large_body_is_cut_off(site: Site, client: WebClient) -> None:
    sent = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        for _ in range(2_000):
            await response.write(b"x" * 10_000)
            sent += 10_000
        return response

    site.handlers["/"] = handler
    with pytest.raises(TooLarge):
        await client.fetch(site.url())
    assert sent < 20_000_000


@pytest.mark.parametrize("layers", [1, 2])
async def test_a_gzip_bomb_is_defused(site: Site, client: WebClient, layers: int) -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    headers = {"Content-Encoding": ", ".join(["gzip"] * layers), "Content-Type": "text/plain"}
    with pytest.raises(TooLarge if layers == 1 else Unreadable):
        await client.fetch(site.gives("/", body=bomb, headers=headers))


async def test_a_page_of_just_the_limit_is_taken(site: Site, client: WebClient) -> None:
    assert len((await client.fetch(site.gives("/", body=b"x" * 100_000, content_type="text/plain"))).body) == 100_000
    packed = site.gives("/z", body=gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    assert len((await client.fetch(packed)).body) == 100_000


async def test_a_slow_drip_ends_at_the_deadline(site: Site, client_for: MakeClient) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.01)

    site.handlers["/"] = handler
    with pytest.raises(Unreachable, match=r"within 0\.2 seconds"):
        await client_for(site.port, timeout_seconds=0.2).fetch(site.url())


async def test_one_deadline_is_over_all_redirects(site: Site, client_for: MakeClient) -> None:
    async def handler(request: web.Request) -> web.Response:
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": f"/{len(request.path)}{request.path}"})

    for path in ("/", "/1/", "/3/1/", "/5/3/1/", "/7/5/3/1/"):
        site.handlers[path] = handler
    with pytest.raises(Unreachable, match="within"):
        await client_for(site.port, timeout_seconds=0.4).fetch(site.url())


async def test_cancelling_is_not_swallowed(site: Site, client: WebClient) -> None:
    asked = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    site.handlers["/"] = handler
    task = asyncio.ensure_future(client.fetch(site.url()))
    await asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_refused_connection_is_said(client_for: MakeClient) -> None:
    with pytest.raises(Unreachable, match=r"site\.example refused the connection"):
        await client_for(1).fetch("http://site.example:1/")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"", "broke the connection off"),
        (b"\x15\x03\x01\x00\x02", "did not answer in HTTP"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "did not answer in HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "broke the connection off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nshort", "did not answer in HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nx", "did not answer in HTTP"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 20_000 + b"\r\n\r\n", "did not answer in HTTP"),
    ],
)
async def test_a_broken_answer_is_said(
    raw_server: StartRaw, client_for: MakeClient, answer: bytes, message: str
) -> None:
    port = await raw_server(answer)
    with pytest.raises(Unreachable, match=message):
        await client_for(port).fetch(f"http://site.example:{port}/")


async def test_https_to_a_plain_server_is_said(raw_server: StartRaw, client_for: MakeClient) -> None:
    port = await raw_server(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(Unreachable, match="does not speak https"):
        await client_for(port).fetch(f"https://site.example:{port}/")


async def test_the_tls_name_is_the_hosts_not_the_addresses(client_for: MakeClient) -> None:
    hello = asyncio.get_running_loop().create_future()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hello.set_result(await reader.read(4_096))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unreachable):
            await client_for(port).fetch(f"https://site.example:{port}/")
    assert b"site.example" in hello.result()


@pytest.fixture
def own_certificate(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody vouches for."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 1 -subj /CN=site.example"
    subprocess.run(  # noqa: S603
        [openssl, *request.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_an_unknown_certificate_is_said(own_certificate: ssl.SSLContext, client_for: MakeClient) -> None:
    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0, ssl=own_certificate)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unreachable, match="certificate that is not valid"):
            await client_for(port).fetch(f"https://site.example:{port}/")


STATUS = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.0 301 Moved", b"HTTP/1.1 304 ", b"HTTP/1.1 700 x", b"HTTP/2 200"]
)
HEADER = st.tuples(
    st.sampled_from(
        b"Location,Content-Type,Content-Length,Content-Encoding,Transfer-Encoding,ETag,Set-Cookie,Connection".split(
            b","
        )
    ),
    st.sampled_from(
        [b"http://[", b"\xff\xfe", b"gzip", b"chunked", b"text/html; charset=\xe9\xff", b"12", b"-1", b"//"]
    )
    | st.binary(max_size=20),
).map(b": ".join)
ANSWERS = st.tuples(STATUS, st.lists(HEADER, max_size=4), st.binary(max_size=40)).map(
    lambda parts: b"\r\n".join([parts[0], *parts[1], b"", parts[2]])
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS | st.binary())
def test_no_foreign_error_escapes_whatever_a_site_sends(answer: bytes) -> None:
    async def fetch() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4_096)
            writer.write(answer)
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            client = WebClient(
                Fetch(ports=(port,), timeout_seconds=1),
                1_000,
                resolve=FakeResolver({"site.example": ["127.0.0.1"]}),
                allow=lambda address: address == LOOPBACK,
            )
            try:
                page = await client.refetch(f"http://site.example:{port}/", Validators("x", "y"))
            except VerbatimError as error:
                error.sentence.encode()
            else:
                repr(page).encode()

    asyncio.run(fetch())
