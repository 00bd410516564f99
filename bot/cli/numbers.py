"""Numbers on the command line: within their bounds, or refused in plain words before anything starts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_WORKERS = 256


def whole(least: int, most: int, what: str = "number") -> Callable[[str], int]:
    """Make what argparse reads a whole number with, from `least` to `most`."""

    def read(text: str) -> int:
        # So many digits at most, or int() takes its time.
        if text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        message = f"“{text[:40]}” is not a {what} from {least} to {most}"
        raise argparse.ArgumentTypeError(message)

    return read
