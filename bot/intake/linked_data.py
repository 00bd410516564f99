"""What a page says of itself in JSON-LD (schema.org): the article's node and the few fields that are used."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# JSON as it comes: narrowed by isinstance wherever it is used.
_Json: TypeAlias = "dict[str, _Json] | list[_Json] | str | float | bool | None"

_MOST_SCRIPT = 1_000_000
_MOST_NODES = 20_000
_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Review$|HowTo$")
_TAG = re.compile(r"<[^>]{0,500}>")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The article's fields as its publisher wrote them; empty strings where it did not."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    publisher: str = ""
    language: str = ""
    body: str = ""
    locked: bool = False
    """The publisher says that the text is not free to read."""


def linked_data(tree: HtmlElement) -> LinkedData:
    """Read the article's node, the one that says most where there are several."""
    nodes = [node for node in _nodes(tree) if _ARTICLE.search(_type(node))]
    if not nodes:
        return LinkedData()
    node = max(nodes, key=lambda node: (len(_text(node.get("articleBody"))), "headline" in node, "author" in node))
    return LinkedData(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        authors=tuple(_names(node.get("author"))),
        published=_text(node.get("datePublished")),
        publisher=next(iter(_names(node.get("publisher"))), ""),
        language=_text(node.get("inLanguage")),
        body=_text(node.get("articleBody")),
        locked=str(node.get("isAccessibleForFree")).casefold() == "false",
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, _Json]]:
    for script in tree.iter("script"):
        source = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(source) <= _MOST_SCRIPT:
            yield from _objects(_parsed(source))


def _parsed(source: str) -> _Json:
    try:
        return cast("_Json", json.loads(source, strict=False))
    except (ValueError, RecursionError):
        return None


def _objects(root: _Json) -> Iterator[dict[str, _Json]]:
    """Give every object in the tree, without recursion: the page decides how deep it is."""
    waiting, seen = [root], 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += [child for child in value.values() if isinstance(child, dict | list)]


def _type(node: dict[str, _Json]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _text(value: _Json) -> str:
    return html.unescape(_TAG.sub(" ", value)).strip() if isinstance(value, str) else ""


def _names(value: _Json) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = _text(item.get("name")) if isinstance(item, dict) else _text(item)
        if name and not name.startswith(("http:", "https:", "@")):
            yield name
