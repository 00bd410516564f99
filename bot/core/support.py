"""How well an article supports a statement, as numbers for a model to weigh.

A statement is set against the article's sentences that share most with it. What is measured: words, names and
numbers without a source; how much is copied and from how many places (a system that splices two sentences seldom
says what either says); what the gate objects to; meaning; and repetition. Nothing is learned here; the order of
`FEATURES` is the order of the columns.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.text.align import align, fragments
from bot.text.clause import Role, clause, told
from bot.text.tokens import tokens
from bot.text.verify import Finding, ProblemKind, supports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.article import Article
    from bot.model.base import Encoder
    from bot.text.tokens import Token

_MAX_EVIDENCE = 3
_MOST_SENTENCES = 400
_MOST_PARSED = 100
"""Sentences of an article that are read, and parsed: it bounds the time on a very long one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article made ready: its sentences' words, how rare each word is, its runs of words, its embeddings."""

    sentences: tuple[str, ...]
    tokens: tuple[tuple[Token, ...], ...]
    stems: tuple[frozenset[str], ...]
    pairs: tuple[frozenset[tuple[str, ...]], ...]
    rarity: dict[str, float]
    runs: dict[int, frozenset[tuple[str, ...]]]
    names: frozenset[str]
    spelling: dict[str, str]
    """How the words that always have a capital are written, by their lower case."""
    relations: frozenset[tuple[str, Role, str]]
    takers: dict[tuple[str, Role], frozenset[str]]
    """Who does a deed, or to whom it is done, by the verb's stem."""
    vectors: NDArray[np.float32]

    def weight(self, stem: str) -> float:
        """How much a word tells, by how few sentences have it."""
        return self.rarity.get(stem, math.log(1 + len(self.sentences)))


@dataclass(frozen=True, slots=True)
class Support:
    """A statement's best evidence (sentence indices, in order), what the gate finds, and the measures."""

    evidence: tuple[int, ...]
    finding: Finding
    measures: NDArray[np.float32]


def read(article: Article, encoder: Encoder) -> Reading:
    """Make an article ready to be checked against."""
    spans = [sentence.span for sentence in article.sentences[:_MOST_SENTENCES]]
    sentences = tuple(span.of(article.text) for span in spans)
    cut = tuple(tokens(sentence) for sentence in sentences)
    stems = tuple(frozenset(token.stem for token in found if token.is_content) for found in cut)
    counts = Counter(stem for found in stems for stem in found)
    rarity = {stem: math.log((1 + len(sentences)) / count) for stem, count in counts.items()}
    whole = [token.stem for found in cut for token in found if token.is_word]
    runs = {size: frozenset(_runs(whole, size)) for size in (2, 3, 4)}
    lower = {token.text for found in cut for token in found if token.text.islower()}
    names = frozenset(
        token.stem
        for found in cut
        for token in found
        if token.is_capitalised and token.is_content and token.text.lower() not in lower
    )
    spelling = {token.lower: token.text for found in cut for token in found if token.stem in names}
    relations = frozenset[tuple[str, Role, str]]().union(*map(told, sentences[:_MOST_PARSED]))
    takers: dict[tuple[str, Role], set[str]] = defaultdict(set)
    for verb, role, taker in relations:
        takers[verb, role].add(taker)
    frozen = {key: frozenset(found) for key, found in takers.items()}
    vectors = encoder.encode(sentences)
    pairs = tuple(frozenset(_runs([token.stem for token in found if token.is_word], 2)) for found in cut)
    return Reading(sentences, cut, stems, pairs, rarity, runs, names, spelling, relations, frozen, vectors)


def with_capitals(statement: str, spelling: dict[str, str]) -> str:
    """Write names as the article does, since some systems write in lower case; every offset stays."""
    pieces, end = [], 0
    for token in tokens(statement):
        written = spelling.get(token.lower, token.text)
        pieces += [statement[end : token.start], written if len(written) == len(token.text) else token.text]
        end = token.end
    return "".join(pieces) + statement[end:]


def _runs(stems: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(stems[at : at + size]) for at in range(len(stems) - size + 1)]


