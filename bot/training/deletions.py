"""Ways of leaving words out of a sentence that keep it a sentence, found in its tree.

What may go is what compressive summarisers take to go without harm (Knight and Marcu 2002; Desai, Xu and Durrett 2020,
"Compressive Summarization with Plausibility and Salience Modeling"): appositions, clauses set off by commas,
parentheses, adverbials of time, place and circumstance, adverbs, and the second of two joined predicates. The parser
errs, so that what comes out must be checked by the gate and judged by a language model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.text.clause import clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.text.clause import Clause
    from bot.text.grammar import Node

_CIRCUMSTANCE = frozenset(
    "on in at during after before since amid near outside inside following despite along across around behind over "
    "under within throughout with from by for through".split()
)
"""Prepositions of phrases that may be left out of a clause or a noun phrase."""
_CLAUSE_MARKS = frozenset("after as because before since though although when while where which who whose".split())
_OPENERS = frozenset("but and so yet however meanwhile also indeed still then now".split())
_ADVERBS = frozenset("also already now still recently currently later earlier previously again here meanwhile".split())
_PLACED = frozenset("in at on near outside".split())
"""Prepositions of phrases that place a noun by a name or number, without which it is the same thing."""
_MOST_CUT = 0.7
"""Share of a sentence's tokens that one cut may take."""
_SHORTEST_LEFT = 4
"""Tokens that stand before a clause at a sentence's end."""
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_DASHES = frozenset("–—-")
_ADVERBIAL = frozenset("advcl acl relcl".split())
_SPACE = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?)\]])")
_LOOSE_MARKS = re.compile(r"[,;:–—-]+\s*([.!?])")
_TWICE = re.compile(r",(\s*,)+")


@dataclass(frozen=True, slots=True)
class Cut:
    """Tokens `[first, last]` of a sentence that may be left out together."""

    first: int
    last: int

    def overlaps(self, other: Cut) -> bool:
        """Tell whether a token stands in both."""
        return self.first <= other.last and other.first <= self.last


def cuts(sentence: str) -> tuple[Clause, tuple[Cut, ...]]:
    """Parse `sentence` and find what may be left out of it, each once, in order."""
    parsed = clause(sentence)
    found = (*_parentheses(parsed), *_opener(parsed), *_between_commas(parsed), *_subtrees(parsed))
    most = len(parsed.tokens) * _MOST_CUT
    fit = {cut for cut in found if cut.first <= cut.last and cut.last - cut.first < most}
    return parsed, tuple(sorted(fit, key=lambda cut: (cut.first, cut.last)))


def without(sentence: str, parsed: Clause, left_out: Iterable[Cut]) -> str:
    """Write `sentence` without the tokens of `left_out`, its marks and first letter mended."""
    gone = {index for cut in left_out for index in range(cut.first, cut.last + 1)}
    pieces, kept_to = [], 0
    for index, token in enumerate(parsed.tokens):
        if index in gone:
            pieces.append(sentence[kept_to : token.start])
            kept_to = token.end
    pieces.append(sentence[kept_to:])
    text = _SPACE.sub(" ", "".join(pieces)).strip()
    text = _LOOSE_MARKS.sub(r"\1", _BEFORE_MARK.sub(r"\1", _TWICE.sub(",", text)))
    text = text.lstrip(",;:–—- ")
    return text[:1].upper() + text[1:]


def _parentheses(parsed: Clause) -> Iterator[Cut]:
    opened = None
    for index, token in enumerate(parsed.tokens):
        if token.text in _OPEN:
            opened = index
        elif token.text in _CLOSE and opened is not None:
            yield Cut(opened, index)
            opened = None
    dashes = [index for index, token in enumerate(parsed.tokens) if _is_dash(parsed, index)]
    if len(dashes) == 2:  # noqa: PLR2004  one opens, one closes
        yield Cut(*dashes)


def _is_dash(parsed: Clause, index: int) -> bool:
    """A dash with space on both sides."""
    tokens = parsed.tokens
    if tokens[index].text not in _DASHES or not 0 < index < len(tokens) - 1:
        return False
    return tokens[index - 1].end < tokens[index].start and tokens[index].end < tokens[index + 1].start


def _opener(parsed: Clause) -> Iterator[Cut]:
    tokens = parsed.tokens
    if len(tokens) > 2 and tokens[0].lower in _OPENERS:  # noqa: PLR2004
        yield Cut(0, 1 if tokens[1].text == "," else 0)


