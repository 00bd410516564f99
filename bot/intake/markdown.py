"""Take Markdown's signs away and keep its words: headings, paragraphs, list items and the text of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_BULLET = "- "


@dataclass(frozen=True, slots=True)
class PlainText:
    """A document's words in paragraphs with blank lines between them; `title` is its first top heading."""

    text: str
    title: str | None


def read_markdown(source: str) -> PlainText:
    """Read CommonMark with tables; images, raw HTML and front matter are left out, code stays."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  slow to import

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(_without_front_matter(source))
    blocks = list(_blocks(tokens))
    title = blocks.pop(0)[1] if blocks and blocks[0][0] == "h1" else None
    return PlainText("\n\n".join(text for _, text in blocks if text), title or None)


def _without_front_matter(source: str) -> str:
    head, mark, rest = source.removeprefix("---\n").partition("\n---\n")
    is_front_matter = (
        bool(mark)
        and source.startswith("---\n")
        and all(":" in line or line.startswith((" ", "-")) for line in head.split("\n") if line)
    )
    return rest if is_front_matter else source


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Give each block's tag and words; a list item's first block has a bullet, a table's row is one block."""
    around: list[str] = []
    bullet = ""
    cells: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            around.append(token.tag)
            bullet = _BULLET if token.type == "list_item_open" else bullet
        elif token.nesting < 0:
            around.pop()
            if token.tag == "tr" and cells:
                yield "tr", " | ".join(cells)
                cells = []
        elif token.type in {"fence", "code_block"}:
            yield "pre", token.content.strip()
        elif token.type == "inline":
            words = _words(token.children or ())
            if around and around[-1] in {"td", "th"}:
                cells.append(words)
            else:
                yield around[-1] if around else "p", bullet + words
                bullet = ""


def _words(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    parts = (
        breaks.get(token.type, "" if token.type in {"image", "html_inline"} else token.content) for token in tokens
    )
    return "".join(parts).strip()
