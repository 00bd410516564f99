"""Say in plain words what is wrong with the database: the one place that maps sqlite3's errors."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BEGIN_ANEW = "Restore a backup, or move the file away to begin with an empty one."
# By primary result code; see https://sqlite.org/rescode.html.
_FAULTS = {
    sqlite3.SQLITE_FULL: ("has no room: the disk is full", "Free some space, or run `verbatim db prune`."),
    sqlite3.SQLITE_BUSY: ("is held by another program", "Try again, or stop the other program."),
    sqlite3.SQLITE_LOCKED: ("is held by another program", "Try again, or stop the other program."),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _BEGIN_ANEW),
    sqlite3.SQLITE_NOTADB: ("is not a database, or is damaged", _BEGIN_ANEW),
    sqlite3.SQLITE_READONLY: ("may not be written to", "Give Verbatim the right to write the file and its folder."),
    sqlite3.SQLITE_PERM: ("may not be written to", "Give Verbatim the right to write the file and its folder."),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Check storage.path and the rights of its folder."),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk reports an error", "Check the disk."),
}
_PRIMARY = 0xFF


@contextmanager
def mapped_errors(path: Path) -> Iterator[None]:
    """Turn what sqlite3 raises inside into a StorageError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _mapped(path, error) from error


def _mapped(path: Path, error: sqlite3.Error) -> StorageError:
    # Errors that Python's own module raises carry no code.
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    words, hint = _FAULTS.get(code, (f"could not be used: {error}", None))
    return StorageError(f"The database {path} {words}.", hint)
