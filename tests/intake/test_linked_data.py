from __future__ import annotations

import json

import pytest
from lxml.html import HtmlElement, document_fromstring

from bot.intake.linked_data import LinkedData, linked_data


def _page(*scripts: str) -> HtmlElement:
    inner = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return document_fromstring(f"<html><head>{inner}</head><body><p>x</p></body></html>")


def test_reads_the_article_in_a_graph() -> None:
    node = {
        "@type": ["NewsArticle", "Thing"],
        "headline": "Bridge &amp; ferry",
        "author": [{"name": "Ann Lind"}, "Bo Ek", {"url": "https://post.example"}],
        "datePublished": "2026-03-02",
        "publisher": {"name": "The Post"},
        "articleBody": "<p>It closes.</p>",
        "isAccessibleForFree": "False",
    }
    said = linked_data(_page(json.dumps({"@graph": [{"@type": "WebSite", "name": "Site"}, node]})))
    assert said == LinkedData(
        headline="Bridge & ferry",
        authors=("Ann Lind", "Bo Ek"),
        published="2026-03-02",
        publisher="The Post",
        body="It closes.",
        locked=True,
    )


def test_prefers_the_node_that_says_most() -> None:
    teaser = {"@type": "Article", "headline": "Teaser"}
    story = {"@type": "Article", "headline": "Story", "articleBody": "Much text."}
    assert linked_data(_page(json.dumps([teaser, story]))).headline == "Story"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "null",
        "[1, true, null]",
        '{"@type": null}',
        '{"@type": "Article", "author": 7, "headline": {"a": 1}}',
        "[" * 100_000,
        '{"a":' * 900 + "1" + "}" * 900,
    ],
)
def test_broken_data_says_nothing(script: str) -> None:
    assert linked_data(_page(script)) == LinkedData()
