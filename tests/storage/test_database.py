from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.errors import DatabaseTooNew, StorageError
from bot.storage.database import Database, storable
from bot.storage.faults import mapped_errors
from bot.storage.migrate import MIGRATIONS, read_migrations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FIRST = "-- one\nCREATE TABLE words (word TEXT NOT NULL) STRICT;\n"
SECOND = "ALTER TABLE words ADD COLUMN length INTEGER;\n\nUPDATE words SET length = length(word);\n"
TRIGGER = "CREATE TRIGGER t AFTER INSERT ON words BEGIN\n    UPDATE words SET length = 0;\nEND;\n"


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path, busy_seconds=0.05)
    async with database.write() as connection:
        await connection.execute("CREATE TABLE numbers (number INTEGER NOT NULL) STRICT")
    yield database
    await database.close()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def steps(folder: Path, *scripts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, script in enumerate(scripts, 1):
        (folder / f"{number:04d}_step.sql").write_text(script, encoding="utf-8")
    return folder


async def count(database: Database) -> int:
    async with database.read() as connection:
        return int(next(iter(await connection.execute_fetchall("SELECT count(*) FROM numbers")))[0])


async def open_and_close(path: Path, migrations: Path = MIGRATIONS) -> None:
    database = await Database.open(path, migrations=migrations)
    await database.close()


async def test_a_database_is_made_from_nothing_and_opened_again(path: Path) -> None:
    await open_and_close(path)
    schema = rows(path, "SELECT sql FROM sqlite_schema ORDER BY name")
    await open_and_close(path)
    assert rows(path, "SELECT sql FROM sqlite_schema ORDER BY name") == schema
    assert rows(path, "PRAGMA user_version") == [(len(read_migrations()),)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


async def test_every_table_is_strict(path: Path) -> None:
    await open_and_close(path)
    # Leaving out SQLite's own and those of FTS5.
    loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"
    assert rows(path, loose) == []


async def test_only_the_owner_may_read_the_file(path: Path) -> None:
    await open_and_close(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_an_older_database_is_brought_up_with_its_rows(path: Path, tmp_path: Path) -> None:
    folder = steps(tmp_path / "steps", FIRST)
    await open_and_close(path, folder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO words VALUES ('bridge')")
        connection.commit()
    await open_and_close(path, steps(folder, FIRST, SECOND, TRIGGER))
    assert rows(path, "SELECT * FROM words") == [("bridge", 6)]
    assert rows(path, "PRAGMA user_version") == [(3,)]


async def test_a_copy_of_an_older_database_is_kept(path: Path, tmp_path: Path) -> None:
    folder = steps(tmp_path / "steps", FIRST)
    await open_and_close(path, folder)
    await open_and_close(path, steps(folder, FIRST, SECOND))
    kept = path.with_name(path.name + ".v1")
    assert rows(kept, "PRAGMA user_version") == [(1,)]
    await open_and_close(kept, steps(folder, FIRST, SECOND))


async def test_a_failed_migration_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    folder = steps(tmp_path / "steps", FIRST, "CREATE TABLE half (x TEXT) STRICT;\nINSERT INTO absent VALUES (1);\n")
    with pytest.raises(StorageError, match="no such table: absent"):
        await open_and_close(path, folder)
    assert rows(path, "SELECT name FROM sqlite_schema") == [("words",)]
    assert rows(path, "PRAGMA user_version") == [(1,)]
    await open_and_close(path, steps(folder, FIRST, SECOND))
    assert rows(path, "PRAGMA user_version") == [(2,)]


@pytest.mark.parametrize("made", [0, 1])
async def test_several_programs_may_bring_up_a_database_at_once(path: Path, tmp_path: Path, made: int) -> None:
    await open_and_close(path, steps(tmp_path / "steps", *(step.path.read_text() for step in read_migrations()[:made])))
    opened = await asyncio.gather(*(Database.open(path) for _ in range(4)), return_exceptions=True)
    for database in opened:
        if isinstance(database, Database):
            await database.close()
    assert [database for database in opened if not isinstance(database, Database)] == []


async def test_a_newer_database_is_left_alone(path: Path) -> None:
    await open_and_close(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(DatabaseTooNew):
        await open_and_close(path)
    assert rows(path, "PRAGMA user_version") == [(9999,)]


@pytest.mark.parametrize("scripts", [("CREATE TABLE words (", "")])
async def test_an_unfinished_migration_is_refused(path: Path, tmp_path: Path, scripts: tuple[str, ...]) -> None:
    with pytest.raises(StorageError, match="in the middle of a statement"):
        await open_and_close(path, steps(tmp_path / "steps", *scripts))


def test_migrations_are_numbered_without_a_gap(tmp_path: Path) -> None:
    folder = steps(tmp_path / "steps", FIRST, SECOND)
    (folder / "0001_step.sql").unlink()
    with pytest.raises(StorageError, match="without a gap"):
        read_migrations(folder)


async def test_an_error_rolls_everything_back(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as connection:
            await connection.execute("INSERT INTO numbers VALUES (1)")
            await connection.execute("INSERT INTO numbers VALUES ('no number')")

    with pytest.raises(StorageError, match="cannot store TEXT value"):
        await fail()
    assert await count(database) == 0


async def test_cancelling_rolls_everything_back(database: Database) -> None:
    begun = asyncio.Event()

    async def work() -> None:
        async with database.write() as connection:
            await connection.execute("INSERT INTO numbers VALUES (1)")
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as connection:
        await connection.execute("INSERT INTO numbers VALUES (2)")
    assert await count(database) == 1


async def test_readers_see_only_what_is_committed(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute("INSERT INTO numbers VALUES (1)")
        assert await count(database) == 0
    assert await count(database) == 1


async def test_many_writers_take_turns(database: Database) -> None:
    async def work() -> None:
        async with database.write() as connection:
            rows = await connection.execute_fetchall("SELECT count(*) FROM numbers")
            await asyncio.sleep(0)
            await connection.execute("INSERT INTO numbers VALUES (?)", (next(iter(rows))[0],))

    await asyncio.gather(*(work() for _ in range(50)))
    async with database.read() as connection:
        found = await connection.execute_fetchall("SELECT number FROM numbers ORDER BY number")
    assert [number for (number,) in found] == list(range(50))


async def test_a_closed_database_says_so(path: Path) -> None:
    database = await Database.open(path)
    await database.close()
    with pytest.raises(StorageError, match="closed"):
        async with database.read():
            pass
    with pytest.raises(StorageError, match="closed"):
        async with database.write():
            pass
    await database.close()


async def test_a_backup_is_whole_while_the_database_is_in_use(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await connection.execute("INSERT INTO numbers VALUES (1)")
    target = tmp_path / "backups" / "copy.sqlite"
    async with database.write() as connection:
        await connection.execute("INSERT INTO numbers VALUES (2)")
        await database.backup(target)
    assert rows(target, "SELECT number FROM numbers") == [(1,)]
    assert [entry.name for entry in target.parent.iterdir()] == [target.name]


async def test_a_backup_replaces_nothing(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("mine")
    with pytest.raises(StorageError, match="exists already"):
        await database.backup(target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("content", [b"not a database at all" * 100, bytes(range(256)) * 32])
async def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError, match="is not a database"):
        await open_and_close(path)


async def test_a_damaged_database_is_said(path: Path) -> None:
    await open_and_close(path)
    data = bytearray(path.read_bytes())
    data[4_096:] = b"\xa5" * (len(data) - 4_096)
    path.write_bytes(data)
    with pytest.raises(StorageError, match="is damaged"):
        await open_and_close(
            path, steps(path.parent / "steps", *(step.path.read_text() for step in read_migrations()), FIRST)
        )


async def test_a_place_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be made"):
        await open_and_close(tmp_path / "file" / "verbatim.sqlite")
    with pytest.raises(StorageError, match="cannot be opened"):
        await open_and_close(tmp_path)


async def test_a_held_database_is_said(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="held by another program"):
            async with database.write():
                pass


async def test_a_full_disk_is_said(database: Database) -> None:
    async def fill() -> None:
        async with database.write() as connection:
            await connection.execute("PRAGMA max_page_count = 1")
            await connection.execute("CREATE TABLE large (value BLOB) STRICT")

    with pytest.raises(StorageError, match="disk is full"):
        await fill()
    assert await count(database) == 0


def test_a_read_only_database_is_said(path: Path) -> None:
    path.parent.mkdir()
    sqlite3.connect(path).close()
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        pytest.raises(StorageError, match="may not be written") as caught,
        mapped_errors(path),
    ):
        connection.execute("CREATE TABLE numbers (number INTEGER)")
    assert caught.value.hint


def test_any_text_can_be_stored() -> None:
    assert storable("a\ud800b") == "a\\ud800b"
    assert storable("ü\x00") == "ü\x00"
