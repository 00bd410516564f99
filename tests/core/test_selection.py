from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core.selection import Budget, Choice, choose

CHOICES = st.lists(st.tuples(st.floats(-3, 3), st.integers(1, 60), st.booleans()), max_size=20)


def apart(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.eye(count, dtype=np.float32)


def test_the_most_salient_are_chosen_in_order() -> None:
    choices = [Choice(0.1, 10), Choice(0.9, 10), Choice(0.2, 10), Choice(0.8, 10)]
    assert choose(choices, apart(4), Budget(2, 2, 100), 1.0) == (1, 3)


def test_what_leans_comes_with_what_it_needs_or_not_at_all() -> None:
    choices = [Choice(0.0, 10), Choice(1.0, 10, needs=0), Choice(0.4, 10)]
    assert choose(choices, apart(3), Budget(2, 2, 100), 1.0) == (0, 1)
    assert choose(choices, apart(3), Budget(1, 1, 100), 1.0) == (2,)


def test_two_that_say_the_same_are_not_both_chosen() -> None:
    near = apart(3)
    near[0, 1] = near[1, 0] = 0.95
    assert choose([Choice(1.0, 10), Choice(0.9, 10), Choice(0.1, 10)], near, Budget(2, 2, 100), 0.0) == (0, 2)


def test_what_repeats_costs() -> None:
    near = apart(3)
    near[0, 1] = near[1, 0] = 0.6
    choices = [Choice(1.0, 10), Choice(0.9, 10), Choice(0.8, 10)]
    assert choose(choices, near, Budget(2, 2, 100), 0.0) == (0, 1)
    assert choose(choices, near, Budget(2, 2, 100), 1.0) == (0, 2)


def test_one_sentence_is_shown_even_if_it_is_too_long() -> None:
    assert choose([Choice(0.0, 99), Choice(1.0, 120)], apart(2), Budget(3, 3, 40), 1.0) == (1,)


def test_one_that_tells_much_is_better_than_two_that_tell_little_unless_two_are_wanted() -> None:
    choices = [Choice(2.0, 39), Choice(0.5, 10), Choice(0.6, 10)]
    assert choose(choices, apart(3), Budget(1, 2, 40), 1.0) == (0,)
    assert choose(choices, apart(3), Budget(2, 2, 40), 1.0) == (1, 2)


def test_nothing_gives_nothing() -> None:
    assert choose([], apart(0), Budget(3, 3, 40), 1.0) == ()


@given(CHOICES, st.integers(1, 5), st.integers(20, 120))
def test_every_choice_fits_the_budget_and_stands(rows: list[tuple[float, int, bool]], most: int, words: int) -> None:
    choices = [Choice(row[0], row[1], index - 1 if row[2] and index else None) for index, row in enumerate(rows)]
    chosen = choose(choices, apart(len(rows)), Budget(1, most, words), 1.0)
    assert list(chosen) == sorted(set(chosen))
    assert bool(chosen) == bool(rows)
    assert len(chosen) == 1 or (len(chosen) <= most and sum(choices[index].words for index in chosen) <= words)
    assert len(chosen) == 1 or all(choices[index].needs in {None, *chosen} for index in chosen)
