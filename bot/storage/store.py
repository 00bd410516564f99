"""Everything kept, behind one door: what the rest of Verbatim opens, asks and closes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from bot.storage import upkeep
from bot.storage.archive import Archive
from bot.storage.articles import Articles
from bot.storage.clock import system_clock
from bot.storage.database import Database
from bot.storage.digests import Digests
from bot.storage.feeds import Feeds
from bot.storage.guilds import Guilds
from bot.storage.notes import Notes
from bot.storage.requests import Requests
from bot.storage.results import Results
from bot.storage.told import ToldStories

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from bot.config import Storage
    from bot.storage.clock import Clock


class Store:
    """The open database with its subjects. Make one with `Store.open`, use it with `async with`.

    Every method raises StorageError where the database cannot be read or written.
    """

    def __init__(self, database: Database, settings: Storage, clock: Clock) -> None:
        self.database = database
        self.articles = Articles(database, clock)
        self.results = Results(database, clock)
        self.requests = Requests(database, clock)
        self.guilds = Guilds(database)
        self.notes = Notes(database)
        self.archive = Archive(database, clock)
        self.digests = Digests(database, clock)
        self.feeds = Feeds(database, clock)
        self.told = ToldStories(database)
        self._settings = settings
        self._clock = clock

    @classmethod
    async def open(cls, settings: Storage, clock: Clock = system_clock) -> Self:
        """Open the configured file, made where it is missing; see `Database.open`."""
        return cls(await Database.open(settings.file), settings, clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        await self.database.close()

    async def prune(self) -> upkeep.Pruned:
        """Drop what is older, and more, than the configuration keeps."""
        unused_since = self._clock() - timedelta(days=self._settings.ttl_days)
        await self.requests.prune(unused_since)
        return await upkeep.prune(self.database, unused_since, self._settings.max_bytes)

    async def stats(self) -> upkeep.Stats:
        """Count what is kept."""
        return await upkeep.stats(self.database)

    async def check(self) -> tuple[str, ...]:
        """What is wrong with the database, a sentence each; empty where nothing is."""
        return await upkeep.problems(self.database)

    async def backup(self, target: Path) -> None:
        """Copy the database into one new file while it stays in use."""
        await self.database.backup(target)
