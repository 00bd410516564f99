"""A sentence of a summary and the article's sentence that it shortens, where it says nothing else.

The two are a pair where every word of the summary's sentence, but for function words, stands in the article's sentence,
in the same order but for a few. Case is restored from the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.text.clause import clause
from bot.text.standalone import Standing, standing
from bot.text.verify import shortens

_WORD = re.compile(r"\w[\w'’.,-]*\w|\w")
_FUNCTION = frozenset(
    "a an the of to in on at by for from with and or but that which who is are was were be been has have had he she it "
    "they his her its their as after before when while".split()
)
_SHORTEST_SOURCE = 12
_SHORTEST_TARGET = 6
_LEAST_KEPT = 0.4
_MOST_KEPT = 0.9
_SAME_ORDER = 0.8
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OPENS_NOUN = frozenset({"det", "poss", "nummod"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of an article and a shorter one; `held_out` tells that the article is kept from training."""

    source: str
    target: str
    held_out: bool


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
    return Pair(source, target, held_out) if is_shortening(target, source) else None


def is_shortening(target: str, source: str) -> bool:
    """Tell whether `target` says nothing that `source` does not, and is a whole sentence where that is one."""
    reading = standing(target)
    if reading is Standing.UNFIT or (reading is Standing.LEANING and standing(source) is not Standing.LEANING):
        return False
    return shortens(target, [source]).supported and _has_subject(target)


def _has_subject(sentence: str) -> bool:
    """Tell whether the main verb has a subject, and that an article where it is one common noun."""
    parsed = clause(sentence)
    for index, node in enumerate(parsed.nodes):
        if node.label in _SUBJECTS and node.head >= 0 and parsed.nodes[node.head].head < 0:
            opened = any(parsed.nodes[child].label in _OPENS_NOUN for child in parsed.children[index])
            return node.tag != "NN" or opened
    return False


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