def choose_evidence(reading: Reading, cut: Sequence[Token], vector: NDArray[np.float32]) -> tuple[int, ...]:
    """The one to three sentences that share most with a statement, each adding words that those before lack."""
    if not reading.sentences:
        return ()
    wanted = {token.stem for token in cut if token.is_content}
    pairs = set(_runs([token.stem for token in cut if token.is_word], 2))
    likeness = reading.vectors @ vector
    total = sum(map(reading.weight, wanted)) or 1.0
    bonus = [len(pairs & found) / (1 + len(pairs)) for found in reading.pairs]
    chosen: list[int] = []
    while len(chosen) < _MAX_EVIDENCE:
        gains = [sum(map(reading.weight, wanted & stems)) / total for stems in reading.stems]
        scores = [gain + 0.5 * bonus[at] + 0.2 * float(likeness[at]) for at, gain in enumerate(gains)]
        best = max(
            (at for at in range(len(scores)) if at not in chosen), key=lambda at: (scores[at], -at), default=None
        )
        if best is None or (chosen and gains[best] < 0.08):  # noqa: PLR2004
            break
        chosen.append(best)
        wanted -= reading.stems[best]
    return tuple(sorted(chosen))


_KINDS = (
    ProblemKind.NUMBER,
    ProblemKind.NAME,
    ProblemKind.DATE,
    ProblemKind.WORD,
    ProblemKind.QUOTE,
    ProblemKind.NEGATION,
    ProblemKind.RESERVE,
    ProblemKind.ATTRIBUTION,
    ProblemKind.ROLE,
    ProblemKind.LINK,
)
FEATURES = (
    "length", "short", "novel", "novel_rare", "novel_article", "novel_name", "novel_number", "pairs", "triples",
    "fours", "name_pairs", "fragments", "fragment_length", "longest", "back", "jumps", "sentences", "spread",
    "join_names", "similarity", "similarity_second", "evidence_similarity", "roles", "roles_other", "roles_open",
    "links", "links_open", "verbless", "repeats", "repeats_before", "stutter", "ends", "starts_pronoun", "quoted",
    "first_person", "names", *(f"gate_{kind}" for kind in _KINDS), "gate_any",
)  # fmt: skip


def measure(reading: Reading, statement: str, vector: NDArray[np.float32], before: Sequence[str]) -> Support:
    """Set a statement against an article; `before` are the statements that stand before it."""
    statement = with_capitals(statement, reading.spelling)
    cut = tokens(statement)
    evidence = choose_evidence(reading, cut, vector)
    finding = _in_context(supports(statement, [reading.sentences[at] for at in evidence]), before)
    row = [
        *_sources(reading, cut),
        *_copying(reading, cut, evidence),
        *_meaning(reading, vector, evidence),
        *_relations(reading, statement),
        *_form(statement, cut, before, reading),
        *_objections(finding),
    ]
    return Support(evidence, finding, np.array(row, dtype=np.float32))


def _in_context(finding: Finding, before: Sequence[str]) -> Finding:
    """Whom a pronoun means is for the statement before to say; only the first one of a summary has none."""
    if not before:
        return finding
    return Finding(tuple(problem for problem in finding.problems if problem.kind is not ProblemKind.PRONOUN))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _sources(reading: Reading, cut: Sequence[Token]) -> list[float]:
    content = [token for token in cut if token.is_content]
    known = frozenset().union(*reading.stems) if reading.stems else frozenset()
    novel = [token for token in content if token.stem not in known]
    stems = [token.stem for token in cut if token.is_word]
    pairs = _runs(stems, 2)
    named = [pair for pair in pairs if reading.names & set(pair)]
    return [
        math.log(1 + len(stems)),
        float(len(stems) < 6),  # noqa: PLR2004
        _share(len(novel), len(content)),
        _share(sum(reading.weight(token.stem) for token in novel), sum(reading.weight(t.stem) for t in content)),
        float(bool(novel)),
        float(sum(token.is_capitalised and index > 0 for index, token in enumerate(novel))),
        float(sum(token.text[0].isdigit() for token in novel)),
        *(
            _share(sum(run not in reading.runs[size] for run in _runs(stems, size)), max(1, len(stems) - size + 1))
            for size in (2, 3, 4)
        ),
        float(sum(pair not in reading.runs[2] for pair in named)),
    ]


