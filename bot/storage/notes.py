"""What the program remembers of itself from one start to the next: all SQL on notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.database import Database


class Notes:
    """Short texts by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """The text under a name."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall("SELECT value FROM notes WHERE name = ?", (name,))
        return next((str(value) for (value,) in rows), None)

    async def set(self, name: str, value: str) -> None:
        """Keep a text under a name, in place of an earlier one."""
        async with self._database.write() as connection:
            await connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
