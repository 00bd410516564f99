"""Cut a page's tree into blocks: the stretches of text that a browser shows apart, with where each stands.

Nothing is judged here, only what no reader sees (scripts, styles, menus' options) is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_UNREAD = frozenset(
    "script style noscript template svg iframe object head select option textarea canvas audio video math "
    "datalist".split()
)
_APART = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_MARKS = ("class", "id", "itemprop", "role", "data-component", "data-testid")
_SPACE = re.compile(r"\s+")
_MOST_EVENTS = 200_000
"""Where the cutting stops: a page of 5 MiB can have half a million elements, an article has not."""
_BREAK = "\x00"
_BREAKS = re.compile(r"\x00\s*(?:\x00\s*)+")


@dataclass(frozen=True, slots=True)
class Container:
    """An element around a block; `marks` are its class, id and role, in small letters; `serial` is its own."""

    tag: str
    marks: str
    serial: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text; `path` are the elements around it, the outermost first, the block's own last.

    `text` has single spaces; a line break stands where the page has one. The shares are of its characters.
    """

    text: str
    path: tuple[Container, ...]
    link_share: float
    bold_share: float
    hidden: bool

    @property
    def tag(self) -> str:
        """The element that the block stands in."""
        return self.path[-1].tag if self.path else "body"


def cut_blocks(tree: HtmlElement) -> list[Block]:
    """Cut a parsed page into its blocks, in the order of the page; what follows a hundred thousand elements is left."""
    from lxml.etree import iterwalk  # noqa: PLC0415  slow to import

    body = tree.find("body")
    root = tree if body is None else body
    cutter = _Cutter()
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in islice(walk, _MOST_EVENTS):
        if event == "start" and element.tag in _UNREAD:
            walk.skip_subtree()
        elif event == "start":
            cutter.open(element)
        else:
            if event == "end" and element.tag not in _UNREAD:
                cutter.close(element)
            if element is not root:
                cutter.add(element.tail)
    cutter.flush()
    return cutter.blocks


@dataclass(slots=True)
class _Cutter:
    """What is known while the tree is walked."""

    blocks: list[Block] = field(default_factory=list)
    path: list[Container] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    serial: int = 0
    links: int = 0
    bolds: int = 0
    hiders: int = 0
    linked: int = 0
    bold: int = 0

    def open(self, element: _Element) -> None:
        self.hiders += _is_hidden(element)
        if element.tag in _APART:
            self.flush()
            self.serial += 1
            marks = " ".join(element.get(name) or "" for name in _MARKS).casefold().strip()
            self.path.append(Container(element.tag, marks, self.serial))
        elif element.tag == "br":
            self.pieces.append(_BREAK)
        self._count(element.tag, 1)
        self.add(element.text)

    def close(self, element: _Element) -> None:
        if element.tag in _APART:
            self.flush()
            self.path.pop()
        self._count(element.tag, -1)
        self.hiders -= _is_hidden(element)

    def _count(self, tag: str, step: int) -> None:
        self.links += step * (tag == "a")
        self.bolds += step * (tag in {"b", "strong"})

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text.replace(_BREAK, ""))
            visible = len(text.strip())
            self.linked += visible * (self.links > 0)
            self.bold += visible * (self.bolds > 0)

    def flush(self) -> None:
        """End the block; two line breaks in a row part it in two."""
        text = "".join(self.pieces)
        total = max(1, len(_SPACE.sub(" ", text).strip()))
        shares = min(1.0, self.linked / total), min(1.0, self.bold / total)
        for part in _BREAKS.split(text):
            lines = "\n".join(line for piece in part.split(_BREAK) if (line := _SPACE.sub(" ", piece).strip()))
            if any(map(str.isalnum, lines)):
                self.blocks.append(Block(lines, tuple(self.path), *shares, hidden=self.hiders > 0))
        self.pieces = []
        self.linked = self.bold = 0


def _is_hidden(element: _Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").casefold()
    return "display:none" in style or element.get("hidden") is not None or element.get("aria-hidden") == "true"