def _copying(reading: Reading, cut: Sequence[Token], evidence: Sequence[int]) -> list[float]:
    flat = [(token, at) for at in evidence for token in reading.tokens[at]]
    links = align(cut, [token for token, _ in flat])
    found = fragments(links)
    size = max(1, len(cut))
    homes = [flat[piece.source][1] for piece in found]
    moves = [
        (second.source - first.source_end, homes[at], homes[at + 1])
        for at, (first, second) in enumerate(pairwise(found))
    ]
    long = [piece for piece in found if piece.end - piece.start > 1]
    joins = sum(
        1 for first, second in pairwise(found) if {cut[first.end - 1].stem, cut[second.start].stem} & reading.names
    )
    return [
        _share(len(found), size),
        _share(sum(piece.end - piece.start for piece in found), max(1, len(found))) / 10,
        max((piece.end - piece.start for piece in found), default=0) / size,
        float(sum(step < 0 for step, _, _ in moves)),
        float(sum(step > 0 for step, _, _ in moves)),
        float(len({home for home, piece in zip(homes, found, strict=True) if piece in long})),
        math.log(1 + (max(homes) - min(homes) if homes else 0)),
        float(joins),
    ]


def _meaning(reading: Reading, vector: NDArray[np.float32], evidence: Sequence[int]) -> list[float]:
    likeness = np.sort(reading.vectors @ vector)[::-1] if reading.sentences else np.zeros(0)
    joined = reading.vectors[list(evidence)].sum(0) if evidence else np.zeros_like(vector)
    norm = float(np.linalg.norm(joined)) or 1.0
    return [
        float(likeness[0]) if len(likeness) else 0.0,
        float(likeness[1]) if len(likeness) > 1 else 0.0,
        float(joined @ vector) / norm,
    ]


def _relations(reading: Reading, statement: str) -> list[float]:
    """How many of a statement's relations the article has, gives to others, or leaves open."""
    parsed = clause(statement)
    roles, others, roles_open, links, links_open = 0, 0, 0, 0, 0
    for head, role, child in parsed.relations:
        first, second = parsed.tokens[head], parsed.tokens[child]
        if not (first.is_content and second.is_content) or parsed.nodes[child].label == "compound":
            continue
        is_known = (first.stem, role, second.stem) in reading.relations
        if role in {Role.DOER, Role.DONE_TO}:
            takers = reading.takers.get((first.stem, role), frozenset())
            is_others = not is_known and bool(takers) and not takers & _PRONOUNS
            roles, others, roles_open = roles + 1, others + is_others, roles_open + (not is_known and not is_others)
        else:
            links, links_open = links + 1, links_open + (not is_known)
    verbless = not any(node.tag.startswith(("VB", "MD")) for node in parsed.nodes)
    return [min(roles, 5), others, roles_open, min(links, 10), _share(links_open, links), float(verbless)]


_PRONOUNS = frozenset("he she it they his her their its".split())
_OPEN_ENDS = frozenset("the a an of to in and or for with by at on from be been has had is was as that".split())


def _form(statement: str, cut: Sequence[Token], before: Sequence[str], reading: Reading) -> list[float]:
    stems = [token.stem for token in cut if token.is_word]
    content = [token.stem for token in cut if token.is_content]
    earlier = {token.stem for other in before for token in tokens(other) if token.is_content}
    pairs = _runs(stems, 2)
    lower = [token.lower for token in cut if token.is_word]
    return [
        _share(len(content) - len(set(content)), len(content)),
        _share(len(set(content) & earlier), len(set(content))),
        float(len(pairs) - len(set(pairs))),
        float(bool(lower) and (lower[-1] in _OPEN_ENDS or statement.rstrip()[-1:] not in ".!?'\"”’")),
        float(bool(lower) and lower[0] in _PRONOUNS),
        float(sum(token.text in "'\"`“”‘’" for token in cut) > 0),
        float(any(word in {"i", "we", "my", "our"} for word in lower)),
        float(sum(token.stem in reading.names for token in cut)),
    ]


def _objections(finding: Finding) -> list[float]:
    counts = Counter(problem.kind for problem in finding.problems)
    return [*(min(3.0, float(counts[kind])) for kind in _KINDS), float(not finding.supported)]
