"""What becomes of the money when something goes wrong on the way, at every place where it can."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.errors import StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.inbox import inbox_items, open_item
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.resume_job import resume_job
from aipaint.generation.run_job import run_job
from aipaint.generation.stored_job import stored_job
from aipaint.generation.unknown_outcomes import look_up_unknown, unknown_outcomes
from aipaint.history.records import JobStatus, JobStep, ResultUse
from aipaint.ledger.entry import EntryState
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from tests.conftest import ExpectedLogs
from tests.generation.remote_provider import (
    PATIENCE_SECONDS,
    RemoteProvider,
    remote_desk,
    unpaid_failure,
)
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of, quiet
from tests.servers import images_api
from tests.servers.images_api import ImagesApi


@pytest.fixture
def provider() -> RemoteProvider:
    return RemoteProvider()


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    return remote_desk(tmp_path / "home", provider)


def _job() -> Job:
    return Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))


def _state(desk: Desk) -> EntryState:
    (entry,) = desk.ledger.entries(5)
    return entry.state


def _status(desk: Desk, job: Job) -> JobStatus:
    record = desk.history.job(job.id)
    assert record is not None
    return record.status


def _while_it_runs(
    job: Job, desk: Desk, provider: RemoteProvider, act: Callable[[], None]
) -> JobOutcome:
    outcomes: list[JobOutcome] = []
    worker = threading.Thread(target=lambda: outcomes.append(do(job, desk)))
    worker.start()
    assert provider.accepted.acquire(timeout=PATIENCE_SECONDS)
    act()
    worker.join(PATIENCE_SECONDS)
    assert not worker.is_alive()
    return outcomes[0]


def test_a_listener_that_fails_does_not_cost_a_picture(
    desk: Desk, provider: RemoteProvider, expected_logs: ExpectedLogs
) -> None:
    expected_logs("Nobody listens to the progress")

    def broken(fraction: float | None, message: str) -> None:
        raise RuntimeError("Signal source has been deleted")

    provider.finish.set()
    job = _job()
    enter_job(job, desk)
    assert run_job(job, desk, broken).status is JobStatus.SUCCEEDED


def test_a_fault_after_the_answer_settles_and_ends_the_job(
    desk: Desk, provider: RemoteProvider
) -> None:
    provider.finish.set()
    job = _job()

    def fault(step: str) -> None:
        assert step != "fetched"

    broken = replace(desk, reached=fault)
    enter_job(job, broken)
    with pytest.raises(AssertionError):
        run_job(job, broken, quiet)
    assert _status(desk, job) is JobStatus.FAILED
    assert _state(desk) is EntryState.SETTLED
    assert [item.can_open for item in inbox_items(desk)] == [True]


def test_a_fault_in_the_provider_after_its_pictures_came_is_a_purchase(
    desk: Desk, provider: RemoteProvider
) -> None:
    class Broken(RemoteProvider):
        def predict(self, request, watch):  # type: ignore[no-untyped-def]
            super().predict(request, watch)
            raise KeyError("a fault of ours")

    broken = Broken()
    broken.finish.set()
    desk = replace(desk, providers={**desk.providers, "openai": broken})
    job = _job()
    enter_job(job, desk)
    with pytest.raises(KeyError):
        run_job(job, desk, quiet)
    assert (_status(desk, job), _state(desk)) == (JobStatus.FAILED, EntryState.SETTLED)


def test_an_answer_after_the_cancel_is_paid_for_kept_and_can_be_opened(
    desk: Desk, provider: RemoteProvider
) -> None:
    class Deaf(RemoteProvider):
        def _wait(self, request, watch):  # type: ignore[no-untyped-def]
            watch.cancelled.wait(PATIENCE_SECONDS)
            self.finish.set()
            watch.cancelled.clear()
            prediction = super()._wait(request, watch)
            watch.cancelled.set()
            return prediction

    deaf = Deaf()
    desk = replace(desk, providers={**desk.providers, "openai": deaf})
    job = _job()
    outcome = _while_it_runs(job, desk, deaf, job.cancelled.set)
    assert outcome.status is JobStatus.CANCELLED
    assert (_state(desk), outcome.actual_micros) == (EntryState.SETTLED, 31_000)
    (item,) = inbox_items(desk)
    assert (item.status, item.cost_micros) == (JobStatus.CANCELLED, 31_000)
    (candidate,) = open_item(item.job_id, desk)
    assert candidate.rect.width == 96
    assert len(open_item(item.job_id, desk)) == 1
    assert len(desk.history.images(job.id, "result")) == 1, "opened twice, composited once"


def test_a_cancel_after_the_provider_took_it_leaves_the_money_in_doubt_until_it_is_looked_up(
    desk: Desk, provider: RemoteProvider
) -> None:
    job = _job()
    outcome = _while_it_runs(job, desk, provider, job.cancelled.set)
    assert (outcome.status, _state(desk)) == (JobStatus.CANCELLED, EntryState.UNKNOWN)
    (unknown,) = unknown_outcomes(desk)
    assert unknown.can_check
    provider.finish.set()
    (found,) = look_up_unknown(desk, threading.Event(), quiet)
    assert provider.resumed == ["remote-1"]
    assert (found.status, _state(desk)) == (JobStatus.CANCELLED, EntryState.SETTLED)
    record = desk.history.job(job.id)
    assert record is not None
    assert (record.actual_micros, record.result_use) == (31_000, ResultUse.WAITING)
    assert provider.purchases == 1


def test_the_end_of_the_program_leaves_accepted_work_with_the_provider(
    desk: Desk, provider: RemoteProvider, tmp_path: Path
) -> None:
    job = _job()

    def leave() -> None:
        job.leaving.set()
        job.cancelled.set()

    outcome = _while_it_runs(job, desk, provider, leave)
    assert (outcome.status, _state(desk)) == (JobStatus.RUNNING, EntryState.RESERVED)
    assert recover_jobs(remote_desk(tmp_path / "home", provider)).resumable == ()
    desk.close()
    after = remote_desk(tmp_path / "home", provider)
    (record,) = recover_jobs(after).resumable
    provider.finish.set()
    done = resume_job(stored_job(record, after), record, after, quiet)
    assert (done.status, _state(after)) == (JobStatus.SUCCEEDED, EntryState.SETTLED)
    assert (provider.purchases, provider.resumed) == (1, ["remote-1"])
    assert [item.job_id for item in inbox_items(after)] == [job.id]


def test_the_end_of_the_program_puts_back_what_was_not_sent(desk: Desk) -> None:
    job = _job()
    job.leaving.set()
    job.cancelled.set()
    outcome = do(job, desk)
    record = desk.history.job(job.id)
    assert record is not None
    assert (outcome.status, record.is_paused) == (JobStatus.QUEUED, True)
    assert (record.step, _state(desk)) == (JobStep.PREPARED, EntryState.RELEASED)


def test_the_end_of_the_program_without_an_id_is_uncertain_and_found_again(
    desk: Desk, provider: RemoteProvider
) -> None:
    provider.gives_ids = False
    job = _job()

    def leave() -> None:
        job.leaving.set()
        job.cancelled.set()

    outcome = _while_it_runs(job, desk, provider, leave)
    assert (outcome.status, _state(desk)) == (JobStatus.UNKNOWN, EntryState.UNKNOWN)
    assert look_up_unknown(desk, threading.Event(), quiet) == ()
    provider.lost = "remote-9"
    provider.finish.set()
    (found,) = look_up_unknown(desk, threading.Event(), quiet)
    assert (found.status, provider.resumed) == (JobStatus.SUCCEEDED, ["remote-9"])
    assert _state(desk) is EntryState.SETTLED


def test_what_belongs_to_another_job_is_not_what_was_lost(
    desk: Desk, provider: RemoteProvider
) -> None:
    provider.finish.set()
    assert do(_job(), desk).status is JobStatus.SUCCEEDED
    provider.gives_ids = False
    provider.error = ProviderError("Cut off.", kind="network", charged=Charged.UNKNOWN)
    lost = Job(edit(is_fresh=True), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
    assert do(lost, desk).status is JobStatus.UNKNOWN
    provider.lost = "remote-1"
    assert look_up_unknown(desk, threading.Event(), quiet) == ()
    assert _status(desk, lost) is JobStatus.UNKNOWN


@pytest.mark.parametrize("kind", ["network", "timeout", "rate_limit", "auth", "overload"])
def test_a_question_that_fails_says_nothing_about_the_purchase(
    desk: Desk, provider: RemoteProvider, kind: str
) -> None:
    provider.error = ProviderError("No answer.", kind=kind, charged=Charged.NO)
    provider.finish.set()
    outcome = do(_job(), desk)
    assert (outcome.status, _state(desk)) == (JobStatus.UNKNOWN, EntryState.UNKNOWN)


def test_work_that_failed_for_nothing_is_released(desk: Desk, provider: RemoteProvider) -> None:
    provider.error = unpaid_failure()
    provider.finish.set()
    outcome = do(_job(), desk)
    assert (outcome.status, _state(desk)) == (JobStatus.FAILED, EntryState.RELEASED)


def test_an_account_without_money_is_asked_once_and_again_by_the_next_act(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        api.script(images_api.no_quota())
        outcome = do(_job(), desk)
        assert outcome.status is JobStatus.FAILED
        assert outcome.error is not None
        assert (outcome.error.kind, len(api.paid)) == ("quota", 1)
        assert desk.ledger.status().pauses == ()
        assert do(_job(), desk).status is JobStatus.SUCCEEDED


def test_the_bytes_of_a_useless_answer_wait_in_the_inbox(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        api.script(images_api.web_page())
        outcome = do(_job(), desk)
    assert outcome.status is JobStatus.FAILED
    (item,) = inbox_items(desk)
    assert (item.can_open, item.cost_micros) == (False, outcome.estimated_micros)
    assert b"Please log in" in item.pictures[0].read_bytes()


def test_every_try_is_a_row_of_its_own_and_the_hold_is_kept(tmp_path: Path) -> None:
    with ImagesApi() as api:
        desk = open_desk(tmp_path / "home", api)
        api.script(images_api.rate_limited("0.01"), images_api.overloaded())
        outcome = do(_job(), desk)
    tries = desk.history.attempts(outcome.job_id)
    assert [(one.number, one.outcome.value, one.http_status) for one in tries] == [
        (1, "refused", 429), (2, "refused", 503), (3, "answered", 200),
    ]  # fmt: skip
    (entry,) = desk.ledger.entries(5)
    assert {one.ledger_id for one in tries} == {entry.id}


def test_a_disk_that_refuses_the_settlement_keeps_the_hold_and_the_pictures(
    desk: Desk, provider: RemoteProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("There is no space left.")

    provider.finish.set()
    monkeypatch.setattr(desk.ledger, "settle", full)
    outcome = do(_job(), desk)
    assert outcome.status is JobStatus.FAILED
    assert _state(desk) is EntryState.RESERVED
    assert len(desk.history.images(outcome.job_id, "raw")) == 1
