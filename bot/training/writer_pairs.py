"""Pairs of a sentence and a shorter one that says nothing else, aligned from articles and summaries of them.

A pair is kept where every word of the summary's sentence, but for function words, stands in the article's sentence,
in the same order but for a few. Case is restored from the source.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from bot.text.segment import segment
from bot.text.verify import supports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORD = re.compile(r"\w[\w'’.,-]*\w|\w")
_NAME_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]")
_FUNCTION = frozenset(
    "a an the of to in on at by for from with and or but that which who is are was were be been has have had he she it "
    "they his her its their as after before when while".split()
)
_SHORTEST_SOURCE = 12
_SHORTEST_TARGET = 6
_LEAST_KEPT = 0.4
_MOST_KEPT = 0.9
_SAME_ORDER = 0.8
_HELD_OUT = 0.2


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of an article and a shorter one; `held_out` tells that the article is kept from training."""

    source: str
    target: str
    held_out: bool


def is_held_out(record: dict[str, Any]) -> bool:
    """Tell whether the writer never sees this record's article."""
    place = int(sha1(f"w{record['id']}".encode(), usedforsecurity=False).hexdigest(), 16) % 1000
    return place < 1000 * _HELD_OUT


def pairs(path: Path) -> list[Pair]:
    """Align all records of a JSONL file of articles with `references` and the outputs of `systems`."""
    with path.open(encoding="utf-8") as lines:
        found = (pair for line in lines for pair in _of_record(json.loads(line)))
        return list(dict.fromkeys(found))


def _of_record(record: dict[str, Any]) -> Iterator[Pair]:
    if not _NAME_INSIDE.search(record["article"]):
        return  # a record in small letters teaches a writer to write names so
    sources = [text for text in _sentences(record["article"]) if len(text.split()) >= _SHORTEST_SOURCE]
    held_out = is_held_out(record)
    for summary in (*record["references"].values(), *record["systems"].values()):
        for sentence in _sentences(summary or ""):
            pair = next((pair for source in sources if (pair := aligned(source, sentence, held_out=held_out))), None)
            if pair is not None:
                yield pair


def _sentences(text: str) -> list[str]:
    article = segment(text)
    return [article.sentence_text(index).strip() for index in range(len(article.sentences))]


def aligned(source: str, sentence: str, *, held_out: bool) -> Pair | None:
    """Make a pair of the two, or None where `sentence` is no true and shorter `source`."""
    words, known = _WORD.findall(sentence), _spelling(source)
    kept = len(words) / max(len(source.split()), 1)
    if len(words) < _SHORTEST_TARGET or not _LEAST_KEPT <= kept <= _MOST_KEPT:
        return None
    if any(word.lower() not in known and word.lower() not in _FUNCTION for word in words):
        return None
    if _order(words, source) < _SAME_ORDER or sentence[-1] not in '.!?”"':
        return None
    target = _cased(sentence, known)
    return Pair(source, target, held_out) if supports(target, [source]).supported else None


def _order(words: list[str], source: str) -> float:
    """The share of the words that stand in the source in this order."""
    matcher = SequenceMatcher(None, [word.lower() for word in words], _lowered(source), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words)


@lru_cache(maxsize=512)
def _spelling(source: str) -> dict[str, str]:
    """Each word of the source in lower case, with how it is spelled inside the sentence."""
    words = _WORD.findall(source)
    return {word.lower(): word.lower() if word.lower() in _FUNCTION else word for word in words}


def _lowered(source: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(source)]


def _cased(sentence: str, known: dict[str, str]) -> str:
    text = _WORD.sub(lambda found: known.get(found.group().lower(), found.group()), sentence)
    return text[:1].upper() + text[1:]
