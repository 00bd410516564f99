"""What a sentence's tree says: who did what to whom.

From a parse it reads relations between words that hold whatever the wording: a passive subject is what is acted
on, "who" is the noun before it, verbs that are joined share their subject (in the manner of Stanford's enhanced
dependencies, Schuster and Manning 2016). Negation and other reserves are read by `reserve`. It knows nothing of
evidence; `verify` compares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.text.grammar import parse
from bot.text.tokens import tokens

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


@dataclass(frozen=True, eq=False)
class Clause:
    """A sentence: its tokens, and the tree over them, parsed when it is first asked for; equal to itself alone."""

    tokens: tuple[Token, ...]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The tokens in their tree."""
        return _with_subjects_on_verbs(parse([token.text for token in self.tokens]))

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The indices of the tokens that hang from each token."""
        below: list[list[int]] = [[] for _ in self.nodes]
        for index, node in enumerate(self.nodes):
            if node.head >= 0:
                below[node.head].append(index)
        return tuple(tuple(found) for found in below)

    @cached_property
    def relations(self) -> frozenset[tuple[int, Role, int]]:
        """The relations between tokens as (head, role, child)."""
        return frozenset(_relations(self.nodes, self.children))


_MOST_TOKENS = 400
_GRAMMAR_ONLY = frozenset("punct det aux mark cc prep neg prt agent dep".split())
_PARTS = frozenset("mod compound appos poss nummod attr acomp conj".split())
_BREAK = re.compile(r",(?=\s)|;|:(?=\s)|\s[–—-](?=\s)|[()]")
_CLAUSES = frozenset("relcl ccomp advcl acl csubj pcomp".split())
_RELATIVE = frozenset("who whom which that".split())


@lru_cache(maxsize=512)
def clause(text: str) -> Clause:
    """Read one sentence; words after the four hundredth are left out."""
    return Clause(tokens(text)[:_MOST_TOKENS])


def _with_subjects_on_verbs(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Move what the parser hung on an auxiliary to the auxiliary's verb: nothing hangs on an auxiliary."""
    moved = list(nodes)
    for index, node in enumerate(nodes):
        if node.head >= 0 and nodes[node.head].label == "aux" and nodes[node.head].head not in {-1, index}:
            moved[index] = replace(node, head=nodes[node.head].head)
    return tuple(moved)


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
            yield from (part for part in children[child] if nodes[part].label == "compound")


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


def is_under(parsed: Clause, index: int, above: int) -> bool:
    """Tell whether the word at `index` hangs from the word at `above`, however deep."""
    for _ in range(len(parsed.nodes)):
        if index == above:
            return True
        index = parsed.nodes[index].head
        if index < 0:
            break
    return False


def told(text: str) -> frozenset[tuple[str, Role, str]]:
    """The relations of a sentence, by stems, read with and without each insertion between commas.

    A small parser is often led astray by an insertion ("The storm, the strongest in years, left …"); what is left
    when it is taken out is still what the sentence says.
    """
    return frozenset().union(*(_stem_relations(clause(reading)) for reading in _readings(text)))


def _stem_relations(parsed: Clause) -> frozenset[tuple[str, Role, str]]:
    cut = parsed.tokens
    return frozenset((cut[head].stem, role, cut[child].stem) for head, role, child in parsed.relations)


_MAX_READINGS = 6
_LONG = 120
"""Tokens above which a sentence is read once only: it is no sentence then."""
_LEAST_WORDS = 3
_FINITE = frozenset("VBD VBZ VBP MD".split())


def _readings(text: str) -> Iterator[str]:
    """The sentence, then the sentence without one of its parts between commas, dashes or brackets.

    A part that opens with a verb is no insertion: its subject stands before it.
    """
    yield text
    parsed = clause(text)
    if len(parsed.tokens) > _LONG:
        return
    cuts = [0, *(match.start() for match in _BREAK.finditer(text)), len(text.rstrip(" .!?"))]
    for first, last in list(pairwise(cuts))[:_MAX_READINGS]:
        opening = next((at for at, token in enumerate(parsed.tokens) if token.start >= first and token.is_word), None)
        rest = (text[:first] + " " + text[last:].lstrip(" ,;:)–—")).strip(" ,;:")
        is_insertion = opening is not None and parsed.nodes[opening].tag not in _FINITE
        if is_insertion and len(rest.split()) >= _LEAST_WORDS:
            yield rest
