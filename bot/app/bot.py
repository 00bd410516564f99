"""The bot, put together: the composition root of everything that talks to Discord.

Nothing is global: two bots fit in one process, and a restart in a test is a real one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app.dispatch import guard
from bot.cogs import faults
from bot.cogs.answering import Answering
from bot.cogs.asking import Asking
from bot.cogs.buttons import CardButton
from bot.cogs.digests import Digests
from bot.cogs.feeds import Feeds
from bot.cogs.followups import Followups
from bot.cogs.listening import Listening
from bot.cogs.pressing import Pressing
from bot.cogs.privacy import Privacy
from bot.cogs.searching import Searching
from bot.cogs.settings import Settings
from bot.cogs.ticking import Ticking
from bot.cogs.translation import CommandTranslator
from bot.cogs.upkeep import Upkeep
from bot.errors import VerbatimError
from bot.render.card import CHOICE_NAME, clip
from bot.render.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.article import Article, Quote
    from bot.cogs.outlet import Place
    from bot.config import Config
    from bot.core.desk import Desk
    from bot.core.metrics import Metrics
    from bot.fetch.page import Fetcher
    from bot.storage.requests import Request
    from bot.storage.store import Store

_log = logging.getLogger(__name__)
_COGS = (Asking, Listening, Searching, Settings, Privacy, Upkeep, Digests, Feeds, Ticking)
_SYNCED = "synced_commands"


class CommandTree(app_commands.CommandTree["VerbatimBot"]):
    """The slash commands; every error goes through the one door."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Tell the user what went wrong."""
        await faults.tell(interaction, faults.explain(error, words(str(interaction.locale))))


class VerbatimBot(commands.AutoShardedBot):
    """The Discord bot over one desk and one store. Closing it closes neither: whoever made them does."""

    def __init__(
        self,
        config: Config,
        desk: Desk,
        store: Store,
        metrics: Metrics,
        *,
        message_content: bool = True,
        clock: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        # There is no voice here to warn about.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents(guilds=True, messages=True, reactions=True, message_content=message_content)
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            # Deletions and reactions are taken raw, so no message need be kept in memory.
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.config, self.desk, self.store, self.metrics, self.clock = config, desk, store, metrics, clock
        guard(self)
        self.answering = Answering(self)
        self.pressing = Pressing(self)
        self.followups = Followups(self)

    async def setup_hook(self) -> None:
        """Load what reacts to Discord, and make the commands known where they changed."""
        self.add_dynamic_items(CardButton)
        for cog in (self.followups, *(make(self) for make in _COGS)):
            await self.add_cog(cog)
        await self.tree.set_translator(CommandTranslator())
        await self._sync()
        self._unfinished = await self.answering.resume()

    async def _sync(self) -> None:
        """Send the commands to Discord, which allows 200 creations a day, only when they differ from the last time."""
        translator = self.tree.translator
        payload = [
            await command.get_translated_payload(self.tree, translator) if translator else command.to_dict(self.tree)
            for command in self.tree.get_commands()
        ]
        state = hashlib.sha256(json.dumps([self.application_id, payload], sort_keys=True).encode()).hexdigest()
        if await self.store.notes.get(_SYNCED) != state:
            await self.tree.sync()
            await self.store.notes.set(_SYNCED, state)

    async def on_ready(self) -> None:
        """Say that the bot works, and for how many servers."""
        _log.info("ready for %s servers, %s requests to finish", len(self.guilds), self._unfinished)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  any event
        """Log what a listener raised, unless the bot stopped under it: what was accepted is in the database."""
        if self.is_closed():
            _log.info("%s was cut short by the stop", event_method)
        else:
            await super().on_error(event_method, *args, **kwargs)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no prefix commands."""

    async def archive(self, request: Request, place: Place, article: Article, quotes: tuple[Quote, ...]) -> None:
        """Keep the quotes and the meaning of a publicly answered article for the server's search."""
        if request.guild is None or request.private:
            return
        kept = await self.store.requests.find(request.id)
        if kept is None or kept.article is None:
            # Deleted while it was answered.
            return
        await self.store.archive.add(kept, article, quotes, place.channel, place.message)
        try:
            await self.desk.embed(article)
        except VerbatimError as error:
            # The answer stands; only /articles will not find this one.
            _log.warning("request %s: no embedding (%s)", request.id, error.kind)

    async def digest_choices(self, guild: int | None, part: str) -> list[app_commands.Choice[int]]:
        """The digests of a server whose name has `part` in it, to choose from."""
        found = await self.store.digests.of_guild(guild or 0)
        named = [(clip(f"{digest.plan.name} (#{digest.id})", CHOICE_NAME), digest.id) for digest in found]
        return [app_commands.Choice(name=name, value=value) for name, value in named if part.lower() in name.lower()]

    @property
    def fetcher(self) -> Fetcher:
        """What follows links, feeds among them."""
        return self.desk.fetcher

    async def close(self) -> None:
        """Stop: what is under way stays in the database and is finished after the next start."""
        await self.answering.close()
        await super().close()
