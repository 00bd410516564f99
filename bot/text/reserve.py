"""Under what reserve a sentence says something: "not", "may", "allegedly", "denied that", "if", "police said".

An operator is a word that takes back, weakens, conditions or attributes what another word says. Operators are read
from the tree, and from the surface where it is sure ("said that …", "…, police said"). It knows nothing of evidence;
`verify` compares.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.text.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.clause import Clause
    from bot.text.tokens import Token


class Reserve(StrEnum):
    """What kind of reserve an operator lays on a word."""

    NEGATION = "negation"
    HEDGE = "hedge"
    CONDITION = "condition"
    ATTRIBUTION = "attribution"


_OPERATORS = {
    Reserve.NEGATION: "not no never n't nor neither none nobody nothing without cannot hardly barely scarcely rarely "
    "deny refuse reject fail unable unlikely lack stop prevent avoid cancel abandon oppose dismiss decline little few "
    "refute nowhere",
    Reserve.HEDGE: "may might could would should will shall can must likely possibly probably perhaps maybe allegedly "
    "reportedly apparently supposedly potentially seemingly nearly almost partly partially accuse allege suspect "
    "plan want hope expect threaten claim believe think try attempt intend aim wish seek offer consider suggest fear "
    "appear seem promise vow pledge propose agree urge ask call demand order warn predict may set due able willing "
    "charge speculate rumour rumor estimate 'll ready wo ca about",
    Reserve.CONDITION: "if unless whether until provided",
    Reserve.ATTRIBUTION: "say tell add report according announce state insist argue explain reveal write "
    "admit confirm describe tweet testify conclude declare stress maintain acknowledge",
}
_KIND = {stem(word): kind for kind, group in _OPERATORS.items() for word in group.split()}
_IMPLICATIVE = frozenset(map(stem, "manage go come help continue begin start".split()))
"""Verbs whose infinitive comes true: who managed to win won."""
_CHAIN = frozenset("ccomp xcomp pcomp prep acl aux".split())


def _kind(token: Token) -> Reserve | None:
    """The reserve that a word lays, if any; "noted" shares its stem with "not"."""
    if token.stem == "not" and token.lower not in {"not", "n't"}:
        return Reserve.ATTRIBUTION
    return _KIND.get(token.stem)


def operators(parsed: Clause, index: int) -> dict[int, Reserve]:
    """The words that lay a reserve on the word at `index`, by their index."""
    found = {at: kind for at, kind, first, last in surface_operators(parsed) if first <= index < last}
    nodes = parsed.nodes
    at, via = index, index
    if nodes[index].label == "pobj" and parsed.tokens[nodes[index].head].lower == "without":
        found[nodes[index].head] = Reserve.NEGATION
    for _ in range(len(nodes)):
        for child in parsed.children[at]:
            kind = _own_operator(parsed, child, is_verb=nodes[at].tag.startswith(("VB", "MD")))
            if kind is not None and child != via:
                found[child] = kind
        if nodes[at].label not in _CHAIN or nodes[at].head < 0:
            break
        via, at = at, nodes[at].head
        kind = _kind(parsed.tokens[at])
        if kind is not None:
            found[at] = kind
    return found


def _own_operator(parsed: Clause, child: int, *, is_verb: bool) -> Reserve | None:
    """The reserve that a word lays on the word it hangs from, if any."""
    token, node = parsed.tokens[child], parsed.nodes[child]
    if is_verb:
        if node.label == "aux" and node.tag == "TO":
            governor = parsed.nodes[node.head].head
            comes_true = governor >= 0 and parsed.tokens[governor].stem in _IMPLICATIVE
            return None if comes_true else Reserve.HEDGE
        if node.label in {"aux", "neg", "advmod", "mark", "det"}:
            return _kind(token)
        if node.label == "advcl" and any(
            parsed.tokens[mark].lower in {"if", "unless"} for mark in parsed.children[child]
        ):
            return Reserve.CONDITION
        return Reserve.ATTRIBUTION if token.lower == "according" else None
    if node.label in {"det", "neg"} and token.lower in {"no", "not", "neither"}:
        return Reserve.NEGATION
    return None


_ADJACENT = frozenset("not n't never cannot may might could would".split())
_PRONOUNS = frozenset("he she it they we i there his her their its".split())
_CLOSES = frozenset([";", '"', "”"])
_TAIL_WORDS = 9


@lru_cache(maxsize=512)
def surface_operators(parsed: Clause) -> tuple[tuple[int, Reserve, int, int], ...]:
    """Operators that word order alone shows, each with the range of tokens that it governs."""
    return (*_adjacent(parsed), *_embedding(parsed), *_closing(parsed), *_opening(parsed))


_NEAR = 3


def _adjacent(parsed: Clause) -> Iterator[tuple[int, Reserve, int, int]]:
    """Find "did not close" and "may close": the next word of matter is under the "not" or the modal."""
    cut = parsed.tokens
    for index, token in enumerate(cut):
        if token.lower not in _ADJACENT:
            continue
        near = range(index + 1, min(index + 1 + _NEAR, len(cut)))
        word = next((at for at in near if cut[at].is_content or not cut[at].is_word), None)
        if word is not None and cut[word].is_word:
            yield index, _KIND[token.stem], word, word + 1


def _embedding(parsed: Clause) -> Iterator[tuple[int, Reserve, int, int]]:
    """Find "said that …", "denied he …": all up to the end or a semicolon is under the verb."""
    cut = parsed.tokens
    for index, token in enumerate(cut[:-1]):
        kind = _kind(token)
        following = cut[index + 1].lower
        if kind in {None, Reserve.CONDITION} or not parsed.nodes[index].tag.startswith("VB"):
            continue
        if following == "that" or (
            kind is Reserve.ATTRIBUTION and following in _PRONOUNS - {"his", "her", "their", "its"}
        ):
            last = next((at for at in range(index + 2, len(cut)) if _closes(parsed, at)), len(cut))
            yield index, kind, index + 2, last


def _closes(parsed: Clause, index: int) -> bool:
    """Tell whether what a verb of saying governs ends here: at a semicolon, a quotation, or "and said"."""
    cut = parsed.tokens
    if cut[index].text in _CLOSES:
        return True
    opens = cut[index].lower in {"and", "but"} and index + 1 < len(cut)
    return opens and parsed.nodes[index + 1].tag in {"VBD", "VBZ"} and cut[index + 1].stem in _KIND


def _closing(parsed: Clause) -> Iterator[tuple[int, Reserve, int, int]]:
    """Find "…, police said." and "…, according to the mayor.": all before it is under the verb."""
    cut = parsed.tokens
    comma = max((at for at, token in enumerate(cut) if token.text in {",", "”", '"'}), default=-1)
    tail = range(comma + 1, len(cut))
    if comma < 0 or len(tail) > _TAIL_WORDS:
        return
    for at in tail:
        is_said = parsed.nodes[at].tag in {"VBD", "VBZ", "VBP"} or cut[at].lower == "according"
        if is_said and _kind(cut[at]) is Reserve.ATTRIBUTION:
            yield at, Reserve.ATTRIBUTION, 0, comma
            return


def _opening(parsed: Clause) -> Iterator[tuple[int, Reserve, int, int]]:
    """Find "According to the mayor, …": all after it is under the preposition."""
    if parsed.tokens and parsed.tokens[0].lower == "according":
        yield 0, Reserve.ATTRIBUTION, 2, len(parsed.tokens)
