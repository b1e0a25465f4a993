"""How a job's end is written down: each kind of failure, its money, a disk that refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.errors import AipaintError, CancelledError, StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import broken, charge_of, ended, error_record, failed
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome
from aipaint.history.records import JobRecord, JobStatus, JobStep, ResultUse
from aipaint.ledger.errors import RateLimited
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from tests.generation.workshop import QUIET, edit, open_desk, photograph, picture_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", None, QUIET)


@pytest.fixture
def job(desk: Desk) -> Job:
    """One that runs."""
    job = Job(edit(), picture_of(photograph(32, 24), Rect(4, 4, 8, 8)))
    enter_job(job, desk, {"operation": "edit"})
    desk.history.start(job.id)
    return job


def outcome_of(job: Job, status: JobStatus = JobStatus.FAILED, **more: object) -> JobOutcome:
    return replace(JobOutcome(job.id, status), **more)  # type: ignore[arg-type]


def row(desk: Desk, job: Job) -> JobRecord:
    found = desk.history.job(job.id)
    assert found is not None
    return found


def provider_error(kind: str, charged: Charged, paid: int | None = None) -> ProviderError:
    error = ProviderError("It failed.", kind=kind, charged=charged, hint="Look.")
    error.paid_micros = paid
    return error


class Blocked(AipaintError):
    kind = "budget"


@pytest.mark.parametrize(
    ("error", "status", "actual"),
    [
        (Blocked("Too dear."), JobStatus.BLOCKED_BUDGET, None),
        (RateLimited(3), JobStatus.FAILED, None),
        (CancelledError("Cancelled."), JobStatus.CANCELLED, None),
        (StorageError("Full."), JobStatus.FAILED, None),
        (provider_error("cancelled", Charged.UNKNOWN), JobStatus.CANCELLED, None),
        (provider_error("cancelled", Charged.YES, 7), JobStatus.CANCELLED, 7),
        (provider_error("network", Charged.UNKNOWN), JobStatus.UNKNOWN, None),
        (provider_error("server", Charged.NO), JobStatus.FAILED, None),
        (provider_error("bad_answer", Charged.YES), JobStatus.FAILED, 40_000),
        (provider_error("bad_answer", Charged.YES, 0), JobStatus.FAILED, 0),
        (provider_error("bad_answer", Charged.YES, 31_000), JobStatus.FAILED, 31_000),
    ],
)
def test_what_a_failure_makes_of_a_job(
    error: AipaintError, status: JobStatus, actual: int | None
) -> None:
    found = failed(JobOutcome("j", JobStatus.RUNNING, estimated_micros=40_000), error)
    assert (found.status, found.actual_micros, found.error) == (status, actual, error)
    known = JobOutcome("j", JobStatus.RUNNING, estimated_micros=40_000, actual_micros=5)
    assert failed(known, error).actual_micros == 5


def test_a_fault_of_ours_is_said_to_be_one() -> None:
    found = broken(JobOutcome("j", JobStatus.RUNNING))
    assert found.status is JobStatus.FAILED
    assert "fault in the program" in str(found.error)


def test_a_failure_as_scripts_see_it() -> None:
    assert error_record(provider_error("network", Charged.UNKNOWN)) == {
        "kind": "network", "message": "It failed.", "charged": "unknown", "hint": "Look.",
    }  # fmt: skip
    assert charge_of(StorageError("Full.")) is Charged.NO
    assert error_record(StorageError("Full."))["charged"] == "no"


@pytest.mark.parametrize("status", [JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.UNKNOWN])
def test_an_end_is_in_the_row_and_told(desk: Desk, job: Job, status: JobStatus) -> None:
    reached: list[str] = []
    error = None if status is JobStatus.SUCCEEDED else provider_error("x", Charged.NO)
    outcome = outcome_of(job, status, actual_micros=9, error=error)
    assert ended(outcome, job, replace(desk, reached=reached.append)) == outcome
    assert reached == [JobStep.ENDED.value]
    found = row(desk, job)
    assert (found.status, found.actual_micros) == (status, 9)
    assert found.error == (None if error is None else error_record(error))
    assert found.result_use is ResultUse.NONE


@pytest.mark.parametrize(
    ("provider", "duplicate_of", "use"),
    [
        ("openai", None, ResultUse.WAITING),
        ("openai", "another", ResultUse.NONE),
        ("offline", None, ResultUse.NONE),
    ],
)
def test_what_was_bought_waits_in_the_inbox(
    desk: Desk, job: Job, provider: str, duplicate_of: str | None, use: ResultUse
) -> None:
    job.options = replace(job.options, provider=provider)
    desk.history.store_raw(job.id, b"a picture", "png")
    ended(outcome_of(job, JobStatus.SUCCEEDED, duplicate_of=duplicate_of), job, desk)
    assert row(desk, job).result_use is use


@pytest.mark.parametrize("cost", [None, 0, 9])
def test_a_row_that_cannot_be_written_hides_nothing(
    desk: Desk, job: Job, monkeypatch: pytest.MonkeyPatch, cost: int | None
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.", "Free some space.")

    reached: list[str] = []
    desk.history.store_raw(job.id, b"a picture", "png")
    monkeypatch.setattr(desk.history, "finish", full)
    watched = replace(desk, reached=reached.append)
    found = ended(outcome_of(job, JobStatus.SUCCEEDED, actual_micros=cost), job, watched)
    assert isinstance(found.error, ProviderError) is bool(cost)
    assert found.error is not None
    assert (found.error.message, found.error.kind) == ("The disk is full.", "storage")
    assert charge_of(found.error) is (Charged.YES if cost else Charged.NO)
    assert found.warnings == ("The disk is full. Free some space.",)
    assert reached == []
    assert row(desk, job).result_use is ResultUse.WAITING
    before = provider_error("network", Charged.UNKNOWN)
    assert ended(outcome_of(job, error=before), job, desk).error is before


def test_an_inbox_that_cannot_be_written_is_no_other_end(
    desk: Desk, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full.")

    desk.history.store_raw(job.id, b"a picture", "png")
    monkeypatch.setattr(desk.history, "set_result_use", full)
    outcome = outcome_of(job, JobStatus.SUCCEEDED)
    assert ended(outcome, job, desk) == outcome


@pytest.mark.parametrize(
    ("charged", "remote_id", "status", "stored"),
    [
        (Charged.UNKNOWN, "remote-1", JobStatus.RUNNING, JobStatus.RUNNING),
        (Charged.UNKNOWN, "", JobStatus.UNKNOWN, JobStatus.UNKNOWN),
        (Charged.NO, "", JobStatus.QUEUED, JobStatus.QUEUED),
        (Charged.YES, "", JobStatus.FAILED, JobStatus.FAILED),
    ],
)
def test_the_end_of_the_program_gives_no_job_up(
    desk: Desk, job: Job, charged: Charged, remote_id: str, status: JobStatus, stored: JobStatus
) -> None:
    if remote_id:
        desk.history.set_remote_id(job.id, remote_id)
    job.leaving.set()
    error = provider_error("cancelled", charged)
    found = ended(outcome_of(job, JobStatus.CANCELLED, error=error, actual_micros=4), job, desk)
    assert found.status is status
    after = row(desk, job)
    assert after.status is stored
    if stored in (JobStatus.UNKNOWN, JobStatus.FAILED):
        assert after.error == error_record(error)
    if stored is JobStatus.FAILED:
        assert after.actual_micros == 4
    assert after.is_paused is (stored is JobStatus.QUEUED)


def test_what_ended_by_itself_while_the_program_leaves_has_ended(desk: Desk, job: Job) -> None:
    job.leaving.set()
    assert ended(outcome_of(job, JobStatus.SUCCEEDED), job, desk).status is JobStatus.SUCCEEDED
    assert row(desk, job).status is JobStatus.SUCCEEDED


def test_what_cannot_be_put_back_is_cancelled(desk: Desk, job: Job) -> None:
    desk.history.step(job.id, JobStep.SENT)
    job.leaving.set()
    error = provider_error("cancelled", Charged.NO)
    found = ended(outcome_of(job, JobStatus.CANCELLED, error=error), job, desk)
    assert found.status is JobStatus.CANCELLED
    assert row(desk, job).status is JobStatus.CANCELLED


def test_a_cancel_by_the_user_is_one(desk: Desk, job: Job) -> None:
    error = provider_error("cancelled", Charged.NO)
    ended(outcome_of(job, JobStatus.CANCELLED, error=error), job, desk)
    assert row(desk, job).status is JobStatus.CANCELLED
