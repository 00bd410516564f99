"""Stand-ins for what lies outside the process: real enough that the code around them runs unchanged."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.errors import Unreachable
from bot.fetch.page import ARTICLE_TYPES, FEED_TYPES, NotModified, Page, Validators
from bot.model.base import Task, WriteRequest

_SIZE = 384


class FakeEncoder:
    """Embeds a text by its words alone (feature hashing), so that like words make like vectors."""

    name = "fake-encoder"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.full((len(texts), _SIZE), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % _SIZE] += 1.0
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class FakeWriter:
    """Answers with what was enqueued, in order, and keeps what it was asked; then it gives no candidate."""

    name = "fake-writer"

    def __init__(self, *answers: tuple[str, ...], tasks: frozenset[Task] = frozenset(Task)) -> None:
        self._answers = list(answers)
        self.tasks = tasks
        self.history: list[WriteRequest] = []

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        self.history.extend(requests)
        return [self._answers.pop(0) if self._answers else () for _ in requests]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 3, 3, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


class FakeFetcher:
    """Knows some pages by their link; every other link is unreachable."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.history: list[str] = []

    async def fetch(self, link: str, *, types: frozenset[str] = ARTICLE_TYPES) -> Page:
        self.history.append(link)
        if link not in self.pages:
            message = "The site news.example did not answer."
            raise Unreachable(message)
        return Page(self.pages[link].encode(), link, "text/html", "utf-8")

    async def refetch(self, link: str, known: Validators, *, types: frozenset[str] = FEED_TYPES) -> Page | NotModified:
        return await self.fetch(link, types=types)
