"""What a sentence's tree says: who did what to whom, and under what reserve.

From a parse it reads relations between words that hold whatever the wording: a passive subject is what is acted
on, "who" is the noun before it, verbs that are joined share their subject (in the manner of Stanford's enhanced
dependencies, Schuster and Manning 2016). And it reads the operators over a word: negation, modals, "allegedly",
"denied that". It knows nothing of evidence; `verify` compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.text.grammar import parse
from bot.text.tokens import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.text.grammar import Node
    from bot.text.tokens import Token


class Role(StrEnum):
    """How a word stands to the word it belongs to."""

    DOER = "doer"
    DONE_TO = "done to"
    PART = "part"
    """A word inside a noun phrase: a name's parts, a title, an adjective, an apposition, what someone is."""
    AROUND = "around"
    """Time, place, manner or a clause of its own: what a parser attaches least surely."""


class Reserve(StrEnum):
    """What kind of reserve an operator lays on a word."""

    NEGATION = "negation"
    HEDGE = "hedge"
    CONDITION = "condition"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Clause:
    """A parsed sentence: its tokens, their nodes, and the relations between them as (head, role, child)."""

    tokens: tuple[Token, ...]
    nodes: tuple[Node, ...]
    relations: frozenset[tuple[int, Role, int]]
    children: tuple[tuple[int, ...], ...]


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
    Reserve.ATTRIBUTION: "say tell add report according announce state insist argue note explain reveal write "
    "admit confirm describe tweet testify conclude declare stress maintain acknowledge",
}
_KIND = {stem(word): kind for kind, group in _OPERATORS.items() for word in group.split()}
_CHAIN = frozenset("ccomp xcomp pcomp prep acl aux".split())
_GRAMMAR_ONLY = frozenset("punct det aux mark cc prep neg prt agent dep".split())
_PARTS = frozenset("mod compound appos poss nummod attr acomp conj".split())
_CLAUSES = frozenset("relcl ccomp advcl acl csubj pcomp".split())
_RELATIVE = frozenset("who whom which that".split())


@lru_cache(maxsize=512)
def clause(text: str) -> Clause:
    """Parse one sentence."""
    cut = tokens(text)
    nodes = parse([token.text for token in cut])
    below: list[list[int]] = [[] for _ in nodes]
    for index, node in enumerate(nodes):
        if node.head >= 0:
            below[node.head].append(index)
    children = tuple(tuple(found) for found in below)
    return Clause(cut, nodes, frozenset(_relations(nodes, children)), children)


def _relations(nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> Iterator[tuple[int, Role, int]]:
    for index, node in enumerate(nodes):
        if node.head < 0 or node.label in _GRAMMAR_ONLY or _joins_clauses(index, nodes):
            continue
        for head, role in _heads_of(index, nodes):
            for child in (index, *_stand_ins(index, nodes, children)):
                for other in (head, *_sharers(head, role, nodes, children)):
                    if child != other:
                        yield other, role, child
        yield from _inherited(index, nodes, children)


def _heads_of(index: int, nodes: Sequence[Node]) -> Iterator[tuple[int, Role]]:
    """The content words that a word belongs to, through a preposition if need be."""
    node = nodes[index]
    above = nodes[node.head]
    if node.label in {"pobj", "pcomp"}:
        if above.head >= 0:
            yield above.head, Role.DOER if above.label == "agent" else Role.AROUND
    elif node.label in {"nsubj", "csubj"}:
        yield node.head, Role.DOER
    elif node.label in {"nsubjpass", "obj", "iobj"}:
        yield node.head, Role.DONE_TO
    else:
        is_part = node.label in _PARTS and not (node.label == "mod" and above.tag.startswith("VB"))
        yield node.head, Role.PART if is_part else Role.AROUND


def _joins_clauses(index: int, nodes: Sequence[Node]) -> bool:
    """Tell whether a word is a verb joined by "and" to another: what joins them says nothing of either."""
    return nodes[index].label == "conj" and nodes[index].tag.startswith("VB")


def _stand_ins(index: int, nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> Iterator[int]:
    """The words that mean the same as a word or share its place: the noun before "who", appositions, "A and B"."""
    node = nodes[index]
    if node.word.lower() in _RELATIVE and node.head >= 0:
        verb = node.head
        while verb >= 0 and nodes[verb].label not in {"relcl", "root"}:
            verb = nodes[verb].head
        if verb >= 0 and nodes[verb].label == "relcl":
            yield nodes[verb].head
    if node.label == "appos" and node.head >= 0:
        yield node.head
    for child in children[index]:
        if nodes[child].label in {"appos", "conj", "compound"}:
            yield child


def _sharers(head: int, role: Role, nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> Iterator[int]:
    """The verbs joined to a verb, or completing it, that have no subject of their own and so share its subject."""
    if role is not Role.DOER:
        return
    todo = [head]
    while todo:
        verb = todo.pop()
        for child in children[verb]:
            joined = nodes[child].label in {"conj", "xcomp", "advcl"} and nodes[child].tag.startswith("VB")
            if joined and not any(nodes[other].label.startswith("nsubj") for other in children[child]):
                yield child
                todo.append(child)


def _inherited(index: int, nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> Iterator[tuple[int, Role, int]]:
    """The noun that a participle or a subjectless relative clause hangs from takes part in it."""
    node = nodes[index]
    if node.label == "acl":
        yield index, Role.DONE_TO if node.tag == "VBN" else Role.DOER, node.head
    elif node.label == "relcl":
        has_subject = any(nodes[child].label.startswith("nsubj") for child in children[index])
        yield index, Role.DONE_TO if has_subject else Role.DOER, node.head


def clause_head(parsed: Clause, index: int) -> int:
    """The word at the head of the clause in which the word at `index` stands."""
    nodes = parsed.nodes
    for _ in range(len(nodes)):
        node = nodes[index]
        if node.head < 0 or node.label in _CLAUSES or _joins_clauses(index, nodes):
            break
        index = node.head
    return index


def operators(parsed: Clause, index: int) -> dict[int, Reserve]:
    """The words that lay a reserve on the word at `index`, by their index."""
    found: dict[int, Reserve] = {}
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
        kind = _KIND.get(parsed.tokens[at].stem)
        if kind is not None:
            found[at] = kind
    return found


def _own_operator(parsed: Clause, child: int, *, is_verb: bool) -> Reserve | None:
    """The reserve that a word lays on the word it hangs from, if any."""
    token, node = parsed.tokens[child], parsed.nodes[child]
    if is_verb:
        if node.label in {"aux", "neg", "advmod", "mark", "det"}:
            return _KIND.get(token.stem)
        if node.label == "advcl" and any(
            parsed.tokens[mark].lower in {"if", "unless"} for mark in parsed.children[child]
        ):
            return Reserve.CONDITION
        return Reserve.ATTRIBUTION if token.lower == "according" else None
    if node.label in {"det", "neg"} and token.lower in {"no", "not", "neither"}:
        return Reserve.NEGATION
    return None
