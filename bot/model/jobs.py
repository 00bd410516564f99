"""Requests that wait for a model: bounded, the most urgent first, equal ones asked once, and how long one takes.

It must not know how they are run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from bot.errors import ModelBusy

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Hashable

INTERACTIVE: Final = 0
"""The priority of what a person waits for; smaller numbers go first."""
BACKGROUND: Final = 10
"""The priority of what nobody waits for, such as a digest."""

_NEWEST_SHARE = 0.2
"""How much the newest job counts in the mean time of service."""


@dataclass(eq=False, slots=True)
class Job:
    """One request, and everybody who waits for its answer; `expires` is on the owner's clock, in seconds."""

    method: str
    args: tuple[Any, ...]
    key: Hashable | None
    priority: int
    expires: float
    waiters: set[asyncio.Future[Any]] = field(default_factory=set)
    crashes: int = 0
    number: int = 0
    """The order in which jobs came."""

    @property
    def rank(self) -> tuple[int, int]:
        """What jobs are sorted by: urgency, then the time they came."""
        return (self.priority, self.number)

    def is_same(self, key: Hashable | None) -> bool:
        """Tell whether a call of `key` is answered by this job; None stands for "never the same"."""
        return key is not None and key == self.key

    def join(self, other: Job) -> None:
        """Answer the callers of `other` too: of the two, the more urgent and the more patient one counts."""
        self.priority = min(self.priority, other.priority)
        self.expires = max(self.expires, other.expires)

    def answer(self, value: object) -> None:
        """Give `value` to everybody who still waits."""
        for waiter in self._waiting():
            waiter.set_result(value)

    def fail(self, error: Exception) -> None:
        """Raise `error` in everybody who still waits."""
        for waiter in self._waiting():
            waiter.set_exception(error)

    def _waiting(self) -> list[asyncio.Future[Any]]:
        return [waiter for waiter in self.waiters if not waiter.done()]


class JobQueue:
    """At most `limit` jobs, so few that looking through them all costs nothing beside running one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._jobs: list[Job] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._jobs)

    def find(self, key: Hashable | None) -> Job | None:
        """Find the waiting job that answers calls of this key."""
        return next((job for job in self._jobs if job.is_same(key)), None)

    def put(self, job: Job) -> Job | None:
        """Add `job`; where the queue is full, give back the less urgent one that had to leave for it.

        Raises:
            ModelBusy: the queue is full of jobs that are as urgent.
        """
        displaced = self._make_room(job.priority) if len(self._jobs) >= self._limit else None
        job.number = next(self._numbers)
        self._jobs.append(job)
        return displaced

    def put_back(self, job: Job) -> None:
        """Have a job that was taken wait again, in its old place."""
        self._jobs.append(job)

    def take(self) -> Job | None:
        """Take out the job that is next."""
        if not self._jobs:
            return None
        job = min(self._jobs, key=lambda waiting: waiting.rank)
        self._jobs.remove(job)
        return job

    def discard(self, job: Job) -> None:
        """Take out `job` if it waits."""
        if job in self._jobs:
            self._jobs.remove(job)

    def ahead_of(self, rank: tuple[int, int]) -> int:
        """Count the jobs that go before one of this rank."""
        return sum(job.rank < rank for job in self._jobs)

    def clear(self) -> list[Job]:
        """Take out all jobs."""
        jobs, self._jobs = self._jobs, []
        return jobs

    def _make_room(self, priority: int) -> Job:
        last = max(self._jobs, key=lambda waiting: waiting.rank)
        if last.priority <= priority:
            message = f"{len(self._jobs)} requests are waiting for the model already."
            raise ModelBusy(message)
        self._jobs.remove(last)
        return last


class ServiceTime:
    """The mean time that a job takes, the recent ones counting more."""

    def __init__(self) -> None:
        self._mean: float | None = None

    def add(self, seconds: float) -> None:
        """Count one more job."""
        self._mean = seconds if self._mean is None else self._mean + _NEWEST_SHARE * (seconds - self._mean)

    def wait(self, ahead: int, running: float | None) -> float | None:
        """Estimate the seconds until `ahead` jobs and the one that has been running for `running` seconds are done.

        None where nothing was measured yet and something is in the way.
        """
        if not ahead and running is None:
            return 0.0
        if self._mean is None:
            return None
        left = 0.0 if running is None else max(0.0, self._mean - running)
        return left + ahead * self._mean
