"""The news desk: takes a source, and answers from what is kept or by the engine.

Everything that may be asked of an article goes through here, whoever asks: the command line, a slash command, a
button, the digest. It must not know Discord, SQL or torch.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit
from weakref import WeakValueDictionary

from bot.article import Answer, Length, Quote, Summary, Verdict
from bot.core.search import nearest
from bot.core.sharing import Sharing
from bot.core.source import FileSource, LinkSource, Source
from bot.errors import ModelError, StorageError, UsageError
from bot.storage.articles import article_hash
from bot.storage.results import ResultKey
from bot.text.links import canonical_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.article import Article
    from bot.config import Config
    from bot.core.caller import Caller
    from bot.core.metrics import Metrics
    from bot.core.signature import Signature
    from bot.fetch.page import Fetcher, Page
    from bot.storage.store import Store

_log = logging.getLogger(__name__)
INTERACTIVE, BACKGROUND = 0, 10
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MOST_QUESTION = 500
_LINK_IS_FRESH = timedelta(hours=12)
"""How long a followed link is taken to lead to the same article; a live blog grows within the day."""
_Value = TypeVar("_Value")


class Desk:
    """The use cases over an engine, a fetcher and, unless `store` is None, what is kept."""

    def __init__(
        self,
        engine: Caller,
        fetcher: Fetcher,
        store: Store | None,
        config: Config,
        signature: Signature,
        clock: Callable[[], datetime],
        metrics: Metrics | None = None,
    ) -> None:
        self._engine = engine
        self.fetcher = fetcher
        self._store = store
        self._config = config
        self._signature = signature
        self._clock = clock
        self._metrics = metrics
        # By priority, so that nobody waits behind what can wait; a lock goes with the last who holds it.
        self._turns: WeakValueDictionary[tuple[ResultKey, int], asyncio.Lock] = WeakValueDictionary()
        self._fetches: Sharing[Article] = Sharing()

    async def open(self, source: Source, *, priority: int = INTERACTIVE) -> Article:
        """Get the article of a source, and keep it.

        Raises:
            FetchError: the link cannot be followed.
            IntakeError: there is no article in it that can be read.
        """
        if isinstance(source, LinkSource):
            return await self._open_link(source, priority)
        article: Article
        if isinstance(source, FileSource):
            file = (source.data, source.filename, source.content_type)
            article = await self._call("read_document", *file, priority=priority)
        else:
            article = await self._call("read_paste", source.text, priority=priority)
        if self._store:
            await self._store.articles.save(article)
        return article

    async def _open_link(self, source: LinkSource, priority: int) -> Article:
        link = canonical_link(source.url)
        if known := await self._known(link):
            return known
        return await self._fetches.run((link, priority), lambda: self._follow(link, priority))

    async def _follow(self, link: str, priority: int) -> Article:
        page = await self.fetcher.fetch(link)
        article = await self._read(page, priority)
        canonical = canonical_link(article.url or page.url)
        article = replace(article, url=canonical)
        if self._store:
            await self._store.articles.save(article, link)
            if canonical != link:
                await self._store.articles.save(article, canonical)
        return article

    async def _known(self, link: str) -> Article | None:
        if not self._store:
            return None
        kept = await self._store.articles.find_link(link)
        if kept is None or self._clock() - kept.fetched > _LINK_IS_FRESH:
            return None
        return await self._store.articles.find(kept.article)

    async def _read(self, page: Page, priority: int) -> Article:
        article: Article
        if page.content_type in _HTML:
            declared = f"{page.content_type}; charset={page.charset}" if page.charset else page.content_type
            article = await self._call("read_page", page.body, page.url, declared, priority=priority)
        else:
            filename = unquote(PurePosixPath(urlsplit(page.url).path).name) or "page"
            article = await self._call("read_document", page.body, filename, page.content_type, priority=priority)
        return article

    async def find(self, name: str) -> Article | None:
        """The kept article of this hash."""
        return await self._store.articles.find(name) if self._store else None

    async def extract(self, article: Article, length: Length | None = None, *, priority: int = INTERACTIVE) -> Summary:
        """Summarise in the article's own sentences: what the first card shows."""
        return await self._summary("extract", article, length, self._signature.encoder, priority)

    async def summarise(self, article: Article, length: Length | None = None) -> Summary:
        """Summarise with the writer, where the configuration has one; where it fails, without, until it works again."""
        if not self.has_writer:
            return await self.extract(article, length)
        try:
            return await self._summary("summarise", article, length, self._signature.writer)
        except ModelError as error:
            # Not kept in the place of the written one. The extracted one is true, only longer.
            _log.warning("a summary has the article's own sentences: %s", error.sentence)
            if self._metrics:
                self._metrics.unwritten(error)
            return await self.extract(article, length)

    @property
    def has_writer(self) -> bool:
        """Tell whether `summarise` gives more than `extract`."""
        return self._signature.writer != ""

    async def _summary(
        self, task: str, article: Article, length: Length | None, model: str, priority: int = INTERACTIVE
    ) -> Summary:
        chosen = length or self._config.summary.length
        key = self._key(article, task, f"length={chosen}", model, self._signature.prompts if task != "extract" else "")
        return await self._remembered(key, Summary, task, article, chosen, priority=priority)

    async def quotes(self, article: Article, *, priority: int = INTERACTIVE) -> tuple[Quote, ...]:
        """The quotes of an article, best first."""
        key = self._key(article, "quotes", "", "")
        return await self._remembered(key, tuple[Quote, ...], "quotes", article, priority=priority)

    async def ask(self, article: Article, question: str) -> Answer:
        """Answer a question from an article, or say that it does not say.

        Raises:
            UsageError: there is no question, or it is too long to be one.
        """
        asked = " ".join(question.split())
        if not asked:
            message = "There is no question."
            raise UsageError(message, "Ask something about the article.")
        if len(asked) > _MOST_QUESTION:
            message = f"The question has {len(asked):,} characters; the most is {_MOST_QUESTION}."
            raise UsageError(message, "Ask one thing in one sentence.")
        key = self._key(article, "ask", asked, self._signature.encoder)
        return await self._remembered(key, Answer, "ask", article, asked)

    async def check(self, article: Article, summary: str) -> Verdict:
        """Check each statement of a summary against an article."""
        key = self._key(article, "check", article_hash(summary), self._signature.encoder)
        return await self._remembered(key, Verdict, "check", article, summary)

    async def embed(self, article: Article, *, priority: int = BACKGROUND) -> tuple[float, ...]:
        """The vector of an article's meaning, kept for search and digests."""
        name, model = article_hash(article.text), self._signature.encoder
        if self._store and (kept := await self._store.results.find_embedding(name, model)):
            return kept
        vector: tuple[float, ...] = await self._call("embed", article, key=("embed", name, model), priority=priority)
        if self._store:
            await self._store.results.save_embedding(name, model, vector)
        return vector

    async def search(self, guild: int, about: str) -> list[str]:
        """The hashes of the articles answered about in a server that are nearest in meaning, the nearest first."""
        if not self._store:
            return []
        query: tuple[float, ...] = await self._call("embed_text", about, key=("embed_text", about))
        return nearest(query, await self._store.archive.vectors(guild, self._signature.encoder))

    def _key(self, article: Article, task: str, parameters: str, model: str, prompt: str = "") -> ResultKey:
        # A title steers the choice of sentences, so the same text under another title is another question.
        titled = f"{parameters}\n{article.title}" if article.title else parameters
        return ResultKey(article_hash(article.text), task, titled, f"{model} {self._signature.methods}", prompt)

    async def _remembered(
        self, key: ResultKey, kind: type[_Value], method: str, *args: object, priority: int = INTERACTIVE
    ) -> _Value:
        # One after another, or whoever looked before the first had kept its result would compute it once more.
        async with self._turns.setdefault((key, priority), asyncio.Lock()):
            kept = await self._kept(key, kind)
            if self._metrics:
                self._metrics.looked_up(hit=kept is not None)
            if kept is not None:
                return kept
            value: _Value = await self._call(method, *args, key=key, priority=priority)
            await self._keep(key, value)
            return value

    async def _keep(self, key: ResultKey, value: object) -> None:
        try:
            if self._store:
                await self._store.results.save(key, value)
        except StorageError as error:
            # The answer is worth more than its place in the cache.
            _log.warning("%s was not kept: %s", key.task, error.message)

    async def _kept(self, key: ResultKey, kind: type[_Value]) -> _Value | None:
        try:
            return await self._store.results.find(key, kind) if self._store else None
        except StorageError as error:
            _log.warning("%s was not looked up: %s", key.task, error.message)
            return None

    async def _call(self, method: str, *args: object, key: object = None, priority: int = INTERACTIVE) -> _Value:
        deadline = self._config.worker.deadline_seconds
        value: _Value = await self._engine.call(method, *args, key=key, deadline=deadline, priority=priority)
        return value
