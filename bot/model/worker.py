"""An engine in a process of its own, with an async face: no caller's event loop ever waits for a model.

A crash or an out-of-memory kill takes the process alone: it is started anew, the job that ran is tried once more, and
those that waited go on. What an engine is and does is unknown here: it is made by a function in the process and its
methods are called by name.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from bot.errors import DeadlineExceeded, ModelBusy, ModelCrashed, ModelError, VerbatimError
from bot.model.jobs import INTERACTIVE, Job, JobQueue, ServiceTime
from bot.model.keeper import ProcessKeeper
from bot.model.process import Answer, Fault, ProcessEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from bot.model.process import Factory

_log = logging.getLogger(__name__)

_RETRIES = 1
"""How often a job is tried again after the process ended under it."""


class Worker:
    """Runs the methods of the engine that `factory` makes, one job at a time.

    At most `queue_limit` jobs wait. A job whose deadline has passed by `grace` seconds is ended by ending the process;
    so is a process that has not loaded its engine after `start_seconds`. All methods must be called in one event loop.
    """

    def __init__(
        self,
        factory: Factory,
        *,
        queue_limit: int = 64,
        grace: float = 5.0,
        start_seconds: float = 600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keeper = ProcessKeeper(factory)
        self._queue = JobQueue(queue_limit)
        self._grace = grace
        self._start_seconds = start_seconds
        self._clock = clock
        self._service = ServiceTime()
        self._running: Job | None = None
        self._began = 0.0
        self._is_loaded = False
        self._loading: asyncio.Future[VerbatimError | None] | None = None
        self._runner: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._idle = asyncio.Event()
        self._closing = False

    async def __aenter__(self) -> Self:
        """Begin to load the engine, in the background."""
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the worker."""
        await self.close()

    @property
    def is_loaded(self) -> bool:
        """Tell whether a job would begin without waiting for the engine."""
        return self._is_loaded

    def start(self) -> None:
        """Begin to load the engine, in the background; calling for a job does the same.

        Raises:
            ModelError: the worker has been closed.
        """
        if self._closing:
            raise _stopping()
        if self._runner is None:
            self._runner = asyncio.create_task(self._run(), name="verbatim-worker")
        self._wanted.set()

    async def ready(self) -> None:
        """Wait until the engine is loaded.

        Raises:
            VerbatimError: it could not be loaded.
        """
        self.start()
        if self._is_loaded:
            return
        if self._loading is None:
            self._loading = asyncio.get_running_loop().create_future()
        error = await asyncio.shield(self._loading)
        if error is not None:
            raise error

    async def call(
        self,
        method: str,
        *args: Any,  # noqa: ANN401  whatever the engine's method takes
        key: Hashable | None = None,
        deadline: float,
        priority: int = INTERACTIVE,
    ) -> Any:  # noqa: ANN401  whatever it returns
        """Run `engine.method(*args)` in the process; arguments and result must be picklable.

        Calls of the same `key` that are under way at the same time are answered by one run. `deadline` is in seconds
        from now, waiting and loading included. A call that is cancelled while it waits never runs.

        Raises:
            ModelBusy: too many jobs wait, or this one had to leave for a more urgent one.
            DeadlineExceeded: the answer did not come in time.
            ModelCrashed: the process ended under this job, twice.
            VerbatimError: what the engine raised; an error that is none of Verbatim's becomes a ModelError.
        """
        self.start()
        job = self._join_or_put(Job(method, args, key, priority, self._clock() + deadline))
        waiter: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        job.waiters.add(waiter)
        try:
            async with asyncio.timeout(deadline):
                return await waiter
        except TimeoutError:
            raise _late(deadline) from None
        finally:
            job.waiters.discard(waiter)
            if not job.waiters:
                self._queue.discard(job)

    def place(self, key: Hashable) -> int | None:
        """Tell how many jobs end before the one of this key begins: 0 while it runs, None where there is none."""
        if self._running is not None and self._running.key == key:
            return 0
        job = self._queue.find(key)
        return None if job is None else self._queue.ahead_of(job.rank) + (self._running is not None)

    def expected_wait(self, priority: int = INTERACTIVE) -> float | None:
        """Estimate the seconds until a new job of this priority would begin; None before anything was measured."""
        ahead = self._queue.ahead_of((priority + 1, 0))
        running = None if self._running is None else self._clock() - self._began
        return self._service.wait(ahead, running)

    async def close(self, patience: float = 5.0) -> None:
        """End the process: what waits is refused, and what runs has `patience` seconds to finish."""
        self._closing = True
        for job in self._queue.clear():
            job.fail(_stopping())
        if self._runner is not None:
            if self._running is not None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._idle.wait(), patience)
            self._runner.cancel()
            await asyncio.wait({self._runner})
        self._tell_loaded(_stopping())
        self._keeper.dismiss_thread()

    def _join_or_put(self, job: Job) -> Job:
        """Give the job of the same key that is under way, or have this one wait."""
        running = self._running
        same = running if running is not None and running.is_same(job.key) else self._queue.find(job.key)
        if same is not None:
            same.join(job)
            return same
        displaced = self._queue.put(job)
        if displaced is not None:
            message = "The request had to leave the model's queue for a more urgent one."
            displaced.fail(ModelBusy(message))
        return job

    async def _run(self) -> None:
        """Load the engine when it is wanted, then run jobs; after a crash, load it again without being asked."""
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                while await self._load() and (job := self._queue.take()) is not None:
                    await self._work(job)
        finally:
            self._is_loaded = False
            await self._keeper.stop()

    async def _load(self) -> bool:
        """Tell whether the engine is loaded, after trying to; where it cannot be, tell everybody who waits."""
        if self._is_loaded:
            return True
        error = await self._start_process()
        if error is not None:
            await self._keeper.stop()
            for job in self._queue.clear():
                job.fail(error)
        self._is_loaded = error is None
        self._tell_loaded(error)
        return self._is_loaded

    async def _start_process(self) -> VerbatimError | None:
        began = self._clock()
        try:
            reply = await self._keeper.start(lambda: began + self._start_seconds - self._clock())
        except ProcessEnded:
            _log.error("the model's process ended while it loaded")
            message = "The model's process ended while the model was loaded."
            return ModelCrashed(message, "See whether the memory of this machine suffices.")
        if isinstance(reply, Fault):
            _log.error("the model could not be loaded: %s", reply.trace or reply.error)
            return reply.error
        _log.info("the model was loaded in %.1f s", self._clock() - began)
        return None

    def _tell_loaded(self, error: VerbatimError | None) -> None:
        if self._loading is not None:
            self._loading.set_result(error)
            self._loading = None

    async def _work(self, job: Job) -> None:
        self._running, self._began = job, self._clock()
        self._idle.clear()
        try:
            reply = await self._keeper.ask(job.method, job.args, lambda: self._seconds_left(job))
        except ProcessEnded:
            await self._recover(job)
        except asyncio.CancelledError:
            job.fail(_stopping())
            raise
        else:
            self._settle(job, reply)
        finally:
            self._running = None
            self._idle.set()

    def _seconds_left(self, job: Job) -> float:
        return job.expires + self._grace - self._clock()

    def _settle(self, job: Job, reply: Answer | Fault) -> None:
        if isinstance(reply, Answer):
            self._service.add(self._clock() - self._began)
            job.answer(reply.value)
            return
        if reply.trace is not None:
            _log.error("%s failed in the model's process, %s", job.method, reply.trace)
        job.fail(reply.error)

    async def _recover(self, job: Job) -> None:
        """Decide what becomes of the job under which the process ended."""
        self._is_loaded = False
        code = await self._keeper.stop()
        job.crashes += 1
        if self._seconds_left(job) <= 0:
            _log.warning("%s overran its deadline and was ended with the model's process", job.method)
            job.fail(_late(self._clock() - self._began))
            return
        _log.warning("the model's process ended with code %s while it ran %s", code, job.method)
        if job.crashes > _RETRIES:
            message = "The model's process ended, and ended again, while it worked on this."
            job.fail(ModelCrashed(message))
        elif job.waiters:
            self._queue.put_back(job)


def _late(seconds: float) -> DeadlineExceeded:
    message = f"The model did not answer within {seconds:.3g} seconds."
    return DeadlineExceeded(message)


def _stopping() -> ModelError:
    message = "Verbatim is being stopped."
    return ModelError(message, "Try again when it runs.")
