"""Bought work whose own picture is lost, and two who go on with the same work at once."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.inbox import inbox_items
from aipaint.generation.job import Job
from aipaint.generation.kept_answer import keep_answer
from aipaint.generation.queue_order import QueueEntry
from aipaint.generation.queue_view import QueuedJob
from aipaint.generation.queue_work import run_entry
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.resume_job import resume_job
from aipaint.generation.run_job import run_job
from aipaint.generation.stored_job import options_of, store_job, stored_job
from aipaint.history.records import AttemptOutcome, JobRecord, JobStatus, JobStep
from aipaint.ledger.entry import CostSource, EntryState, Reservation
from aipaint.pixels.encode import encode_image
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import edit, photograph, picture_of, quiet
from tests.ledger.rig import ask

_PNG = encode_image(photograph(96, 80), ".png")


@pytest.fixture
def provider() -> RemoteProvider:
    return RemoteProvider()


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    return remote_desk(tmp_path / "home", provider)


def _sent(desk: Desk) -> tuple[Job, Reservation]:
    job = Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
    enter_job(job, desk)
    store_job(job, desk)
    held = desk.ledger.reserve(ask(40_000, job.id))
    desk.history.start(job.id)
    desk.ledger.mark_sent(held)
    desk.history.step(job.id, JobStep.SENT)
    return job, held


def _later(desk: Desk) -> Desk:
    """The next session, after that one died."""
    return replace(desk, session_id="f" * 32, is_alive=lambda owner: False)


def _record(job: Job, desk: Desk) -> JobRecord:
    record = desk.history.job(job.id)
    assert record is not None
    return record


def _resumed(record: JobRecord, desk: Desk) -> object:
    shown = QueuedJob(record.id, "", record.operation, record.provider)
    entry = QueueEntry(shown, options_of(record), is_paid=True, is_resumed=True)
    return run_entry(entry, desk, quiet).error


def test_what_came_back_is_settled_and_in_the_inbox_although_its_own_picture_is_lost(
    desk: Desk,
) -> None:
    job, held = _sent(desk)
    desk.history.store_raw(job.id, _PNG, "png")
    keep_answer(job.id, Prediction((_PNG,), cost_micros=33_000), desk)
    plan = dict(_record(job, desk).plan or {})
    (desk.home / str(plan["picture"])).unlink()
    later = _later(desk)
    (record,) = recover_jobs(later).resumable
    error = _resumed(record, later)
    assert isinstance(error, ProviderError)
    assert error.charged is Charged.YES
    entry = later.ledger.entry(held.ledger_id)
    assert (entry.actual_micros, entry.cost_source) == (33_000, CostSource.PROVIDER)
    (item,) = inbox_items(later)
    assert (item.job_id, item.status, item.cost_micros) == (job.id, JobStatus.FAILED, 33_000)
    assert recover_jobs(_later(desk)).resumable == ()


def test_where_nothing_came_back_a_person_is_asked(desk: Desk) -> None:
    job, held = _sent(desk)
    desk.history.set_remote_id(job.id, "remote-1")
    desk.history.set_plan(job.id, {})
    later = _later(desk)
    (record,) = recover_jobs(later).resumable
    error = _resumed(record, later)
    assert isinstance(error, ProviderError)
    assert error.charged is Charged.UNKNOWN
    assert later.ledger.entry(held.ledger_id).state is EntryState.UNKNOWN
    assert _record(job, later).status is JobStatus.UNKNOWN


def test_two_who_go_on_with_the_same_work_do_not_end_each_others(
    desk: Desk, provider: RemoteProvider
) -> None:
    """The tray's "Check" pressed while the check of the start is still under way."""
    job, held = _sent(desk)
    desk.history.set_remote_id(job.id, "remote-1")
    desk.ledger.mark_unknown(held)
    desk.history.finish(job.id, JobStatus.UNKNOWN)
    stale = _record(job, desk)
    desk.history.start(job.id)  # the first one goes on with it
    second = resume_job(stored_job(stale, desk), stale, desk, quiet)
    assert provider.resumed == []
    assert second.error is not None
    assert _record(job, desk).status is JobStatus.RUNNING
    assert desk.ledger.entry(held.ledger_id).state is EntryState.UNKNOWN
    provider.finish.set()
    running = _record(job, desk)
    first = resume_job(stored_job(running, desk), running, desk, quiet)
    assert first.status is JobStatus.SUCCEEDED
    assert desk.ledger.entry(held.ledger_id).actual_micros == 31_000


def test_a_refusal_whose_release_could_not_be_written_is_released_at_the_next_start(
    desk: Desk,
) -> None:
    job, held = _sent(desk)
    number = desk.history.attempt_started(job.id, held.ledger_id)
    desk.history.attempt_ended(job.id, number, AttemptOutcome.REFUSED, "", 400)
    desk.history.finish(job.id, JobStatus.FAILED)
    later = _later(desk)
    recover_jobs(later)
    assert later.ledger.entry(held.ledger_id).state is EntryState.RELEASED


def test_a_success_whose_end_cannot_be_written_was_charged_all_the_same(
    desk: Desk, provider: RemoteProvider
) -> None:
    provider.finish.set()
    desk.ledger._database.timeout = 0.05
    path = desk.home / "aipaint.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:

        def lock(message: str) -> None:
            if message == "Putting it into the picture":
                database.execute("BEGIN EXCLUSIVE")

        job = Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
        enter_job(job, desk)
        outcome = run_job(job, desk, lambda _fraction, message: lock(message))
        database.execute("ROLLBACK")
    assert isinstance(outcome.error, ProviderError)
    assert outcome.error.charged is Charged.YES
    assert outcome.actual_micros == 31_000
    later = _later(desk)
    (record,) = recover_jobs(later).resumable
    assert resume_job(stored_job(record, later), record, later, quiet).status is (
        JobStatus.SUCCEEDED
    )
    assert [item.job_id for item in inbox_items(later)] == [job.id]
    assert provider.purchases == 1
