"""From a kept request to its answer, once: read, send the first card, edit it when the written version is ready.

Every step is noted in the database before the next, so that `resume` finishes after a crash what was begun, and
repeats nothing. Failures are told to the one who asked, and count as answers.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.cogs import faults, present
from bot.cogs.arrivals import Arrivals
from bot.cogs.buttons import card_buttons
from bot.cogs.line import Line
from bot.cogs.outlet import Outlet, Place
from bot.cogs.shared import shared_before
from bot.cogs.sources import source_of
from bot.errors import VerbatimError
from bot.render import cards
from bot.render.words import words
from bot.storage.articles import article_hash
from bot.storage.guilds import Style
from bot.storage.requests import Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.app.bot import VerbatimBot
    from bot.article import Article, Quote, Summary
    from bot.storage.requests import Request, Wish

_log = logging.getLogger(__name__)
_WORTH_SAYING = 4.0
"""Seconds of waiting from which on the place in line is told."""
_UNTIL_NEXT_TRY = 60.0
"""Seconds before a request is taken up again that Discord was out of reach for."""


class Answering:
    """Takes wishes and answers them, a few at a time."""

    def __init__(self, bot: VerbatimBot) -> None:
        self._bot = bot
        self._desk, self._store = bot.desk, bot.store
        self.line = Line()
        self.arrivals = Arrivals()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def keep(self, wishes: Iterable[Wish]) -> tuple[Request, ...]:
        """Keep what is asked for; when this returns, a crash loses nothing, and it may be acknowledged."""
        return await self._store.requests.accept(wishes)

    def start(self, requests: Iterable[Request]) -> None:
        """Begin to answer kept requests; once closed, leave them to the next start."""
        for request in () if self._closed else requests:
            task = asyncio.create_task(self._run(request), name=f"request {request.id}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def resume(self) -> int:
        """Finish what a stop or a crash left; tell how many requests that are."""
        unfinished = await self._store.requests.unfinished()
        self.start(unfinished)
        return len(unfinished)

    async def close(self) -> None:
        """Stop at once: what is under way stays in the database and is finished after the next start."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, request: Request) -> None:
        try:
            await self.arrivals.quiet()
            await self._tell_place(request)
            async with self.line.turn(request.guild or request.user):
                await self.arrivals.quiet()
                await self._answer(request)
            waited = self._bot.clock() - request.accepted
            self._bot.metrics.answered(request.kind, waited.total_seconds())
        except faults.OUT_OF_REACH as error:
            _log.warning("request %s: Discord is out of reach (%s)", request.id, error)
            await self._try_later(request)
        except Exception as error:  # noqa: BLE001  an outermost door: a task has nobody to raise to
            await self._fail(request, error)

    async def _try_later(self, request: Request) -> None:
        """Take a request up again as after a restart, which repeats nothing."""
        await asyncio.sleep(_UNTIL_NEXT_TRY)
        if kept := await self._store.requests.find(request.id):
            self.start([kept])

    async def _tell_place(self, request: Request) -> None:
        """Say in a deferred answer how long it may take; a message in a channel would only be noise."""
        wait = self.line.expected_wait
        if request.token is None or request.state is not State.ACCEPTED or wait < _WORTH_SAYING:
            return
        said = words(request.locale).in_line.format(place=len(self.line) + 1, seconds=round(wait))
        try:
            await Outlet(self._bot, request).note(said)
        except faults.REFUSED as error:
            _log.info("request %s: the place in line was not told (%s)", request.id, error)

    async def _answer(self, request: Request) -> None:
        article = await self._article(request)
        outlet = Outlet(self._bot, request, await self._thread_name(request, article))
        place = await self._standing(request, outlet)
        summary, quotes = await self._desk.extract(article, request.length), await self._desk.quotes(article)
        if place is None:
            await self._store.requests.set_state(request.id, State.POSTING)
            place = await self._send(request, outlet, article, summary, quotes)
            await self._store.requests.set_answer(request.id, place.channel, place.message)
        if request.kind is Kind.SUMMARIZE and self._desk.has_writer:
            await self._write(request, outlet, place, article, summary, quotes)
        self._bot.metrics.shown(summary)
        await self._bot.archive(request, place, article, quotes)
        await self._store.requests.set_state(request.id, State.DONE)
        _log.info("request %s: answered for guild %s", request.id, request.guild)

    async def _article(self, request: Request) -> Article:
        if request.article and (kept := await self._desk.find(request.article)):
            return kept
        article = await self._desk.open(source_of(request))
        await self._store.requests.set_article(request.id, article_hash(article.text))
        return article

    async def _thread_name(self, request: Request, article: Article) -> str | None:
        settings = await self._store.guilds.settings(request.guild)
        wants_thread = settings.style is Style.THREAD and request.message is not None and request.token is None
        return (article.title or article.sentence_text(0)) if wants_thread else None

    async def _standing(self, request: Request, outlet: Outlet) -> Place | None:
        """The answer that was sent before a stop."""
        if request.answer and request.answer_channel:
            return Place(request.answer_channel, request.answer)
        if request.state is not State.POSTING:
            return None
        place = await outlet.find_answer()
        if place:
            await self._store.requests.set_answer(request.id, place.channel, place.message)
        return place

    async def _send(
        self, request: Request, outlet: Outlet, article: Article, summary: Summary, quotes: tuple[Quote, ...]
    ) -> Place:
        said = words(request.locale)
        if request.kind is Kind.QUOTES:
            made = cards.quote_cards(article, quotes, said)
            return await outlet.send(
                embeds=[present.embed(made[0])], view=card_buttons(request, Kind.QUOTES, len(made))
            )
        notes = await shared_before(self._store, request, article)
        card = cards.summary_card(article, summary, quotes, said, notes=notes)
        return await outlet.send(embeds=[present.embed(card)], view=card_buttons(request))

    async def _write(
        self,
        request: Request,
        outlet: Outlet,
        place: Place,
        article: Article,
        extracted: Summary,
        quotes: tuple[Quote, ...],
    ) -> None:
        try:
            written = await self._desk.summarise(article, request.length)
        except VerbatimError as error:
            # The extracted summary stands; it is true, only longer.
            _log.warning("request %s: no written version (%s)", request.id, error.kind)
            return
        if written != extracted and await self._store.requests.stands(request):
            notes = await shared_before(self._store, request, article)
            card = cards.summary_card(article, written, quotes, words(request.locale), notes=notes)
            await outlet.edit(place, embeds=[present.embed(card)])

    async def _fail(self, request: Request, error: Exception) -> None:
        if isinstance(error, discord.HTTPException):
            _log.warning("request %s: Discord refused the answer (%s %s)", request.id, error.status, error.code)
        self._bot.metrics.failed(error)
        sentence = faults.explain(error, words(request.locale))
        kept = await self._store.requests.find(request.id)
        if kept is not None and kept.answer is None:
            # A first answer that stands is not overwritten: it is true, whatever failed after it.
            try:
                place = await Outlet(self._bot, request).send(content=sentence)
                await self._store.requests.set_answer(request.id, place.channel, place.message)
            except faults.OUT_OF_REACH as unreached:
                _log.warning("request %s: could not be told yet (%s)", request.id, unreached)
                await self._try_later(request)
                return
            except discord.HTTPException as refused:
                _log.warning("request %s: could not be told (%s)", request.id, refused.code)
        await self._store.requests.set_state(request.id, State.FAILED)
