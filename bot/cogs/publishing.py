"""From a digest that is due to its post: at most once a local date, whatever crashes.

A run is noted before it is posted. A run that a crash left between the two is not posted again where the message is
found in the channel, by the mark in its footer; Discord's nonce guards the minutes in between.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.cogs import present
from bot.core.editing import Editor, link_alone
from bot.core.schedule import Run, run_on, schedule_of
from bot.render.card import THREAD_NAME, clip
from bot.render.chart import week_chart
from bot.render.digest import digest_cards, messages
from bot.render.escape import bare
from bot.render.words import words
from bot.storage.digests import Manner, RunState
from bot.story import Post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.app.bot import VerbatimBot
    from bot.render.card import Card
    from bot.storage.digests import Digest
    from bot.storage.requests import Posted
    from bot.story import Edition

_log = logging.getLogger(__name__)
_HISTORY = 30
_LOST = frozenset({10003, 50001, 50013})
"""Unknown channel, no access, no permission: not to be tried again until somebody has looked."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Posts the editions of digests."""

    bot: VerbatimBot

    async def edition(self, digest: Digest, run: Run) -> Edition:
        """What a digest tells on a date: what came since its previous run."""
        look_at = partial(self._look_at, digest.plan.guild)
        return await Editor(self.bot.desk, self.bot.store).edition(digest, run.day, look_at)

    async def _look_at(self, guild: int, posted: Posted) -> Post:
        """What readers made of the message that posted an article."""
        channel = self.bot.get_partial_messageable(posted.channel, guild_id=guild)
        try:
            message = await channel.fetch_message(posted.message)
        except discord.HTTPException:
            return await link_alone(guild, posted)
        reactions = sum(reaction.count for reaction in message.reactions)
        replies = message.thread.message_count if message.thread else 0
        return Post(message.jump_url, reactions, replies)

    async def publish(self, digest: Digest, run: Run, *, again: bool = False) -> None:
        """Post the edition of a date, unless it was begun before; `again` takes up an interrupted run."""
        store = self.bot.store
        if not again and not await store.digests.begin(digest.id, run.day):
            return
        try:
            if again and (found := await self._find(digest, run.day)):
                await store.digests.end(digest.id, run.day, RunState.POSTED, found)
                return
            edition = await self.edition(digest, run)
            if not edition.stories and not digest.plan.say_empty:
                await store.digests.end(digest.id, run.day, RunState.EMPTY)
                return
            message = await self._post(digest, edition)
            await store.told.remember(digest.id, edition)
            await store.digests.end(digest.id, run.day, RunState.POSTED, message)
            _log.info("digest %s: posted for %s", digest.id, run.day)
        except discord.HTTPException as error:
            await store.digests.end(digest.id, run.day, RunState.FAILED)
            await self._refused(digest, error)

    async def _post(self, digest: Digest, edition: Edition) -> int:
        said = words(await self._locale(digest))
        cards = digest_cards(edition, said, brief=digest.plan.manner is Manner.BRIEF)
        batches = list(messages(cards))
        channel = await self._channel(digest)
        options = self._options(digest, edition)
        rest_to: discord.Thread | None
        name = clip(bare(f"{edition.name} · {edition.day:%Y-%m-%d}"), THREAD_NAME)
        if isinstance(channel, discord.ForumChannel):
            made = await channel.create_thread(name=name, embeds=_embeds(batches[0], digest, edition.day), **options)
            first, rest_to = made.message, made.thread
        elif isinstance(channel, discord.abc.Messageable):
            nonce = f"vd{digest.id}-{edition.day:%Y%m%d}"
            embeds = _embeds(batches[0], digest, edition.day)
            first = await channel.send(embeds=embeds, silent=digest.plan.silent, nonce=nonce, **options)
            rest_to = await first.create_thread(name=name) if len(batches) > 1 else None
        else:
            message = "the channel takes no messages"
            raise TypeError(message)
        for batch in batches[1:]:
            if rest_to:
                await rest_to.send(embeds=[present.embed(card) for card in batch], silent=True)
        return first.id

    async def _channel(self, digest: Digest) -> Any:  # noqa: ANN401  any kind of channel
        """Where a digest is posted; what the gateway told of need not be asked for."""
        number = digest.plan.channel
        return self.bot.get_channel(number) or await self.bot.fetch_channel(number)

    @staticmethod
    def _options(digest: Digest, edition: Edition) -> dict[str, Any]:
        """The week's picture, where the digest is weekly and there is something to see."""
        picture = week_chart(edition) if len(digest.plan.days) == 1 else None
        return {"file": discord.File(picture, "week.png", description="Stories by outlet")} if picture else {}

    async def _locale(self, digest: Digest) -> str:
        settings = await self.bot.store.guilds.settings(digest.plan.guild)
        guild = self.bot.get_guild(digest.plan.guild)
        return settings.language or str(guild.preferred_locale if guild else "en")

    async def _find(self, digest: Digest, day: date) -> int | None:
        """The message of an interrupted run, by the mark in its footer."""
        channel = await self._channel(digest)
        places: list[Any] = (
            [channel] if isinstance(channel, discord.abc.Messageable) else getattr(channel, "threads", [])
        )
        for place in places:
            async for message in place.history(limit=_HISTORY):
                texts = [embed.footer.text or "" for embed in message.embeds]
                if message.author == self.bot.user and any(mark(digest, day) in text for text in texts):
                    return int(message.id)
        return None

    async def _refused(self, digest: Digest, error: discord.HTTPException) -> None:
        _log.warning("digest %s: Discord refused it (%s %s)", digest.id, error.status, error.code)
        if error.code not in _LOST:
            return
        said = words(await self._locale(digest))
        reason = said.digest_lost.format(name=digest.plan.name, channel=f"<#{digest.plan.channel}>")
        await self.bot.store.digests.pause(digest.id, reason)
        try:
            creator = await self.bot.fetch_user(digest.plan.creator)
            await creator.send(reason)
        except discord.HTTPException:
            _log.warning("digest %s: its creator could not be told that it is paused", digest.id)

    async def resume(self) -> None:
        """Take up what a stop or a crash left between the note and the post."""
        for digest, day in await self.bot.store.digests.interrupted():
            await self.publish(digest, run_on(schedule_of(digest), day), again=True)


def mark(digest: Digest, day: date) -> str:
    """What tells the message of one run from every other."""
    return f"#{digest.id} {day.isoformat()}"


def _embeds(cards: Sequence[Card], digest: Digest, day: date) -> list[discord.Embed]:
    embeds = [present.embed(card) for card in cards]
    embeds[-1].set_footer(text=mark(digest, day))
    return embeds
