from __future__ import annotations

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fake_engine import FakeEngine, make_crashing, make_held, make_once, make_without_weights

from bot.errors import (
    DeadlineExceeded,
    ModelBusy,
    ModelCrashed,
    ModelError,
    TooLarge,
    VerbatimError,
    WeightsMissing,
)
from bot.model.jobs import BACKGROUND
from bot.model.worker import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from typing import Any

_LONG = 30.0
"""Seconds; no test waits for them."""


@asynccontextmanager
async def held(worker: Worker, gate: Path) -> AsyncIterator[asyncio.Task[Any]]:
    """Keep the engine at work on a job of the key "held" until the body is done."""
    task = asyncio.create_task(worker.call("hold", gate, key="held", deadline=_LONG))
    await until_there(gate.with_suffix(".held"))
    try:
        yield task
    finally:
        gate.touch()


async def until_there(file: Path) -> None:
    async with asyncio.timeout(_LONG):
        while not file.exists():  # noqa: ASYNC110  another process makes the file
            await asyncio.sleep(0.002)


async def begun(call: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Start a call and let it get as far as it can."""
    task = asyncio.create_task(call)
    await asyncio.sleep(0)
    return task


async def test_a_method_of_the_engine_is_run_in_another_process() -> None:
    async with Worker(FakeEngine) as worker:
        assert await worker.call("echo", {"a": (1, 2)}, deadline=_LONG) == {"a": (1, 2)}
        assert await worker.call("process_id", deadline=_LONG) != os.getpid()


async def test_the_engine_is_loaded_once_and_stays() -> None:
    async with Worker(FakeEngine) as worker:
        await worker.ready()
        assert worker.is_loaded
        first = await worker.call("process_id", deadline=_LONG)
        assert await worker.call("process_id", deadline=_LONG) == first


async def test_an_error_of_verbatim_crosses_unharmed() -> None:
    async with Worker(FakeEngine) as worker:
        with pytest.raises(TooLarge) as caught:
            await worker.call("refuse", deadline=_LONG)
    assert caught.value.sentence == "Too much. Take less."


@pytest.mark.parametrize("method", ["stumble", "unpicklable", "no_such_method"])
async def test_any_other_error_is_told_by_a_reference_that_stands_in_the_log(
    method: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Worker(FakeEngine) as worker:
        with pytest.raises(ModelError) as caught:
            await worker.call(method, deadline=_LONG)
        assert await worker.call("echo", "still here", deadline=_LONG) == "still here"
    assert "secret" not in caught.value.sentence
    reference = caught.value.message.rpartition("reference ")[2][:8]
    assert reference in caplog.text
    assert "Traceback" in caplog.text


async def test_arguments_that_cannot_be_sent_are_an_error_of_the_caller_alone() -> None:
    async with Worker(FakeEngine) as worker:
        with pytest.raises(ModelError):
            await worker.call("echo", threading.Lock(), deadline=_LONG)
        assert await worker.call("echo", 1, deadline=_LONG) == 1


async def test_calls_of_one_key_are_answered_by_one_run(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        async with held(worker, tmp_path / "gate") as first:
            second = await begun(worker.call("hold", tmp_path / "other", key="held", deadline=_LONG))
            queued = [await begun(worker.call("echo", number, key="same", deadline=_LONG)) for number in range(3)]
        assert [await first, await second] == ["gate", "gate"]
        assert await asyncio.gather(*queued) == [0, 0, 0]
        assert await worker.call("seen", deadline=_LONG) == ["0"]


async def test_the_urgent_goes_first_and_the_place_in_the_queue_is_told(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        async with held(worker, tmp_path / "gate"):
            calls = [
                await begun(worker.call("echo", "digest", key="digest", deadline=_LONG, priority=BACKGROUND)),
                await begun(worker.call("echo", "person", key="person", deadline=_LONG)),
            ]
            assert [worker.place(key) for key in ("held", "person", "digest", "nobody")] == [0, 1, 2, None]
        await asyncio.gather(*calls)
        assert await worker.call("seen", deadline=_LONG) == ["person", "digest"]


async def test_the_wait_is_estimated_from_the_jobs_before(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        assert worker.expected_wait() == 0.0
        async with held(worker, tmp_path / "gate") as first:
            assert worker.expected_wait() is None
        await first
        async with held(worker, tmp_path / "gate 2"):
            assert worker.expected_wait() is not None
        assert worker.expected_wait() is not None


async def test_a_full_queue_refuses(tmp_path: Path) -> None:
    async with Worker(FakeEngine, queue_limit=1) as worker, held(worker, tmp_path / "gate"):
        waiting = await begun(worker.call("echo", 1, deadline=_LONG, priority=BACKGROUND))
        with pytest.raises(ModelBusy):
            await worker.call("echo", 2, deadline=_LONG, priority=BACKGROUND)
        urgent = await begun(worker.call("echo", 3, deadline=_LONG))
        with pytest.raises(ModelBusy):
            await waiting
        assert not urgent.done()
        urgent.cancel()


async def test_a_call_cancelled_while_it_waits_never_runs(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        async with held(worker, tmp_path / "gate"):
            lone = await begun(worker.call("echo", "lone", key="lone", deadline=_LONG))
            one = await begun(worker.call("echo", "shared", key="shared", deadline=_LONG))
            other = await begun(worker.call("echo", "shared", key="shared", deadline=_LONG))
            lone.cancel()
            one.cancel()
            await asyncio.wait({lone, one})
            assert worker.place("lone") is None
        assert await other == "shared"
        assert await worker.call("seen", deadline=_LONG) == ["shared"]


async def test_a_deadline_ends_the_wait_of_a_queued_call(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        async with held(worker, tmp_path / "gate"):
            with pytest.raises(DeadlineExceeded):
                await worker.call("echo", "late", deadline=0.01)
        assert await worker.call("seen", deadline=_LONG) == []


async def test_a_job_that_overruns_its_grace_is_ended_with_the_process(tmp_path: Path) -> None:
    async with Worker(FakeEngine, grace=0.01) as worker:
        first = await worker.call("process_id", deadline=_LONG)
        with pytest.raises(DeadlineExceeded):
            await worker.call("hold", tmp_path / "never", deadline=0.05)
        assert await worker.call("process_id", deadline=_LONG) != first


async def test_a_job_that_is_late_but_within_its_grace_leaves_the_process_alone(tmp_path: Path) -> None:
    async with Worker(FakeEngine, grace=_LONG) as worker:
        first = await worker.call("process_id", deadline=_LONG)
        with pytest.raises(DeadlineExceeded):
            await worker.call("hold", tmp_path / "gate", deadline=0.02)
        (tmp_path / "gate").touch()
        assert await worker.call("process_id", deadline=_LONG) == first


async def test_a_job_is_tried_again_after_a_crash(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        assert await worker.call("crash_unless", tmp_path / "marker", deadline=_LONG) == "went well"


async def test_a_job_that_kills_twice_is_given_up_and_the_queued_go_on(tmp_path: Path) -> None:
    async with Worker(FakeEngine) as worker:
        async with held(worker, tmp_path / "gate"):
            killer = await begun(worker.call("crash", deadline=_LONG))
            queued = await begun(worker.call("echo", "alive", deadline=_LONG))
        with pytest.raises(ModelCrashed):
            await killer
        assert await queued == "alive"


async def test_a_process_killed_from_outside_is_started_anew() -> None:
    async with Worker(FakeEngine) as worker:
        os.kill(await worker.call("process_id", deadline=_LONG), signal.SIGKILL)
        assert await worker.call("echo", "again", deadline=_LONG) == "again"


async def test_a_fault_in_loading_is_told_to_all_who_wait() -> None:
    async with Worker(make_without_weights) as worker:
        calls = [worker.call("echo", number, deadline=_LONG) for number in range(2)]
        results = await asyncio.gather(*calls, worker.ready(), return_exceptions=True)
    assert [type(result) for result in results] == [WeightsMissing] * 3


async def test_a_crash_in_loading_is_told() -> None:
    async with Worker(make_crashing) as worker:
        with pytest.raises(ModelCrashed):
            await worker.ready()


async def test_loading_is_tried_again_at_the_next_call(tmp_path: Path) -> None:
    async with Worker(partial(make_once, tmp_path / "marker")) as worker:
        with pytest.raises(WeightsMissing):
            await worker.ready()
        assert await worker.call("echo", 1, deadline=_LONG) == 1


async def test_loading_has_an_end(tmp_path: Path) -> None:
    async with Worker(partial(make_held, tmp_path / "never"), start_seconds=0.05) as worker:
        with pytest.raises(ModelCrashed):
            await worker.ready()


async def test_closing_while_loading_takes_no_time(tmp_path: Path) -> None:
    worker = Worker(partial(make_held, tmp_path / "never"))
    waiting = await begun(worker.call("echo", 1, deadline=_LONG))
    ready = await begun(worker.ready())
    await worker.close()
    for call in (waiting, ready):
        with pytest.raises(ModelError):
            await call


async def test_closing_lets_the_running_job_finish_and_refuses_the_rest(tmp_path: Path) -> None:
    worker = Worker(FakeEngine)
    async with held(worker, tmp_path / "gate") as running:
        queued = await begun(worker.call("echo", 1, deadline=_LONG))
        closing = await begun(worker.close(patience=_LONG))
    assert await running == "gate"
    await closing
    with pytest.raises(ModelError):
        await queued
    with pytest.raises(ModelError):
        await worker.call("echo", 2, deadline=_LONG)


async def test_closing_does_not_wait_longer_than_its_patience(tmp_path: Path) -> None:
    worker = Worker(FakeEngine)
    running = await begun(worker.call("hold", tmp_path / "never", deadline=_LONG))
    await until_there(tmp_path / "never.held")
    await worker.close(patience=0.01)
    with pytest.raises(ModelError):
        await running


async def test_closing_leaves_no_process_and_no_thread() -> None:
    before = threading.active_count()
    async with Worker(FakeEngine) as worker:
        process = await worker.call("process_id", deadline=_LONG)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert threading.active_count() == before


async def test_a_worker_that_was_never_used_closes() -> None:
    await Worker(FakeEngine).close()


async def test_ctrl_c_in_the_terminal_does_not_reach_the_engine() -> None:
    async with Worker(FakeEngine) as worker:
        process = await worker.call("process_id", deadline=_LONG)
        os.kill(process, signal.SIGINT)
        assert await worker.call("process_id", deadline=_LONG) == process


def test_the_process_ends_with_its_parent(tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "orphan.py"
    path = os.pathsep.join(sys.path)
    done = subprocess.run(  # noqa: S603  our own script
        [sys.executable, script, tmp_path / "never"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
        text=True,
    )
    process = int(done.stdout)
    for _ in range(1000):
        if not Path(f"/proc/{process}").exists():
            return
        threading.Event().wait(0.01)
    pytest.fail("the engine's process outlived its parent")


def test_importing_the_worker_loads_no_model_library() -> None:
    code = "import sys, bot.model.worker; print({'torch', 'transformers', 'numpy'}.intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("kind", [TooLarge, WeightsMissing, ModelCrashed])
def test_errors_are_picklable(kind: type[VerbatimError]) -> None:
    error = pickle.loads(pickle.dumps(kind("What happened.", "What to do.")))  # noqa: S301  our own bytes
    assert (type(error), error.sentence) == (kind, "What happened. What to do.")
