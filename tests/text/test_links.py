from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.links import canonical_link, find_links


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("no link here, not even www.example.com", []),
        ("https://a.example/x", ["https://a.example/x"]),
        ("Read https://a.example/x.", ["https://a.example/x"]),
        ("(see https://a.example/x)", ["https://a.example/x"]),
        ("https://en.wikipedia.org/wiki/Bath_(city)", ["https://en.wikipedia.org/wiki/Bath_(city)"]),
        ("(https://en.wikipedia.org/wiki/Bath_(city)).", ["https://en.wikipedia.org/wiki/Bath_(city)"]),
        ("[the story](https://a.example/x)", ["https://a.example/x"]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ("||https://a.example/x||", ["https://a.example/x"]),
        ("**https://a.example/x**", ["https://a.example/x"]),
        ("“https://a.example/x”", ["https://a.example/x"]),
        ("`https://a.example/x`", ["https://a.example/x"]),
        ("HTTPS://A.example/x?y=1,2", ["HTTPS://A.example/x?y=1,2"]),
        ("https://a.example/x https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x https://a.example/x?utm_source=z", ["https://a.example/x"]),
        ("https://a.example/über", ["https://a.example/über"]),
        ("https:// https://) http://[ ftp://a.example", []),
        ("xhttps://a.example", []),
    ],
)
def test_links_are_found_without_what_surrounds_them(text: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(text)] == urls


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://a.example", "https://a.example/"),
        ("HTTPS://A.Example:443/Path#part", "https://a.example/Path"),
        ("http://a.example.:80/", "http://a.example/"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]/"),
        ("https://a.example/x?utm_source=n&id=7&fbclid=z&UTM_Medium=q", "https://a.example/x?id=7"),
        ("https://a.example/x?gclid=1", "https://a.example/x"),
        ("https://a.example/x?mc_cid=1&mc_eid=2&igshid=3", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1&b=3", "https://a.example/x?b=2&a=1&b=3"),
        ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/%7euser/%c3%bc%2F", "https://a.example/~user/%C3%BC%2F"),
        ("https://a.example/x?q=utm_source", "https://a.example/x?q=utm_source"),
        ("https://user@a.example/x", "https://user@a.example/x"),
        ("not a link", "not a link"),
        ("http://[", "http://["),
        ("http://a.example:x/", "http://a.example:x/"),
    ],
)
def test_equal_links_have_one_form(link: str, canonical: str) -> None:
    assert canonical_link(link) == canonical


@given(st.text() | st.text(alphabet="htps:/.?&=%a7()[]#@é \n"))
def test_any_text_has_links_at_their_spans(text: str) -> None:
    for link in find_links(text):
        assert link.span.of(text) == link.url
        assert link.url.lower().startswith(("http://", "https://"))


@given(st.text() | st.text(alphabet="/.?&=%a7()[]#@:éutm_").map("https://a.example/".__add__))
def test_the_canonical_form_is_final(text: str) -> None:
    once = canonical_link(text)
    assert canonical_link(once) == once


@pytest.mark.parametrize(
    "text", ["https://" * 25_000, "https://a" + ")" * 200_000, "https://a/" + "(" * 200_000, "x" * 200_000]
)
def test_a_huge_line_is_read_in_one_pass(text: str) -> None:
    assert len(find_links(text)) <= 1