def _between_commas(parsed: Clause) -> Iterator[Cut]:
    """What its first word and the commas tell, for trees that err: ", who …,", ", after … .", "In …,"."""
    commas = [index for index, token in enumerate(parsed.tokens) if token.text == ","]
    end = len(parsed.tokens) - 2
    if commas and parsed.tokens[0].lower in _CIRCUMSTANCE | _CLAUSE_MARKS:
        yield Cut(0, commas[0])
    for comma, after in pairwise([*commas, end]):
        if comma < end and parsed.tokens[comma + 1].lower in _CLAUSE_MARKS:
            yield Cut(comma, after)
            yield Cut(comma, end)
    for index in range(_SHORTEST_LEFT, end):
        if parsed.nodes[index].label == "mark" and parsed.tokens[index].lower in _CLAUSE_MARKS:
            yield Cut(index, end)


def _subtrees(parsed: Clause) -> Iterator[Cut]:
    for index, node in enumerate(parsed.nodes):
        first, last = _reach(parsed, index)
        if first is None or last is None:
            continue
        cut = Cut(first, last)
        if node.label in {"appos", *_ADVERBIAL}:
            yield from _set_off(parsed, cut)
        elif node.label == "prep" and _is_circumstance(parsed, node, cut):
            yield _with_commas(parsed, cut)
        elif node.label == "advmod" and cut.first == cut.last and _is_adverb(node.word.lower()):
            yield cut
        elif node.label == "conj":
            yield from _joined(parsed, index, cut)
        elif node.label in {"nmod", "npadvmod", "dep", "obj", "mod"} and _is_day(parsed, cut):
            yield _with_commas(parsed, cut)


def _is_circumstance(parsed: Clause, node: Node, cut: Cut) -> bool:
    """A phrase that hangs from a verb, or names the place or time of a noun; from any other noun it may tell which."""
    word = node.word.lower()
    if cut.first == cut.last or node.head < 0:
        return False
    if parsed.nodes[node.head].tag.startswith("VB"):
        return word in _CIRCUMSTANCE
    tags = {parsed.nodes[index].tag for index in range(cut.first, cut.last + 1)}
    return word in _PLACED and not tags.isdisjoint({"NNP", "CD"})


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def _reach(parsed: Clause, index: int) -> tuple[int, int] | tuple[None, None]:
    """The first and last token of the subtree, without marks at its edges; none where it is torn."""
    below, queue = set(), [index]
    while queue:
        found = queue.pop()
        below.add(found)
        queue += parsed.children[found]
    first, last = min(below), max(below)
    if len(below) != last - first + 1:
        return None, None
    while first < last and not parsed.tokens[last].is_word and parsed.tokens[last].text in ",.;:":
        last -= 1
    while first < last and parsed.tokens[first].text in ",;:":
        first += 1
    return first, last


def _set_off(parsed: Clause, cut: Cut) -> Iterator[Cut]:
    """A subtree between commas, or from one to the sentence's end or start."""
    opens = cut.first == 0 or _mark(parsed, cut.first - 1) == ","
    after = _mark(parsed, cut.last + 1)
    if opens and (after == "," or (after in {".", "!", "?", ""} and cut.first > 0)):
        yield _with_commas(parsed, cut)


def _with_commas(parsed: Clause, cut: Cut) -> Cut:
    """Take the commas along that set the words off."""
    before, after = _mark(parsed, cut.first - 1) if cut.first else None, _mark(parsed, cut.last + 1)
    if cut.first == 0 and after == ",":
        return Cut(cut.first, cut.last + 1)
    if before == "," and after == ",":
        return Cut(cut.first - 1, cut.last + 1)
    if before == "," and after in {".", "!", "?", ""}:
        return Cut(cut.first - 1, cut.last)
    return cut


def _joined(parsed: Clause, index: int, cut: Cut) -> Iterator[Cut]:
    """The second of two joined predicates, with its conjunction, where it ends the sentence."""
    is_verb = parsed.nodes[index].tag.startswith("VB") or parsed.nodes[index].tag == "MD"
    if not is_verb or _mark(parsed, cut.last + 1) not in {".", ""}:
        return
    start = cut.first - 1
    if start < 1 or parsed.tokens[start].lower not in {"and", "but"}:
        return
    yield Cut(start - 1 if _mark(parsed, start - 1) == "," else start, cut.last)


def _is_day(parsed: Clause, cut: Cut) -> bool:
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"}
    return cut.first == cut.last and parsed.tokens[cut.first].lower in days


def _mark(parsed: Clause, index: int) -> str:
    """The mark at `index`; empty past the end, a letter for a word."""
    if not 0 <= index < len(parsed.tokens):
        return ""
    token = parsed.tokens[index]
    return "w" if token.is_word else token.text
