"""The SQLite file: opening, transactions, backup, closing. It must not know what is kept in the tables.

One connection writes, one transaction at a time; another reads, so that nobody sees what is not committed. Both are
threads of aiosqlite: the event loop never waits for the disk.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Self

import aiosqlite

from bot.errors import StorageError
from bot.storage.faults import mapped_errors
from bot.storage.migrate import MIGRATIONS, migrate, read_migrations, schema_version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_BUSY_SECONDS = 5.0


class Database:
    """An open database. Make one with `Database.open`; close it, or the program will not end."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._open = True

    @classmethod
    async def open(cls, path: Path, *, migrations: Path = MIGRATIONS, busy_seconds: float = _BUSY_SECONDS) -> Self:
        """Open the file, made with its folder where it is missing, and bring it to the newest schema.

        Before an older database is changed, a copy of it is kept beside it as `NAME.v1`, with its version's number.

        Raises:
            DatabaseTooNew: it was written by a newer Verbatim.
            StorageError: it cannot be opened, or is damaged.
        """
        _make_file(path)
        with mapped_errors(path):
            # Fails here if it must: where connecting fails, aiosqlite leaves a thread behind.
            sqlite3.connect(path).close()
            writer = await _connect(path, busy_seconds)
            try:
                await _prepare(path, writer, migrations)
                return cls(path, writer, await _connect(path, busy_seconds))
            except BaseException:
                await writer.close()
                raise

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        self._open = False
        async with self._turn:
            with mapped_errors(self.path):
                try:
                    await self._reader.close()
                finally:
                    await self._writer.close()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[aiosqlite.Connection]:
        """Hold the one transaction that may write; committed at the end, rolled back on any error or cancellation."""
        async with self._turn:
            self._must_be_open()
            with mapped_errors(self.path):
                try:
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield self._writer
                    await self._writer.commit()
                except BaseException:
                    # Shielded, so that a second cancellation cannot leave it undone; nothing where BEGIN failed.
                    await asyncio.shield(self._writer.rollback())
                    raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[aiosqlite.Connection]:
        """Lend the reading connection; each statement sees what was committed when it began."""
        self._must_be_open()
        with mapped_errors(self.path):
            yield self._reader

    async def shrink(self) -> None:
        """Give the space of deleted rows back to the disk."""
        async with self._turn:
            self._must_be_open()
            with mapped_errors(self.path):
                # As a script: executed alone, Python stops it after the first page.
                await self._writer.executescript("PRAGMA incremental_vacuum")
                await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def backup(self, target: Path) -> None:
        """Copy the database, as it is now, into one new file, while it stays in use.

        Raises:
            StorageError: `target` exists, or cannot be written.
        """
        self._must_be_open()
        await asyncio.to_thread(_copy, self.path, target)

    def _must_be_open(self) -> None:
        if not self._open:
            reason = "The database is closed."
            raise StorageError(reason)


def storable(text: str) -> str:
    """The text with lone surrogates spelt out, which SQLite's UTF-8 cannot hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What people post is nobody else's business on a shared machine.
        path.touch(mode=0o600)
    except OSError as error:
        reason = f"The database {path} cannot be made: {error.strerror}."
        raise StorageError(reason, "Check storage.path and the rights of its folder.") from error


async def _connect(path: Path, busy_seconds: float) -> aiosqlite.Connection:
    # Without an isolation level, transactions begin only where the code says so.
    connection = await aiosqlite.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        await connection.execute("PRAGMA foreign_keys = ON")
        # An accepted request must outlive a power cut, so every commit reaches the disk.
        await connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _prepare(path: Path, connection: aiosqlite.Connection, folder: Path) -> None:
    async def keep(version: int) -> None:
        kept = path.with_name(f"{path.name}.v{version}")
        if not kept.exists():
            await asyncio.to_thread(_copy, path, kept)

    if await schema_version(connection) == 0:
        # Takes effect only before the first table.
        await connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    await connection.execute_fetchall("PRAGMA journal_mode = WAL")
    await migrate(connection, read_migrations(folder), keep)


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        reason = f"The file {target} exists already."
        raise StorageError(reason, "Name a file that does not exist.")
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    _make_file(partial)
    # A connection of its own: in WAL mode it reads one state and stops nobody.
    with (
        mapped_errors(target),
        closing(sqlite3.connect(source)) as origin,
        closing(sqlite3.connect(partial)) as copy,
    ):
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    partial.replace(target)
