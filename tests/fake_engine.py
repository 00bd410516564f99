"""An engine for the worker's tests: it holds, crashes and fails when told to."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Lock
from typing import Any

from bot.errors import TooLarge, WeightsMissing


class FakeEngine:
    """Keeps, in order, what it was asked for."""

    def __init__(self) -> None:
        self._seen: list[str] = []

    def echo(self, value: Any) -> Any:
        self._seen.append(str(value))
        return value

    def seen(self) -> list[str]:
        return self._seen

    def process_id(self) -> int:
        return os.getpid()

    def hold(self, gate: Path) -> str:
        """Return when the file `gate` is there."""
        gate.with_suffix(".held").touch()
        while not gate.exists():
            time.sleep(0.002)
        return gate.name

    def crash(self) -> None:
        os._exit(7)

    def crash_unless(self, marker: Path) -> str:
        """Crash the first time, and leave `marker` behind."""
        if marker.exists():
            return "went well"
        marker.touch()
        os._exit(7)

    def refuse(self) -> None:
        message = "Too much."
        raise TooLarge(message, "Take less.")

    def stumble(self) -> None:
        message = "a secret of the library"
        raise ZeroDivisionError(message)

    def unpicklable(self) -> object:
        return Lock()


def make_crashing() -> FakeEngine:
    """Crash while loading."""
    os._exit(9)


def make_without_weights() -> FakeEngine:
    message = "The weights of the fake were not found."
    raise WeightsMissing(message)


def make_held(gate: Path) -> FakeEngine:
    """Load only when the file `gate` is there."""
    engine = FakeEngine()
    engine.hold(gate)
    return engine


def make_once(marker: Path) -> FakeEngine:
    """Fail to load the first time."""
    if marker.exists():
        return FakeEngine()
    marker.touch()
    return make_without_weights()
