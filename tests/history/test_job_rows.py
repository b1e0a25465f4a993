"""The life of a job in its row: every change that is allowed and every one that is refused."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.database import Database, connection, open_database, transaction
from aipaint.errors import StorageError
from aipaint.history.errors import HistoryError
from aipaint.history.history import History
from aipaint.history.records import (
    AttemptOutcome,
    AttemptRecord,
    JobRecord,
    JobStatus,
    JobStep,
    ResultUse,
)
from aipaint.history.transitions import NEXT, NEXT_STEP, is_final
from tests.history.shelf import MIGRATIONS, NOON, ONE, THREE, TWO, Clock, job


def test_a_job_comes_back_as_it_was_after_a_restart(
    history: History, database: Database, home: Path, clock: Clock
) -> None:
    record = job(
        prompt="a »red« boat 🚤\nwrite HELLO",
        negative_prompt="fog",
        params={"size": "1024x1024", "count": 2, "nested": {"seed": None}},
        estimated_micros=13_490,
        session_id="s",
        created_at=NOON - 5,
    )
    assert history.add_job(record) == replace(record, position=1)
    history.start(ONE)
    history.set_remote_id(ONE, "remote-1")
    history.describe(ONE, "gpt-image-2", "abd", 14_000)
    clock.advance(7)
    error = {"kind": "bad_answer", "message": "m", "charged": "yes", "hint": "h"}
    history.finish(ONE, JobStatus.FAILED, actual_micros=13_000, error=error)

    again = History(open_database(home / "aipaint.db", MIGRATIONS), home, clock).job(ONE)
    assert again == job(
        status=JobStatus.FAILED,
        model="gpt-image-2",
        fingerprint="abd",
        prompt=record.prompt,
        negative_prompt="fog",
        params=record.params,
        estimated_micros=14_000,
        actual_micros=13_000,
        error=error,
        remote_id="remote-1",
        session_id="s",
        created_at=NOON - 5,
        started_at=NOON,
        completed_at=NOON + 7_000_000,
        step=JobStep.ENDED,
        position=1,
    )
    assert database.is_closed()


def test_times_are_filled_in_for_a_job_that_is_over_at_once(history: History) -> None:
    stored = history.add_job(job(status=JobStatus.BLOCKED_BUDGET))
    assert (stored.created_at, stored.completed_at) == (NOON, NOON)
    queued = history.add_job(job(TWO))
    assert (queued.created_at, queued.completed_at) == (NOON, None)
    assert history.job(TWO) == queued


def test_a_late_answer_keeps_what_was_known(history: History, clock: Clock) -> None:
    history.add_job(job(status=JobStatus.RUNNING))
    history.finish(ONE, JobStatus.UNKNOWN, error={"kind": "timeout"})
    clock.advance(60)
    history.finish(ONE, JobStatus.SUCCEEDED, actual_micros=5)
    found = history.job(ONE)
    assert found is not None
    assert (found.actual_micros, found.completed_at) == (5, NOON + 60_000_000)
    assert found.error == {"kind": "timeout"}


def test_a_job_that_is_not_there(history: History) -> None:
    steps: list[Callable[[], None]] = [
        lambda: history.start(ONE),
        lambda: history.finish(ONE, JobStatus.FAILED),
        lambda: history.set_remote_id(ONE, "r"),
        lambda: history.describe(ONE, "m", "f", 1),
    ]
    for step in steps:
        with pytest.raises(HistoryError, match=f"no job {ONE}"):
            step()
    assert history.job(ONE) is None


def test_a_job_by_the_first_digits_of_its_id(history: History) -> None:
    first, second = "abcdef" + "0" * 26, "abcdef" + "1" * 26
    history.add_job(job(first))
    assert _id(history.job("abcdef")) == first
    history.add_job(job(second))
    assert history.job("abcdef") is None
    assert _id(history.job("abcdef1")) == second
    assert history.job("abcde") is None
    assert history.job("abcde%") is None
    assert history.job("") is None


def test_jobs_newest_first(history: History, clock: Clock) -> None:
    ids = [f"{number:032x}" for number in range(1, 5)]
    for job_id in ids[:2]:
        history.add_job(job(job_id))
    clock.advance(1)
    history.add_job(job(ids[2], status=JobStatus.FAILED))
    clock.advance(-10)  # a clock set back: by time first
    history.add_job(job(ids[3]))
    assert [found.id for found in history.jobs()] == [ids[2], ids[1], ids[0], ids[3]]
    assert [found.id for found in history.jobs(limit=2)] == [ids[2], ids[1]]
    assert [found.id for found in history.jobs(status=JobStatus.FAILED)] == [ids[2]]


def test_half_a_surrogate_pair_does_not_lose_the_job(history: History) -> None:
    history.add_job(job(prompt="caf\udce9", params={"x": "\ud83d"}))
    found = history.job(ONE)
    assert found is not None
    assert found.prompt == "caf?"
    assert found.params == {"x": "\ud83d"}


def test_the_database_and_the_program_know_the_same_transitions(database: Any) -> None:
    query = "SELECT before, after FROM job_transitions WHERE kind = ?"
    with connection(database):
        statuses = set(database.execute_sql(query, ("status",)).fetchall())
        steps = set(database.execute_sql(query, ("step",)).fetchall())
    assert statuses == {(a.value, b.value) for a, after in NEXT.items() for b in after}
    assert steps == {(a.value, b.value) for a, after in NEXT_STEP.items() for b in after}
    assert set(NEXT) == set(JobStatus)
    assert set(NEXT_STEP) == set(JobStep)


def test_every_change_of_status(history: History) -> None:
    for number, (start, end) in enumerate(product(JobStatus, JobStatus)):
        job_id = f"{number:032x}"
        history.add_job(job(job_id, status=start))
        if end in NEXT[start]:
            change_to(history, job_id, end)
            assert found(history, job_id).status is end
        else:
            with pytest.raises(HistoryError, match=f"is {start.value} and cannot become"):
                change_to(history, job_id, end)
            assert found(history, job_id).status is start


def test_every_change_of_step(history: History) -> None:
    for number, (start, end) in enumerate(product(JobStep, JobStep)):
        job_id = f"{number:032x}"
        history.add_job(job(job_id, status=JobStatus.RUNNING, step=start))
        if end in NEXT_STEP[start] or end is start:
            history.step(job_id, end)
            assert found(history, job_id).step is end
        else:
            with pytest.raises(HistoryError, match="change of a job's step is not allowed"):
                history.step(job_id, end)
            assert found(history, job_id).step is start


@pytest.mark.parametrize(
    ("column", "value"), [("status", "running"), ("step", "entered"), ("status", "made up")]
)
def test_the_database_itself_refuses(
    history: History, database: Any, column: str, value: str
) -> None:
    history.add_job(job(status=JobStatus.SUCCEEDED, step=JobStep.ENDED))
    with pytest.raises(StorageError), transaction(database):
        database.execute_sql(f"UPDATE jobs SET {column} = ?", (value,))
    assert found(history).status is JobStatus.SUCCEEDED
    assert found(history).step is JobStep.ENDED


def test_a_job_finishes_only_in_an_end(history: History) -> None:
    history.add_job(job())
    with pytest.raises(ValueError, match="running"):
        history.finish(ONE, JobStatus.RUNNING)
    assert [status for status in JobStatus if not is_final(status)] == [
        JobStatus.QUEUED,
        JobStatus.RUNNING,
    ]


def test_an_end_is_the_last_step_but_unknown_stays_where_it_was(history: History) -> None:
    for job_id in (ONE, TWO):
        history.add_job(job(job_id, status=JobStatus.RUNNING, step=JobStep.SENT))
    history.finish(ONE, JobStatus.UNKNOWN)
    history.finish(TWO, JobStatus.FAILED)
    assert found(history).step is JobStep.SENT
    assert found(history, TWO).step is JobStep.ENDED


def test_an_unknown_job_can_be_asked_for_again(history: History, clock: Clock) -> None:
    history.add_job(job(status=JobStatus.RUNNING))
    history.finish(ONE, JobStatus.UNKNOWN)
    clock.advance(5)
    history.start(ONE)
    again = found(history)
    assert (again.status, again.started_at) == (JobStatus.RUNNING, NOON + 5_000_000)
    assert again.completed_at is None


@pytest.mark.parametrize("step", JobStep)
def test_a_job_waits_again_only_if_nothing_was_sent(history: History, step: JobStep) -> None:
    history.add_job(job(status=JobStatus.RUNNING, step=step, started_at=NOON))
    if step in (JobStep.ENTERED, JobStep.PREPARED, JobStep.RESERVED):
        history.requeue(ONE)
        again = found(history)
        assert (again.status, again.is_paused) == (JobStatus.QUEUED, True)
        assert again.started_at is None
        assert again.step is (JobStep.ENTERED if step is JobStep.ENTERED else JobStep.PREPARED)
    else:
        with pytest.raises(HistoryError, match="is running and cannot become queued"):
            history.requeue(ONE)
        assert found(history).step is step


def test_a_paused_job_does_not_start(history: History) -> None:
    history.add_job(job())
    history.set_paused(ONE, True)
    assert found(history).is_paused is True
    with pytest.raises(HistoryError, match="is paused and cannot become running"):
        history.start(ONE)
    history.set_paused(ONE, False)
    history.start(ONE)
    with pytest.raises(HistoryError, match="is running and cannot become paused"):
        history.set_paused(ONE, True)


def test_one_of_many_takes_a_job_over(history: History) -> None:
    history.add_job(job(owner="dead"))
    won: list[str] = []
    start = Barrier(8)

    def take(owner: str) -> None:
        start.wait()
        if history.claim(ONE, "dead", owner):
            won.append(owner)

    threads = [Thread(target=take, args=(f"owner {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert found(history).owner == won[0]
    assert history.claim(ONE, "dead", "late") is False
    assert history.claim(TWO, "dead", "late") is False


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(5)), named=st.integers(0, 5))
def test_waiting_jobs_run_in_the_order_that_was_chosen(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], named: int
) -> None:
    folder = tmp_path_factory.mktemp("order")
    history = History(open_database(folder / "a.db", MIGRATIONS), folder, Clock())
    ids = [f"{number:032x}" for number in range(5)]
    for job_id in ids:
        history.add_job(job(job_id))
    assert waiting(history) == ids
    chosen = [ids[index] for index in order[:named]]
    history.reorder(chosen)
    assert waiting(history) == chosen + [job_id for job_id in ids if job_id not in chosen]
    history.add_job(job("f" * 32))
    assert waiting(history)[-1] == "f" * 32


def test_only_what_waits_is_put_in_order(history: History) -> None:
    history.add_job(job(ONE, status=JobStatus.RUNNING, position=7))
    history.add_job(job(TWO))
    history.add_job(job(THREE))
    history.reorder([THREE, ONE, "f" * 32, THREE, TWO])
    assert found(history).position == 7
    assert waiting(history) == [THREE, TWO]


def test_a_waiting_job_asks_for_something_else(history: History) -> None:
    history.add_job(job(plan={"frame": [0, 0, 8, 8]}, prompt="a boat", project="Harbor"))
    history.describe(ONE, "m", "print", 9)
    asked = job(prompt="a »ship«", negative_prompt="fog", params={"count": 2}, model="other")
    history.set_options(ONE, asked)
    changed = found(history)
    assert (changed.prompt, changed.negative_prompt) == ("a »ship«", "fog")
    assert (changed.model, changed.params) == ("other", {"count": 2})
    assert (changed.fingerprint, changed.estimated_micros) == ("", None)
    assert (changed.plan, changed.project) == ({"frame": [0, 0, 8, 8]}, "Harbor")
    history.set_options(ONE, job(plan={"frame": [1]}))
    assert found(history).plan == {"frame": [1]}
    history.start(ONE)
    with pytest.raises(HistoryError, match="is running and cannot become changed"):
        history.set_options(ONE, asked)


def test_what_a_job_needs_to_run_again_is_kept(history: History) -> None:
    history.add_job(job())
    assert found(history).plan is None
    plan = {"frame": [0, 0, 640, 480], "label": "Fill »sky«", "feather_pixels": 4}
    history.set_plan(ONE, plan)
    assert found(history).plan == plan


def test_open_jobs_are_those_that_are_not_settled(history: History) -> None:
    for number, status in enumerate(JobStatus):
        history.add_job(job(f"{number:032x}", status=status))
    statuses = [record.status for record in history.open_jobs()]
    assert sorted(status.value for status in statuses) == ["queued", "running", "unknown"]


def test_every_attempt_has_its_row(history: History, clock: Clock) -> None:
    history.add_job(job())
    history.add_job(job(TWO))
    assert history.attempt_started(ONE, 7) == 1
    history.attempt_ended(ONE, 1, AttemptOutcome.REFUSED, "too many requests", 429)
    clock.advance(2)
    assert history.attempt_started(ONE, 7) == 2
    assert history.attempt_started(TWO, 8) == 1
    assert history.attempts(ONE) == [
        AttemptRecord(ONE, 7, 1, AttemptOutcome.REFUSED, "too many requests", 429, NOON, NOON),
        AttemptRecord(ONE, 7, 2, AttemptOutcome.OPEN, "", None, NOON + 2_000_000, None),
    ]
    with pytest.raises(HistoryError, match="no open attempt 1"):
        history.attempt_ended(ONE, 1, AttemptOutcome.ANSWERED)
    with pytest.raises(HistoryError, match=f"no job {THREE}"):
        history.attempt_started(THREE, 9)


def test_the_inbox_holds_what_nobody_used(history: History) -> None:
    for job_id in (ONE, TWO, THREE):
        history.add_job(job(job_id, status=JobStatus.CANCELLED))
        history.set_result_use(job_id, ResultUse.WAITING)
    assert [record.id for record in history.inbox()] == [THREE, TWO, ONE]
    history.set_result_use(TWO, ResultUse.APPLIED)
    history.set_result_use(ONE, ResultUse.DISCARDED)
    assert [record.id for record in history.inbox()] == [THREE]
    assert found(history, TWO).result_use is ResultUse.APPLIED


def change_to(history: History, job_id: str, status: JobStatus) -> None:
    if status is JobStatus.QUEUED:
        history.requeue(job_id)
    elif status is JobStatus.RUNNING:
        history.start(job_id)
    else:
        history.finish(job_id, status)


def _id(record: JobRecord | None) -> str | None:
    return None if record is None else record.id


def found(history: History, job_id: str = ONE) -> JobRecord:
    record = history.job(job_id)
    assert record is not None
    return record


def waiting(history: History) -> list[str]:
    return [job.id for job in history.open_jobs() if job.status is JobStatus.QUEUED]
