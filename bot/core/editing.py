"""Make the edition of a digest: gather reports, sort them into stories, tell each in the articles' own words."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.article import Length, QuoteKind
from bot.core.desk import BACKGROUND
from bot.core.disagreement import find_disagreements
from bot.core.schedule import previous_run, schedule_of
from bot.core.source import LinkSource
from bot.core.stories import group, weight, why
from bot.errors import VerbatimError
from bot.story import Edition, Post, Report, Story
from bot.text.tokens import content_stems

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime

    from bot.article import Article, Quote
    from bot.core.desk import Desk
    from bot.storage.digests import Digest
    from bot.storage.requests import Posted
    from bot.storage.store import Store
    from bot.storage.told import Told
    from bot.story import Reasons

    LookAt = Callable[[Posted], Awaitable[Post]]
    """Turns where an article was posted into the post with what readers made of it."""

_log = logging.getLogger(__name__)
_MOST_READ = 40
"""Links of feeds that one edition follows: the newest; polite, and bounded in time."""
_MOST_POSTED, _MOST_LOOKED_AT = 100, 3
"""Articles posted, the newest, and posts of each that are looked at: Discord answers 50 requests a second in all."""
_LONGEST_GAP = timedelta(days=7)
"""How far back a first edition after downtime looks, beyond its own time."""
_SENTENCES = 2
_LONGEST_QUOTE = 320
_ALREADY_SAID = 0.6
"""Share of a sentence's content words from which an earlier article has said it."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Makes editions from what is kept and what feeds bring."""

    desk: Desk
    store: Store

    async def edition(self, digest: Digest, day: date, look_at: LookAt, until: datetime | None = None) -> Edition:
        """The edition of a local date: what came in since the one before it, up to `until` or now."""
        since = await self._since(digest, day)
        reports = await self._posted(digest, since, look_at) + await self._from_feeds(digest, since)
        reports = [report for report in reports if until is None or report.seen <= until]
        told = await self.store.told.of_digest(digest.id, before=day)
        stories = await asyncio.to_thread(group, _each_once(reports))
        ranked = sorted(
            ((why(story, [one.vector for one in told]), story) for story in stories),
            key=lambda pair: -weight(pair[0]),
        )
        chosen = ranked[: digest.plan.stories]
        tellings = [await self._try_to_tell(story, reasons, told) for reasons, story in chosen]
        # A story told before that has nothing new is not told again.
        kept = tuple(story for story in tellings if story and (story.reasons.is_new or story.news))
        return Edition(digest.plan.name, day, kept, max(0, len(ranked) - len(chosen)))

    async def _since(self, digest: Digest, day: date) -> datetime:
        """When the edition before took what there was: by its hour or before, where it was run by hand or days ago."""
        scheduled = previous_run(schedule_of(digest), day).instant
        ran = await self.store.digests.ran_before(digest.id, day)
        return max(min(scheduled, ran), scheduled - _LONGEST_GAP) if ran else scheduled

    async def _posted(self, digest: Digest, since: datetime, look_at: LookAt) -> list[Report]:
        by_article: dict[str, list[Posted]] = {}
        for posted in await self.store.requests.posted(digest.plan.guild, digest.plan.channels, since):
            by_article.setdefault(posted.article, []).append(posted)
        reports = []
        for name, places in list(by_article.items())[-_MOST_POSTED:]:
            article = await self.desk.find(name)
            if article is not None:
                posts = [await look_at(place) for place in places[-_MOST_LOOKED_AT:]]
                posts += [await link_alone(digest.plan.guild, place) for place in places[:-_MOST_LOOKED_AT]]
                reports += await self._report(article, places[-1].when, tuple(posts))
        return reports

    async def _from_feeds(self, digest: Digest, since: datetime) -> list[Report]:
        reports = []
        for item in (await self.store.feeds.items(digest.id, since))[:_MOST_READ]:
            try:
                article = await self.desk.open(LinkSource(item.link), priority=BACKGROUND)
            except VerbatimError as error:
                _log.info("digest %s: an item of feed %s was left out (%s)", digest.id, item.feed, error.kind)
                continue
            reports += await self._report(article, item.seen)
        return reports

    async def _report(self, article: Article, seen: datetime, posts: tuple[Post, ...] = ()) -> list[Report]:
        """The article as a report; none where the engine is too busy or fails: the others are told all the same."""
        try:
            return [Report(article, await self.desk.embed(article), seen, posts)]
        except VerbatimError as error:
            _log.warning("an article was left out of a digest (%s)", error.kind)
            return []

    async def _try_to_tell(self, story: Sequence[Report], reasons: Reasons, told: Sequence[Told]) -> Story | None:
        try:
            return await self._tell(story, reasons, told)
        except VerbatimError as error:
            _log.warning("a story was left out of a digest (%s)", error.kind)
            return None

    async def _tell(self, story: Sequence[Report], reasons: Reasons, told: Sequence[Told]) -> Story:
        lead = story[0].article
        summary = await self.desk.extract(lead, Length.MEDIUM, priority=BACKGROUND)
        sentences = tuple(sentence.text for sentence in summary.sentences[:_SENTENCES])
        news: tuple[str, ...] = ()
        if not reasons.is_new:
            earlier = [article for one in told if (article := await self.desk.find(one.article))]
            news = _news([sentence.text for sentence in summary.sentences], earlier)
        return Story(
            headline=lead.title or (sentences[0] if sentences else ""),
            reports=tuple(story),
            sentences=sentences,
            quote=_best_quote(await self.desk.quotes(lead, priority=BACKGROUND)),
            disagreements=await asyncio.to_thread(find_disagreements, story),
            reasons=reasons,
            news=news,
        )


async def link_alone(guild: int, posted: Posted) -> Post:
    """The post with its link, where nobody can say what readers made of it."""
    return Post(f"https://discord.com/channels/{guild}/{posted.channel}/{posted.message}")


def _each_once(reports: Sequence[Report]) -> list[Report]:
    """The same text from a post and from a feed is one report, with its posts."""
    found: dict[str, Report] = {}
    for report in reports:
        found.setdefault(report.article.text, report)
    return list(found.values())


def _best_quote(quotes: Sequence[Quote]) -> Quote | None:
    """The first whole quotation with a speaker that is short enough to stand in a list."""
    fitting = (
        one for one in quotes if one.kind is QuoteKind.DIRECT and one.speaker and len(one.span) <= _LONGEST_QUOTE
    )
    return next(fitting, None)


def _news(sentences: Sequence[str], earlier: Sequence[Article]) -> tuple[str, ...]:
    """The sentences that no earlier article of the digest said."""
    known = [content_stems(article.text) for article in earlier]
    fresh = []
    for sentence in sentences:
        stems = content_stems(sentence)
        said = max((len(stems & words) / max(1, len(stems)) for words in known), default=0.0)
        if said < _ALREADY_SAID:
            fresh.append(sentence)
    return tuple(fresh[:_SENTENCES])
