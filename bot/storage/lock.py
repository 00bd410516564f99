"""One bot a database: two would both answer, and both finish what a crash left."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_process(database: Path) -> Iterator[None]:
    """Hold the database for this process; the system lets go of it with the process, however that ends.

    Raises:
        StorageError: another process holds it.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where the bot runs without this guard
    except ImportError:
        yield
        return
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(database.with_name(f"{database.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        message = "Another Verbatim runs on this database."
        raise StorageError(message, "Stop it first, or give this one another storage.path.") from error
    try:
        yield
    finally:
        os.close(handle)
