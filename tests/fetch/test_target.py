from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import BadLink
from bot.fetch.target import literal_address, read_link

PORTS = (80, 443)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.com", "https://example.com"),
        ("  HTTP://EXAMPLE.com:80/a?q=1#part ", "http://example.com/a?q=1"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://faß.de/ü", "https://xn--fa-hia.de/%C3%BC"),
        ("https://xn--fa-hia.de/", "https://xn--fa-hia.de/"),
        ("https://a_b.example/", "https://a_b.example/"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://8.example/", "https://8.example/"),
    ],
)
def test_a_plain_link_is_read(link: str, url: str) -> None:
    assert str(read_link(link, PORTS)) == url


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.com",
        "//example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:///path",
        "http:example.com",
        "http://user@example.com/",
        "http://user:word@example.com/",
        "http://example.com%2f@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com:22/",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://example.com:x/",
        "http://exa mple.com/",
        "http://exa\tmple.com/",
        "http://example.com/a\r\nHost: b",
        "http://example..com/",
        "http://example.com../",
        "http://.example.com/",
        "http://-a.com/",
        "http://127.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.0x1/",
        "http://127.0.0.01/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://127.0.0.1%00.example.com/",
        "http://ex%61mple.com/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://[2606:4700::1111%25eth0]/",
        "http://a\u200db.com/",
        "http://" + "a" * 64 + ".com/",
        "http://" + "a." * 130 + "com/",
        "http://example.com/" + "a" * 9_000,
    ],
)
def test_any_other_spelling_is_refused(link: str) -> None:
    with pytest.raises(BadLink):
        read_link(link, PORTS)


@pytest.mark.parametrize(
    "link", ["http://１２７.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1./", "http://127.0.0.1/"]
)
def test_an_address_in_disguise_is_seen_as_what_it_is(link: str) -> None:
    assert literal_address(read_link(link, PORTS)) == ip_address("127.0.0.1")


def test_a_name_is_no_address() -> None:
    assert literal_address(read_link("http://example.com/", PORTS)) is None


@example("0://[]@")
@given(st.text() | st.text(alphabet="http://[]@%:.0x17\\aé").map("http://".__add__))
def test_any_text_is_a_link_or_a_bad_link(text: str) -> None:
    try:
        url = read_link(text, PORTS)
    except BadLink:
        return
    assert url.scheme in {"http", "https"}
    assert read_link(str(url), PORTS) == url
