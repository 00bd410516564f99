"""What is measured of an article's words, and what becomes of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core.importance import MEASURES, measure, units, weigh
from bot.core.trees import IMPORTANCE, Trees, load_trees

STORY = (
    "The council of Portland approved a new bridge on Tuesday.",
    "The bridge will cost $45 million, Mayor Ann Lee said.",
    "Gardeners met quietly elsewhere.",
)
SALIENCE = np.array([1.5, 0.5, -1.0], dtype=np.float32)


def _column(name: str) -> dict[str, float]:
    words, rows = measure(STORY, SALIENCE)
    return dict(zip(words, rows[:, MEASURES.index(name)].tolist(), strict=True))


def test_a_word_is_measured_by_where_and_how_it_stands() -> None:
    assert _column("first")["bridge"] == 0.0
    assert _column("spread")["bridge"] > _column("spread")["council"]
    assert _column("capitals")["portland"] == 1.0
    assert _column("number")["45"] == 1.0
    assert _column("best")["lee"] == 0.5
    assert "the" not in _column("count")


def test_importance_is_a_share() -> None:
    stump = Trees(
        np.array([[MEASURES.index("in_first")]]),
        np.array([[0.5]], dtype=np.float32),
        np.array([[-0.5, 1.5]], dtype=np.float32),
    )
    found = weigh(STORY, SALIENCE, stump)
    assert (found["council"], found["gardener"]) == (1.0, 0.0)


def test_what_the_lede_names_matters_more_than_an_aside() -> None:
    found = weigh(STORY, SALIENCE, load_trees(IMPORTANCE))
    assert found["bridge"] > found["elsewhere"]


def test_units_are_the_words_that_importance_knows() -> None:
    assert units("The bridge of Portland") == {"bridge", "portland"}
    assert units("The bridge of Portland") <= set(measure(STORY, SALIENCE)[0])


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_sentences_can_be_weighed(sentences: list[str]) -> None:
    found = weigh(sentences, np.zeros(len(sentences), dtype=np.float32), load_trees(IMPORTANCE))
    assert all(0.0 <= value <= 1.0 for value in found.values())
