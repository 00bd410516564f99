"""The pages that the line model is trained on: lines, each marked as the article's or not.

Read from the development data: `pastes/paste.jsonl` (marked by hand and rule), `pastes/newstext.jsonl` (news texts with
boilerplate lines), `extraction/` (whole pages with the article's text, from which sloppy selections are cut here), and
articles without furniture, which must stay whole.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree, html

from bot.text.furniture import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WORD = re.compile(r"\w+")
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr iframe img input label li main nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul video".split()
)
_UNSEEN = frozenset("script style noscript template svg head iframe object select textarea".split())
_SHINGLE = 4
_LONG_LINE = 8
_SHORT_LINE = 3
_SHARED = 0.7
_COVERED = 0.85
_WIDEST_GAP = 60
_MOST_LINES = 400
_PLAIN = 50
_CUT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines, whether each is the article's, the site it came from, and how much it counts in training."""

    key: str
    site: str
    lines: tuple[str, ...]
    body: tuple[bool, ...]
    weight: float = 1.0


def read_pages(data: Path, seed: int) -> list[Page]:
    """Read all pages below the data folder; `seed` decides where selections are cut and which articles stay plain."""
    chance = random.Random(seed)  # noqa: S311
    pastes = list(_pastes(data / "pastes" / "paste.jsonl"))
    bodies = [_only_body(page) for page in pastes]
    news = list(_news_texts(data / "pastes" / "newstext.jsonl"))
    plain = list(_plain_articles(data, chance))
    return [*pastes, *bodies, *news, *plain, *_cuts(data / "extraction", chance)]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _site(url: str) -> str:
    return urlsplit(url).netloc


def _pastes(path: Path) -> Iterator[Page]:
    for record in _records(path):
        lines = _lines(record["paste"])
        gold = f" {_words(record['gold'])} "
        body = [
            label == 1 or (label > 0 and f" {_words(line)} " in gold)
            for line, label in zip(lines, record["labels"], strict=True)
        ]
        yield Page(record["id"], _site(record["url"]), lines, tuple(body))


def _only_body(page: Page) -> Page:
    lines = tuple(line for line, body in zip(page.lines, page.body, strict=True) if body)
    return Page(f"{page.key}:body", page.site, lines, (True,) * len(lines))


def _news_texts(path: Path) -> Iterator[Page]:
    for record in _records(path):
        known = {" ".join(line.split()) for line in record["boilerplate_lines"]}
        lines = _lines(record["text"])
        body = tuple(" ".join(line.split()) not in known and not is_furniture(line) for line in lines)
        if any(body):
            yield Page(record["id"], _site(record["url"]), lines, body)


def _plain_articles(data: Path, chance: random.Random) -> Iterator[Page]:
    for name, field in (("quotes/polnear", "text"), ("questions/newsqa", "article"), ("questions/squad2", "article")):
        records = list(_records(data / f"{name}.jsonl"))
        for record in chance.sample(records, _PLAIN):
            lines = _lines(record[field])
            yield Page(record["id"], record["id"], lines, tuple(not is_furniture(line) for line in lines))


def _cuts(folder: Path, chance: random.Random) -> Iterator[Page]:
    """Cut sloppy selections out of each whole page: close around the article, wide, and from a part of the article."""
    for record in _records(folder / "truth.jsonl"):
        lines = _visible_lines(gzip.decompress((folder / record["file"]).read_bytes()))
        marked = _marked(lines, record["gold"])
        if marked is None:
            continue
        site = _site(record["url"])
        for name, places in _selections(*marked, len(lines), chance).items():
            if len(places) <= _MOST_LINES:
                body = tuple(marked[0][at] for at in places)
                yield Page(f"{record['id']}:{name}", site, tuple(lines[at] for at in places), body, _CUT_WEIGHT)


def _selections(body: Sequence[bool], first: int, last: int, count: int, chance: random.Random) -> dict[str, list[int]]:
    def around(before: int, behind: int) -> list[int]:
        return list(range(max(0, first - before), min(count, last + 1 + behind)))

    kept = [at for at in range(first, last + 1) if body[at]][: chance.randint(3, 10)]
    short = around(chance.randint(0, 8), chance.randint(0, 40))
    return {
        "near": around(chance.randint(0, 8), chance.randint(3, 50)),
        "wide": around(chance.choice([0, 0, chance.randint(0, 40)]), chance.choice([0, 0, chance.randint(0, 120)])),
        "short": [at for at in short if at <= kept[-1] or at > last],
    }


def _visible_lines(raw: bytes) -> list[str]:
    """Lay a page out as lines, a new one at each block, as a browser copies it."""
    source = re.sub(r"\A\s*<\?xml[^>]*>", "", raw.decode("utf-8", "replace"))
    pieces: list[str] = []
    _collect(html.fromstring(source), pieces)
    return [line for piece in "".join(pieces).split("\n") if (line := " ".join(piece.split()))]


def _collect(element: etree._Element, pieces: list[str]) -> None:
    if isinstance(element.tag, str):
        edge = "\n" if element.tag in _BLOCKS else ""
        pieces.append(edge)
        if not _is_hidden(element):
            pieces.append((element.text or "").replace("\n", " "))
            for child in element:
                _collect(child, pieces)
        pieces.append(edge)
    pieces.append((element.tail or "").replace("\n", " "))


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.tag in _UNSEEN
        or "display:none" in style
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def _marked(lines: Sequence[str], gold: str) -> tuple[list[bool], int, int] | None:
    """Mark the lines that are in the gold text, with the first and last of them; None where they cover too little."""
    words = _words(gold)
    shingles = _shingles(words)
    inside = [_is_inside(line, words, shingles) for line in lines]
    anchors = [at for at, line in enumerate(lines) if inside[at] and len(_words(line).split()) >= _LONG_LINE]
    if not anchors:
        return None
    first, last = _largest_group(anchors, lines)
    while first and inside[first - 1] and len(_words(lines[first - 1]).split()) >= _SHORT_LINE:
        first -= 1
    while last + 1 < len(lines) and inside[last + 1] and len(_words(lines[last + 1]).split()) >= _SHORT_LINE:
        last += 1
    covered = {shingle for at in range(first, last + 1) if inside[at] for shingle in _shingles(_words(lines[at]))}
    if len(covered & shingles) < _COVERED * len(shingles):
        return None
    return [mark and first <= at <= last for at, mark in enumerate(inside)], first, last


def _shingles(words: str) -> set[tuple[str, ...]]:
    split = words.split()
    return {tuple(split[at : at + _SHINGLE]) for at in range(len(split) - _SHINGLE + 1)}


def _is_inside(line: str, gold: str, shingles: set[tuple[str, ...]]) -> bool:
    words = _words(line)
    if f" {words} " in f" {gold} ":
        return bool(words)
    own = _shingles(words) if len(words.split()) >= _LONG_LINE else set()
    return bool(own) and len(own & shingles) >= _SHARED * len(own)


def _largest_group(anchors: Sequence[int], lines: Sequence[str]) -> tuple[int, int]:
    """Take the group of long article lines with the most text, so that a quoted line far off does not count."""
    groups: list[list[int]] = [[anchors[0]]]
    for at in anchors[1:]:
        if at - groups[-1][-1] > _WIDEST_GAP:
            groups.append([])
        groups[-1].append(at)
    best = max(groups, key=lambda group: sum(len(lines[at]) for at in group))
    return best[0], best[-1]
