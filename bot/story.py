"""The frozen values of a digest: stories, each told by one or more reports.

A sentence, a quote and a figure are words of an article, like everywhere; this module knows no rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.article import Article, Quote


@dataclass(frozen=True, slots=True)
class Post:
    """A message that posted an article, and what readers made of it."""

    jump: str
    """The link to the message."""
    reactions: int = 0
    replies: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One article as a candidate for a digest: its meaning as a unit vector, and how it came here."""

    article: Article
    vector: tuple[float, ...]
    seen: datetime
    posts: tuple[Post, ...] = ()

    @property
    def outlet(self) -> str:
        """The site's name, or else what its address begins with, or the agency."""
        host = (self.article.url or "").partition("://")[2].partition("/")[0].removeprefix("www.")
        return self.article.site or host or self.article.credit or "—"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure or name as one report has it: `text` is the article's own words, `outlet` who says so."""

    text: str
    outlet: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What reports of one story say differently, side by side; `about` is what the figures count."""

    about: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a story stands where it stands."""

    posts: int
    outlets: int
    reactions: int
    replies: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One story: the leading report first. `sentences` are two of the leading article's own.

    `news` are sentences that an earlier digest could not tell, for a story that was told before.
    """

    headline: str
    reports: tuple[Report, ...]
    sentences: tuple[str, ...]
    quote: Quote | None
    disagreements: tuple[Disagreement, ...]
    reasons: Reasons
    news: tuple[str, ...] = ()

    @property
    def lead(self) -> Article:
        """The article that leads the story."""
        return self.reports[0].article


@dataclass(frozen=True, slots=True)
class Edition:
    """The digest of one day; `left_out` counts the stories beyond those that were asked for."""

    name: str
    day: date
    stories: tuple[Story, ...]
    left_out: int = 0
