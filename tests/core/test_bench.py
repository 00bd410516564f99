from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from fakes import FakeEncoder

from bot.article import Length
from bot.core.bench import take_turns
from bot.core.bench_article import article
from bot.core.engine import Engine


class Ticks:
    """A clock that a stopwatch moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def takes(self, seconds: float) -> Callable[[], float]:
        def stopwatch() -> float:
            self.now += seconds
            return seconds

        return stopwatch


def test_everything_is_timed_in_turn_once_a_round() -> None:
    turns = count(1)
    stopwatches = dict.fromkeys("ab", lambda: float(next(turns)))
    assert take_turns(stopwatches, 3, 60) == {"a": [1, 3, 5], "b": [2, 4, 6]}


@pytest.mark.parametrize(
    ("seconds", "times"),
    [(0, {"a": [4], "b": []}), (4, {"a": [4], "b": []}), (5, {"a": [4], "b": [4]}), (99, {"a": [4, 4], "b": [4, 4]})],
)
def test_nothing_is_begun_when_the_time_is_over_but_the_first(seconds: float, times: dict[str, list[float]]) -> None:
    clock = Ticks()
    assert take_turns({"a": clock.takes(4), "b": clock.takes(4)}, 2, seconds, clock) == times


def test_the_articles_are_of_one_length_and_share_hardly_a_sentence() -> None:
    engine = Engine(FakeEncoder, lambda: None)
    first, second = (engine.read_body(article(number)) for number in (1, 42))
    assert len(first.text.split()) == len(second.text.split())
    sentences = [{one.span.of(body.text) for one in body.sentences} for body in (first, second)]
    assert len(sentences[0] & sentences[1]) < len(sentences[0]) / 10
    assert engine.extract(first, Length.MEDIUM).sentences
