"""The set of sentences and versions that tells most of what matters in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.compression import Telling, Version, choose_versions
from bot.core.selection import Budget, Choice

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _telling(*versions: str, salience: float = 1.0, needs: int | None = None) -> Telling:
    """Each letter of a version stands for a word of its own; a dot for one that carries nothing."""
    told = tuple(Version(len(text), frozenset(text) - {"."}) for text in versions)
    return Telling(Choice(salience, len(versions[0]), needs), told)


def _apart(count: int) -> NDArray[np.float32]:
    return np.eye(count, dtype=np.float32)


def test_words_that_matter_little_are_left_out() -> None:
    tellings = [_telling("ab....", "ab"), _telling("cd....", "c...")]
    chosen = choose_versions(tellings, _apart(2), {"a": 1, "b": 1, "c": 1, "d": 1}, Budget(2, 2, 20))
    assert chosen == ((0, 1), (1, 0))


def test_a_set_that_is_over_the_budget_shrinks_until_it_fits() -> None:
    tellings = [_telling("abcdef", "abc"), _telling("ghijkl", "ghi")]
    importance = dict.fromkeys("abcdefghijkl", 1.0)
    chosen = choose_versions(tellings, _apart(2), importance, Budget(2, 2, 9))
    assert sum(tellings[index].versions[version].words for index, version in chosen) == 9


def test_what_another_sentence_has_already_is_worth_nothing_again() -> None:
    tellings = [_telling("abc"), _telling("abc"), _telling("ghi", salience=0.9)]
    chosen = choose_versions(tellings, _apart(3), dict.fromkeys("abcghi", 1.0), Budget(2, 2, 20))
    assert [index for index, _ in chosen] == [0, 2]


def test_two_sentences_that_say_the_same_are_not_shown_together() -> None:
    near = _apart(3)
    near[0, 1] = near[1, 0] = 0.95
    tellings = [_telling("abc", salience=3), _telling("def", salience=3), _telling("ghi", salience=-3)]
    chosen = choose_versions(tellings, near, {}, Budget(2, 2, 20))
    assert 2 in [index for index, _ in chosen]


def test_a_sentence_that_another_leans_on_comes_along_and_stays_whole() -> None:
    tellings = [_telling("ab....", "ab", salience=-1), _telling("cdef", salience=5, needs=0), _telling("g", salience=0)]
    chosen = choose_versions(tellings, _apart(3), dict.fromkeys("abcdefg", 1.0), Budget(2, 2, 20))
    assert chosen == ((0, 0), (1, 0))


@pytest.mark.parametrize(("tellings", "chosen"), [([], ()), ([_telling("abc")], ((0, 0),))], ids=["none", "one"])
def test_fewer_than_wanted_are_all_shown(tellings: list[Telling], chosen: tuple[tuple[int, int], ...]) -> None:
    assert choose_versions(tellings, _apart(len(tellings)), {}, Budget(3, 4, 60)) == chosen


_VERSIONS = st.lists(st.text("abcdefgh.", min_size=1, max_size=12), min_size=1, max_size=4)


@settings(deadline=None, max_examples=80)
@given(st.lists(_VERSIONS, max_size=6), st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1)))
def test_every_choice_is_in_order_and_holds_to_the_budget_where_it_can(
    texts: list[list[str]], importance: dict[str, float]
) -> None:
    tellings = [_telling(*versions) for versions in texts]
    budget = Budget(2, 3, 20)
    chosen = choose_versions(tellings, _apart(len(tellings)), importance, budget)
    places = [index for index, _ in chosen]
    assert places == sorted(set(places))
    assert bool(chosen) is bool(tellings)
    assert len(chosen) <= budget.most
    words = sum(tellings[index].versions[version].words for index, version in chosen)
    shortest = sum(min(version.words for version in tellings[index].versions) for index in places)
    assert words <= max(budget.words, shortest)
