"""A process that dies just while another one looks after what it left behind."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.stored_job import store_job
from aipaint.history.records import JobStatus, JobStep
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.pixels.rect import Rect
from tests.generation.workshop import QUIET, edit, open_desk, photograph, picture_of
from tests.ledger.rig import ask


@pytest.fixture
def dying(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", None, QUIET)


def watched_by(dying: Desk, last_act: Callable[[], None]) -> Desk:
    """Another process that asks whether that one lives right after it acted a last time."""
    other = open_desk(dying.home, None, QUIET)
    is_dead: list[str] = []

    def is_alive(owner: str) -> bool:
        assert owner == dying.session_id
        if not is_dead:
            is_dead.append(owner)
            last_act()
        return False

    return replace(other, is_alive=is_alive)


def test_what_was_sent_a_moment_before_the_death_is_not_given_back(dying: Desk) -> None:
    held = dying.ledger.reserve(ask(40_000))

    def last_act() -> None:
        dying.ledger.mark_sent(held)

    other = watched_by(dying, last_act)
    recover_jobs(other)
    assert other.ledger.entry(held.ledger_id).state is EntryState.UNKNOWN


def test_what_was_settled_a_moment_before_the_death_stays_settled(dying: Desk) -> None:
    held = dying.ledger.reserve(ask(40_000))
    dying.ledger.mark_sent(held)
    other = watched_by(dying, lambda: dying.ledger.settle(held, 38_000, CostSource.USAGE))
    recover_jobs(other)
    assert other.ledger.entry(held.ledger_id).actual_micros == 38_000


def test_a_job_whose_request_left_meanwhile_is_uncertain(dying: Desk) -> None:
    """Its row is read while nothing is sent yet; the answer to "does it live" comes after."""
    job = _job()
    enter_job(job, dying)
    store_job(job, dying)
    dying.history.start(job.id)
    held = dying.ledger.reserve(ask(40_000, job.id))
    dying.history.step(job.id, JobStep.RESERVED)

    def last_act() -> None:
        dying.history.step(job.id, JobStep.SENT)
        dying.ledger.mark_sent(held)

    other = watched_by(dying, last_act)
    recovered = recover_jobs(other)
    assert [one.id for one in recovered.uncertain] == [job.id]
    assert recovered.uncertain_micros == 40_000
    assert other.ledger.entry(held.ledger_id).state is EntryState.UNKNOWN


def test_a_job_that_ended_meanwhile_is_left_as_it_is(dying: Desk) -> None:
    job = _job()
    enter_job(job, dying)
    other = watched_by(dying, lambda: dying.history.finish(job.id, JobStatus.CANCELLED))
    recovered = recover_jobs(other)
    assert (recovered.paused, recovered.over) == ((), ())
    record = other.history.job(job.id)
    assert record is not None
    assert record.status is JobStatus.CANCELLED


def _job() -> Job:
    return Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
