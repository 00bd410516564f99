from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clause import Role, clause, told
from bot.text.grammar import parse
from bot.text.reserve import Reserve, operators


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("The mayor fined the company.", ("fin", Role.DOER, "mayor")),
        ("The mayor fined the company.", ("fin", Role.DONE_TO, "compani")),
        ("The company was fined by the mayor.", ("fin", Role.DOER, "mayor")),
        ("The company was fined by the mayor.", ("fin", Role.DONE_TO, "compani")),
        ("The man who shot the king escaped.", ("shoot", Role.DOER, "man")),
        ("The mayor met the king and thanked him.", ("thank", Role.DOER, "mayor")),
    ],
)
def test_who_did_what_is_read_whatever_the_wording(sentence: str, relation: tuple[str, Role, str]) -> None:
    assert relation in told(sentence)


def _kinds_over(sentence: str, word: str) -> set[Reserve]:
    parsed = clause(sentence)
    index = next(at for at, token in enumerate(parsed.tokens) if token.text == word)
    return set(operators(parsed, index).values())


@pytest.mark.parametrize(
    ("sentence", "word", "kind"),
    [
        ("The bank did not close the branch.", "close", Reserve.NEGATION),
        ("The bank denied that it closed the branch.", "closed", Reserve.NEGATION),
        ("The bank may close the branch.", "close", Reserve.HEDGE),
        ("The bank voted to close the branch.", "close", Reserve.HEDGE),
        ("Police said that the man escaped.", "escaped", Reserve.ATTRIBUTION),
        ("The man escaped on Monday, police said.", "escaped", Reserve.ATTRIBUTION),
        ("According to the police, the man escaped.", "escaped", Reserve.ATTRIBUTION),
    ],
)
def test_a_reserve_is_read_over_the_word_it_governs(sentence: str, word: str, kind: Reserve) -> None:
    assert kind in _kinds_over(sentence, word)


def test_a_plain_statement_is_under_no_reserve() -> None:
    assert _kinds_over("The bank closed the branch.", "closed") == set()


@given(st.lists(st.text(min_size=1, max_size=8), max_size=30))
def test_every_parse_is_a_tree(words: list[str]) -> None:
    nodes = parse(words)
    assert len(nodes) == len(words)
    for index in range(len(nodes)):
        seen: set[int] = set()
        while index >= 0:
            assert index not in seen
            seen.add(index)
            index = nodes[index].head  # noqa: PLW2901  walking up to the root
