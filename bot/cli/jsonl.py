"""JSON objects, one a line, from and to files or the standard streams."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input, read or not: `record` is None where it was not a JSON object."""

    number: int
    record: Record | None


def opened(path: str, mode: str) -> contextlib.AbstractContextManager[IO[str]]:
    """Open a file to read ("r") or write ("w"), or the standard stream where `path` is "-"."""
    # Bytes that are not UTF-8 reach json.loads as surrogates; lone surrogates are written as escapes.
    errors = "surrogateescape" if mode == "r" else "backslashreplace"
    if path == "-":
        stream = sys.stdin if mode == "r" else sys.stdout
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
        return contextlib.nullcontext(stream)
    try:
        return Path(path).open(mode, encoding="utf-8", errors=errors)
    except OSError as error:
        message = f"The file {path} cannot be opened: {error.strerror}."
        raise UsageError(message) from error


def read(source: Iterable[str]) -> Iterator[Line]:
    """Read the lines that are not blank, numbered from 1."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        yield Line(number, record if isinstance(record, dict) else None)


def write(sink: IO[str], record: Record) -> None:
    """Write one record and hand it on at once, so that a reader of the pipe sees it."""
    sink.write(json.dumps(record, ensure_ascii=False) + "\n")
    sink.flush()
