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
        tellings = [await self._tell(story, reasons, told) for reasons, story in chosen]
        # A story told before that has nothing new is not told again.
        kept = tuple(story for story in tellings if story.reasons.is_new or story.news)
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
        for name, places in by_article.items():
            article = await self.desk.find(name)
            if article is not None:
                posts = tuple([await look_at(place) for place in places])
                reports.append(Report(article, await self.desk.embed(article), places[-1].when, posts))
        return reports

    async def _from_feeds(self, digest: Digest, since: datetime) -> list[Report]:
        reports = []
        for item in (await self.store.feeds.items(digest.id, since))[:_MOST_READ]:
            try:
                article = await self.desk.open(LinkSource(item.link), priority=BACKGROUND)
                vector = await self.desk.embed(article)
            except VerbatimError as error:
                _log.info("digest %s: an item of feed %s was left out (%s)", digest.id, item.feed, error.kind)
                continue
            reports.append(Report(article, vector, item.seen))
        return reports

    async def _tell(self, story: Sequence[Report], reasons: Reasons, told: Sequence[Told]) -> Story:
        lead = story[0].article
        summary = await self.desk.extract(lead, Length.MEDIUM)
        sentences = tuple(sentence.text for sentence in summary.sentences[:_SENTENCES])
        news: tuple[str, ...] = ()
        if not reasons.is_new:
            earlier = [article for one in told if (article := await self.desk.find(one.article))]
            news = _news([sentence.text for sentence in summary.sentences], earlier)
        return Story(
            headline=lead.title or (sentences[0] if sentences else ""),
            reports=tuple(story),
            sentences=sentences,
            quote=_best_quote(await self.desk.quotes(lead)),
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
