"""The articles that a writer learns from, with what tells which of their words matter.

Read from the development data: summaries with references and systems' outputs, stories with questions, and plain news.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILES = (
    "summaries/summ.jsonl",
    "questions/newsqa.jsonl",
    "questions/rtqa.jsonl",
    "quotes/polnear.jsonl",
)
_HELD_OUT = {"writers": 1.0, "cnndm": 0.5}
"""Shares of the sets with which a summary is judged that are never trained on; of any other set it is a fifth."""
_OTHERS_HELD_OUT = 0.2
_LETTER = re.compile(r"[^a-z]+")
_TELLING = 300
"""Letters at the start of an article by which it is known again in another set."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article, the summaries of it, and the words that somebody asked for."""

    kind: str
    text: str
    title: str = ""
    summaries: tuple[str, ...] = ()
    answers: tuple[str, ...] = field(default=())
    held_out: bool = False


def stories(data: Path) -> list[Story]:
    """Read every article of the development data at `data`, each once; one is held out wherever it stands."""
    read = [story for name in _FILES for story in _read(data / name)]
    held = {_key(story.text) for story in read if story.held_out}
    return [
        Story(one.kind, one.text, one.title, one.summaries, one.answers, held_out=_key(one.text) in held)
        for one in read
    ]


def held_out_texts(data: Path) -> frozenset[str]:
    """What the articles that are never trained on are known by; see `is_one_of`."""
    return frozenset(_key(story.text) for story in stories(data) if story.held_out)


def is_one_of(text: str, known: frozenset[str]) -> bool:
    """Tell whether an article is one of those that `known` knows."""
    return _key(text) in known


def _read(path: Path) -> Iterator[Story]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record.get("article") or record["text"]
            kind = record.get("dataset") or record.get("set") or path.stem
            asked = [pair for pair in record.get("qas", ()) if pair.get("answers")]
            yield Story(
                kind,
                text,
                record.get("title") or "",
                tuple(_summaries(record)),
                tuple(answer for pair in asked for answer in pair["answers"] if isinstance(answer, str)),
                is_held_out(kind, text),
            )


def _summaries(record: dict[str, Any]) -> Iterator[str]:
    for written in (record.get("references", {}), record.get("systems", {})):
        yield from (text for text in written.values() if text)


def is_held_out(kind: str, text: str) -> bool:
    """Tell whether a writer never sees this article; the share depends on what `kind` of set it stands in."""
    place = int(sha1(_key(text).encode(), usedforsecurity=False).hexdigest(), 16) % 1000
    return place < 1000 * _HELD_OUT.get(kind, _OTHERS_HELD_OUT)


def _key(text: str) -> str:
    return _LETTER.sub("", text[: 2 * _TELLING].lower())[:_TELLING]
