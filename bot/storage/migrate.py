"""Bring a database to the newest schema: numbered SQL files, each applied once, whole or not at all.

A file is never edited after its release; a change is a new file. SQLite's `user_version` is the number of the last
one applied and is set in the same transaction, so that an interrupted migration leaves nothing behind.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import DatabaseTooNew, StorageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from aiosqlite import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    path: Path

    def statements(self) -> Iterator[str]:
        """The statements of the file, each whole."""
        statement = ""
        for line in self.path.read_text(encoding="utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""
        if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
            reason = f"The migration {self.path.name} ends in the middle of a statement."
            raise StorageError(reason)


def read_migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """The migrations of a folder, in order; their numbers run from 1 without a gap."""
    found = tuple(Migration(int(path.name[:4]), path) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")))
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        reason = f"The migrations in {folder} are not numbered from 1 without a gap."
        raise StorageError(reason)
    return found


async def schema_version(connection: Connection) -> int:
    """The number of the last migration applied; 0 for an empty database."""
    rows = await connection.execute_fetchall("PRAGMA user_version")
    return int(next(iter(rows))[0])


async def migrate(connection: Connection, steps: tuple[Migration, ...], keep: Callable[[int], Awaitable[None]]) -> None:
    """Apply the steps that are missing; before the first on a database that is not empty, `keep` its version.

    Raises:
        DatabaseTooNew: the database has steps that this Verbatim does not know.
        sqlite3.Error: a step failed; it and all after it are not applied.
    """
    begun = await schema_version(connection)
    for step in steps[begun:]:
        await _apply(connection, step, keep if 0 < begun == step.number - 1 else None)
    if await schema_version(connection) > len(steps):
        reason = "The database was written by a newer Verbatim."
        raise DatabaseTooNew(reason)


async def _apply(connection: Connection, step: Migration, keep: Callable[[int], Awaitable[None]] | None) -> None:
    # The lock comes before the look at the version: two programs may start at once.
    await connection.execute("BEGIN IMMEDIATE")
    try:
        if await schema_version(connection) < step.number:
            if keep is not None:
                await keep(step.number - 1)
            for statement in step.statements():
                await connection.execute(statement)
            await connection.execute(f"PRAGMA user_version = {step.number:d}")
        await connection.commit()
    finally:
        # Nothing after a commit.
        await connection.rollback()
