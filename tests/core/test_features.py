from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from fakes import FakeEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.features import FEATURES, measure, nearness, stems
from bot.core.passages import find_passages
from bot.text.segment import segment

TEXT = "Ann Lee opened the bridge in 2031. The bridge has cost $45 million. Trees were cut down for the road."


def column(name: str, text: str = TEXT, title: str | None = None) -> list[float]:
    passages = find_passages(segment(text))
    vectors = FakeEncoder().encode([passage.text for passage in passages])
    values = measure(passages, vectors, title, FakeEncoder().encode([title])[0] if title else None)
    found: list[float] = values[:, FEATURES.index(name)].tolist()
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [("first", [1, 0, 0]), ("numbers", [np.log(2), np.log(2), 0]), ("inverse_place", [1, 1 / 2, 1 / 3])],
)
def test_a_measure_says_what_its_name_says(name: str, expected: list[float]) -> None:
    assert column(name) == pytest.approx(expected)


def test_words_of_the_title_count() -> None:
    assert column("title_words", title="Trees cut down")[2] == 1.0
    assert column("title_words") == [0, 0, 0]


def test_endings_do_not_part_words() -> None:
    assert stems("The council's towers opened") == stems("the council tower opens")


def test_a_sentence_whose_words_another_has_says_the_same() -> None:
    passages = find_passages(segment("Ann Lee opened the bridge on Tuesday in Portland. Ann Lee opened the bridge."))
    vectors = FakeEncoder().encode([passage.text for passage in passages])
    assert nearness(passages, vectors)[0, 1] == 1.0


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_measures_are_finite_for_any_text(text: str) -> None:
    passages = find_passages(segment(text))
    if passages:
        vectors = FakeEncoder().encode([passage.text for passage in passages])
        assert np.isfinite(measure(passages, vectors)).all()


_IN_A_PROCESS = """
import hashlib
import numpy as np
from bot.core.features import measure
from bot.core.passages import Passage
from bot.article import Span
from bot.text.standalone import Standing
words = "amber birch cedar delta ember fjord glade heron inlet jetty kiosk ledge maple nectar olive poplar".split()
texts = [f"The {' '.join(part)} were sold." for part in (words, words[:7], words[7:])]
passages = [Passage(Span(0, 1), text, at, at, True, Standing.ALONE) for at, text in enumerate(texts)]
vectors = np.full((len(passages), 4), 0.5, dtype=np.float32)
print(hashlib.sha256(measure(passages, vectors).tobytes()).hexdigest())
"""


def test_an_article_is_measured_alike_in_every_process() -> None:
    """Python hashes strings anew in each: no measure may hang on the order of a set."""
    found = {
        subprocess.run(  # noqa: S603  this Python
            [sys.executable, "-c", _IN_A_PROCESS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
