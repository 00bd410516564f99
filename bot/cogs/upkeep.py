"""What is done by the hour: dropping what is older, and more, than the operator keeps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from discord.ext import commands, tasks

from bot.errors import StorageError

if TYPE_CHECKING:
    from bot.app.bot import VerbatimBot

_log = logging.getLogger(__name__)


class Upkeep(commands.Cog):
    """Runs while the bot runs."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin."""
        self.prune.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self.prune.cancel()

    @tasks.loop(hours=1)
    async def prune(self) -> None:
        """Keep the database within its limits of size and age."""
        try:
            pruned = await self._bot.store.prune()
        except StorageError as error:
            _log.warning("nothing was pruned: %s", error.message)
        else:
            _log.info("pruned %s articles and %s results", pruned.articles, pruned.results)
