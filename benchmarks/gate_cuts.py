"""True shortenings of a sentence by cuts that are safe: what the gate should let pass.

By patterns on the surface: what stands between two commas and opens like an apposition or a relative clause, brackets,
opening and closing circumstances, clauses with a subject of their own, adverbs that reserve nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SUBJECT = r"(?:the|he|she|it|they|its|his|her|their|[A-Z][a-z]+)"
_FINITE = r"(?:\w{2,}ed|is|are|was|were|has|have|had|will|won|lost|met|took|made|went|came|held|left|led|gave)"

_CUTS: dict[str, tuple[tuple[str, str], ...]] = {
    "apposition": (
        (r"(?<=[a-z]), (?:a|an|the|his|her|its) (?:(?!said|says)[\w’'-]+ ){0,7}(?!said|says)[\w’'-]+, (?=[a-z])", " "),
        (r"(?<=[a-z]), \d\d, (?=[a-z])", " "),
    ),
    "relative clause": ((r"(?<=[a-z]), (?:who|which|whose) [^,.;“”()]+, (?=[a-z])", " "),),
    "relative clause at the end": ((r"(?<=[a-z]), (?:who|which|whose) [^,;“”()]+\.$", "."),),
    "brackets": ((r" \([^()]+\)", ""), (r" [–—] [^–—“”]+ [–—] ", " ")),
    "opening circumstance": (
        (r"^(?:In|On|At|During|After|Before|Since|As|While|When|Following|Amid|With) [^,;“”]+, (?=[a-zA-Z])", ""),
    ),
    "closing clause": (
        (r",? (?:after|as|while|when|before|following|because|although|though|despite) [^,.;“”?]+\.$", "."),
        (r", (?!said|added|according)[a-z]+ing [^;“”?]+\.$", "."),
    ),
    "closing time": (
        (rf" (?:on {_DAY}|last (?:week|month|year)|in {_MONTH}(?: \d{{4}})?|in \d{{4}}|yesterday)\.$", "."),
        (r" (?:in|at|near|outside|across|during|from) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?\.$", "."),
    ),
    "joined clause": (
        (rf", (?:and|but|while|so) {_SUBJECT} (?:[\w’'-]+ ){{0,3}}{_FINITE} [^;“”?]+\.$", "."),
        (rf",? (?:and|but) {_FINITE} [^,;“”?]+\.$", "."),
    ),
    "adverb": (
        ((r"\b(?:also|already|now|recently|currently|meanwhile|however|then|later|earlier|again|very|quickly|"
         r"eventually|finally|suddenly|immediately|previously|really|simply),? (?=[a-z])"), ""),
    ),
    "time inside": ((rf" on {_DAY} (?=(?:to|that|in|at|after|as|with|for)\b)", " "),),
}  # fmt: skip


def cuts(sentence: str) -> Iterator[tuple[str, str]]:
    """Each kind of cut with what `sentence` becomes by it; "two cuts" are two of these, one after the other."""
    once = [(kind, cut) for kind in _CUTS if (cut := _cut(kind, sentence)) is not None]
    yield from once
    for kind, cut in once:
        second = next((more for other in _CUTS if other != kind and (more := _cut(other, cut)) is not None), None)
        if second is not None:
            yield "two cuts", second
            return


def _cut(kind: str, sentence: str) -> str | None:
    for pattern, replacement in _CUTS[kind]:
        found = re.search(pattern, sentence)
        if found:
            cut = sentence[: found.start()] + replacement + sentence[found.end() :]
            return cut[:1].upper() + cut[1:]
    return None
