"""Lists of feeds as OPML 2.0, the format in which feed readers exchange them."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.errors import Unreadable

_MOST_FEEDS = 200


def read_opml(data: bytes) -> list[tuple[str, str]]:
    """The address and title of each feed, each address once, in the order of the file.

    Raises:
        Unreadable: it is no OPML, or it has no feed in it.
    """
    # No entities, no network, no huge trees: the file is a stranger's.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    outlines = root.iter("{*}outline") if root is not None else iter(())
    found: dict[str, str] = {}
    for outline in outlines:
        url = outline.get("xmlUrl") or ""
        if url.startswith(("http://", "https://")):
            found.setdefault(url, outline.get("title") or outline.get("text") or url)
    if not found:
        message = "There is no feed in that file."
        raise Unreadable(message, "Give an OPML file, as feed readers export it.")
    return list(found.items())[:_MOST_FEEDS]


def write_opml(feeds: list[tuple[str, str]]) -> str:
    """An OPML document of feeds, given as address and title."""
    rows = [
        f'    <outline type="rss" text={quoteattr(title)} title={quoteattr(title)} xmlUrl={quoteattr(url)}/>'
        for url, title in feeds
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Verbatim</title></head>'
    return "\n".join([head, "  <body>", *rows, "  </body>", "</opml>", ""])
