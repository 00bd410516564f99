from __future__ import annotations

from bot.core.breaker import Breaker


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_failure_is_forgiven() -> None:
    breaker = Breaker(Seconds())
    breaker.failed()
    assert breaker.seconds_left == 0
    breaker.succeeded()
    breaker.failed()
    assert breaker.seconds_left == 0


def test_after_failures_in_a_row_there_is_a_pause_then_one_attempt_decides() -> None:
    clock = Seconds()
    breaker = Breaker(clock, most=2, seconds=60)
    breaker.failed()
    breaker.failed()
    assert breaker.seconds_left == 60
    clock.now += 59
    assert breaker.seconds_left == 1
    clock.now += 1
    assert breaker.seconds_left == 0
    breaker.failed()
    assert breaker.seconds_left == 60
    clock.now += 60
    breaker.succeeded()
    breaker.failed()
    assert breaker.seconds_left == 0
