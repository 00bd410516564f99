from __future__ import annotations

import pytest

from bot.errors import ModelBusy
from bot.model.jobs import BACKGROUND, INTERACTIVE, Job, JobQueue, ServiceTime


def job(key: str, priority: int = INTERACTIVE, expires: float = 10.0) -> Job:
    return Job("method", (), key, priority, expires)


def taken(queue: JobQueue) -> list[object]:
    keys = []
    while (next_job := queue.take()) is not None:
        keys.append(next_job.key)
    return keys


def test_equally_urgent_jobs_are_taken_as_they_came() -> None:
    queue = JobQueue(8)
    for key in "abc":
        queue.put(job(key))
    assert taken(queue) == ["a", "b", "c"]


def test_what_a_person_waits_for_goes_before_the_background() -> None:
    queue = JobQueue(8)
    queue.put(job("digest", BACKGROUND))
    queue.put(job("person"))
    assert taken(queue) == ["person", "digest"]


def test_a_job_put_back_has_its_old_place() -> None:
    queue = JobQueue(8)
    queue.put(job("a"))
    queue.put(job("b"))
    first = queue.take()
    assert first is not None
    queue.put_back(first)
    assert taken(queue) == ["a", "b"]


def test_a_full_queue_refuses_a_job_that_is_not_more_urgent() -> None:
    queue = JobQueue(1)
    queue.put(job("a"))
    with pytest.raises(ModelBusy):
        queue.put(job("b"))
    with pytest.raises(ModelBusy):
        queue.put(job("c", BACKGROUND))


def test_a_full_queue_lets_the_last_background_job_leave_for_a_person() -> None:
    queue = JobQueue(2)
    queue.put(job("digest 1", BACKGROUND))
    queue.put(job("digest 2", BACKGROUND))
    displaced = queue.put(job("person"))
    assert displaced is not None
    assert displaced.key == "digest 2"
    assert taken(queue) == ["person", "digest 1"]


def test_a_job_without_a_key_is_never_the_same() -> None:
    queue = JobQueue(8)
    queue.put(Job("method", (), None, INTERACTIVE, 1.0))
    assert queue.find(None) is None


def test_a_joined_job_is_as_urgent_and_as_patient_as_its_callers() -> None:
    waiting = job("a", BACKGROUND, expires=20.0)
    waiting.join(job("a", INTERACTIVE, expires=10.0))
    assert (waiting.priority, waiting.expires) == (INTERACTIVE, 20.0)


def test_jobs_ahead_are_those_of_a_lower_rank() -> None:
    queue = JobQueue(8)
    for key, priority in (("a", BACKGROUND), ("b", INTERACTIVE), ("c", INTERACTIVE)):
        queue.put(job(key, priority))
    last = queue.find("a")
    assert last is not None
    assert queue.ahead_of(last.rank) == 2


@pytest.mark.parametrize(
    ("measured", "ahead", "running", "seconds"),
    [
        ([], 0, None, 0.0),
        ([], 1, None, None),
        ([], 0, 0.5, None),
        ([2.0], 0, None, 0.0),
        ([2.0], 0, 0.5, 1.5),
        ([2.0], 0, 5.0, 0.0),
        ([2.0], 3, None, 6.0),
        ([2.0, 7.0], 1, None, 3.0),
        ([2.0], 3, 0.5, 7.5),
    ],
)
def test_the_wait_is_told_from_what_was_measured(
    measured: list[float], ahead: int, running: float | None, seconds: float | None
) -> None:
    service = ServiceTime()
    for value in measured:
        service.add(value)
    assert service.wait(ahead, running) == seconds
