"""What a process left in its rows, and the state that the next start puts it into: case by case."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.generation.desk import Desk
from aipaint.generation.recover_jobs import Recovered, recover_jobs
from aipaint.history.records import AttemptOutcome, JobRecord, JobStatus, JobStep
from aipaint.ledger.entry import CostSource, EntryState, Reservation
from tests.generation.workshop import QUIET, open_desk
from tests.ledger.rig import ask

ONE, TWO = "1" * 32, "2" * 32
PLAN = {"operation": "edit"}
GONE = "a session that was killed"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Of the next start: nobody else lives."""
    return replace(open_desk(tmp_path / "home", None, QUIET), is_alive=lambda owner: False)


def left(desk: Desk, job_id: str = ONE, **changes: object) -> None:
    values: dict[str, object] = {
        "id": job_id, "operation": "edit", "provider": "openai", "model": "m",
        "status": JobStatus.RUNNING, "plan": PLAN, "owner": GONE, "session_id": GONE,
    }  # fmt: skip
    desk.history.add_job(JobRecord(**(values | changes)))  # type: ignore[arg-type]


def held(desk: Desk, job_id: str = ONE, *, is_sent: bool = True) -> Reservation:
    reservation = desk.ledger.reserve(ask(40_000, job_id))
    if is_sent:
        desk.ledger.mark_sent(reservation)
    return reservation


def state(desk: Desk, reservation: Reservation) -> EntryState:
    return desk.ledger.entry(reservation.ledger_id).state


def record(desk: Desk, job_id: str = ONE) -> JobRecord:
    found = desk.history.job(job_id)
    assert found is not None
    return found


def counts(recovered: Recovered) -> tuple[int, int, int, int]:
    return tuple(  # type: ignore[return-value]
        len(part)
        for part in (recovered.paused, recovered.resumable, recovered.uncertain, recovered.over)
    )


def test_nothing_left_is_no_word(desk: Desk) -> None:
    recovered = recover_jobs(desk)
    assert counts(recovered) == (0, 0, 0, 0)
    assert recovered == Recovered()
    assert (Recovered().sentence, Recovered().uncertain_micros) == ("", 0)


def test_what_waited_waits_for_a_person_and_belongs_to_this_session(desk: Desk) -> None:
    left(desk, ONE, status=JobStatus.QUEUED)
    left(desk, TWO, status=JobStatus.QUEUED)
    recovered = recover_jobs(desk)
    assert counts(recovered) == (2, 0, 0, 0)
    assert recovered.sentence == "2 waiting jobs are paused until you start them."
    for job in recovered.paused:
        assert (job.status, job.is_paused, job.owner) == (JobStatus.QUEUED, True, desk.session_id)


def test_one_that_waited_is_one(desk: Desk) -> None:
    left(desk, status=JobStatus.QUEUED)
    assert recover_jobs(desk).sentence == "1 waiting job is paused until you start them."


@pytest.mark.parametrize("status", [JobStatus.QUEUED, JobStatus.RUNNING])
def test_what_nobody_could_do_again_is_over(desk: Desk, status: JobStatus) -> None:
    left(desk, status=status, plan=None)
    recovered = recover_jobs(desk)
    assert counts(recovered) == (0, 0, 0, 1)
    assert recovered.sentence == "1 job was in flight: 1 ended without a charge."
    found = record(desk)
    assert found.status is JobStatus.FAILED
    assert found.error is not None
    assert (found.error["charged"], found.error["kind"]) == ("no", "error")


@pytest.mark.parametrize("step", [JobStep.ENTERED, JobStep.PREPARED, JobStep.RESERVED])
@pytest.mark.parametrize("is_held", [True, False])
def test_what_was_not_sent_is_given_back_and_waits(
    desk: Desk, step: JobStep, is_held: bool
) -> None:
    left(desk, step=step)
    reservation = held(desk, is_sent=False) if is_held else None
    assert counts(recover_jobs(desk)) == (1, 0, 0, 0)
    found = record(desk)
    assert (found.status, found.is_paused) == (JobStatus.QUEUED, True)
    assert reservation is None or state(desk, reservation) is EntryState.RELEASED


def test_what_was_sent_and_not_answered_is_uncertain_with_its_price(desk: Desk) -> None:
    for job_id in (ONE, TWO):
        left(desk, job_id, step=JobStep.SENT)
        held(desk, job_id)
    recovered = recover_jobs(desk)
    assert counts(recovered) == (0, 0, 2, 0)
    assert recovered.uncertain_micros == 80_000
    assert recovered.sentence == "2 jobs were in flight: 2 uncertain ($0.08)."
    found = record(desk)
    assert found.status is JobStatus.UNKNOWN
    assert found.error is not None
    assert (found.error["kind"], found.error["charged"]) == ("interrupted", "unknown")
    assert {entry.state for entry in desk.ledger.open_entries()} == {EntryState.UNKNOWN}
    assert counts(recover_jobs(desk)) == (0, 0, 0, 0)


def test_what_the_provider_has_under_an_id_is_picked_up_again(desk: Desk) -> None:
    left(desk, step=JobStep.SENT, remote_id="remote-1")
    reservation = held(desk)
    recovered = recover_jobs(desk)
    assert counts(recovered) == (0, 1, 0, 0)
    assert recovered.sentence == "1 job was in flight: 1 picked up again (no new charge)."
    assert state(desk, reservation) is EntryState.RESERVED
    assert record(desk).status is JobStatus.RUNNING


def test_an_answer_that_was_complete_is_picked_up_again(desk: Desk) -> None:
    left(desk, step=JobStep.FETCHED, plan={**PLAN, "answer": {}})
    held(desk)
    assert counts(recover_jobs(desk)) == (0, 1, 0, 0)


def test_a_picture_that_arrived_is_picked_up_again(desk: Desk) -> None:
    left(desk, ONE, step=JobStep.SENT)
    left(desk, TWO, step=JobStep.SETTLED)
    held(desk, ONE)
    for job_id in (ONE, TWO):
        desk.history.store_raw(job_id, b"a picture", "png")
    assert counts(recover_jobs(desk)) == (0, 2, 0, 0)


def test_money_put_down_without_a_picture_is_over(desk: Desk) -> None:
    left(desk, step=JobStep.SENT)
    desk.ledger.settle(held(desk), 39_000, CostSource.USAGE)
    assert counts(recover_jobs(desk)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("outcomes", "is_free"),
    [
        ((), False),
        ((AttemptOutcome.REFUSED,), True),
        ((AttemptOutcome.NOT_SENT, AttemptOutcome.CANCELLED, AttemptOutcome.REFUSED), True),
        ((AttemptOutcome.REFUSED, AttemptOutcome.UNKNOWN), False),
        ((AttemptOutcome.FAILED,), False),
    ],
)
def test_what_was_refused_at_every_try_cost_nothing(
    desk: Desk, outcomes: tuple[AttemptOutcome, ...], is_free: bool
) -> None:
    left(desk, step=JobStep.SENT)
    reservation = held(desk)
    for outcome in outcomes:
        number = desk.history.attempt_started(ONE, reservation.ledger_id)
        desk.history.attempt_ended(ONE, number, outcome)
    assert counts(recover_jobs(desk)) == ((0, 0, 0, 1) if is_free else (0, 0, 1, 0))
    expected = EntryState.RELEASED if is_free else EntryState.UNKNOWN
    assert state(desk, reservation) is expected


@pytest.mark.parametrize("who", ["mine", "alive"])
def test_what_somebody_works_on_is_left_alone(desk: Desk, who: str) -> None:
    owner = desk.session_id if who == "mine" else "another"
    left(desk, ONE, step=JobStep.SENT, owner=owner)
    left(desk, TWO, step=JobStep.ENDED, owner=owner, status=JobStatus.FAILED)
    reservations = [held(desk, ONE), held(desk, TWO)]
    assert counts(recover_jobs(replace(desk, is_alive=lambda one: one == "another"))) == (0,) * 4
    assert [state(desk, each) for each in reservations] == [EntryState.RESERVED] * 2
    assert record(desk).status is JobStatus.RUNNING


def _not_sent(desk: Desk) -> Reservation:
    return held(desk, is_sent=False)


def _with_picture(desk: Desk) -> Reservation:
    desk.history.store_raw(ONE, b"a picture", "png")
    return held(desk)


@pytest.mark.parametrize(
    ("left_so", "after", "resumable"),
    [
        (_not_sent, EntryState.RELEASED, 0),
        (held, EntryState.UNKNOWN, 0),
        (_with_picture, EntryState.RESERVED, 1),
    ],
)
def test_money_that_an_ended_job_still_holds_is_looked_after(
    desk: Desk, left_so: Callable[[Desk], Reservation], after: EntryState, resumable: int
) -> None:
    left(desk, step=JobStep.ENDED, status=JobStatus.FAILED)
    reservation = left_so(desk)
    assert len(recover_jobs(desk).resumable) == resumable
    assert state(desk, reservation) is after


@pytest.mark.parametrize("is_sent", [True, False])
def test_money_that_no_job_holds_is_looked_after_once_its_session_is_gone(
    desk: Desk, tmp_path: Path, is_sent: bool
) -> None:
    other = open_desk(tmp_path / "home", None, QUIET)
    reservation = held(other, is_sent=is_sent)
    recover_jobs(other)
    recover_jobs(replace(desk, is_alive=lambda owner: owner == other.session_id))
    assert state(desk, reservation) is EntryState.RESERVED
    recover_jobs(desk)
    assert state(desk, reservation) is (EntryState.UNKNOWN if is_sent else EntryState.RELEASED)


def test_what_is_uncertain_stays_so_until_a_person_decides(desk: Desk) -> None:
    left(desk, status=JobStatus.UNKNOWN, step=JobStep.SENT)
    reservation = held(desk)
    desk.ledger.mark_unknown(reservation)
    assert counts(recover_jobs(desk)) == (0, 0, 0, 0)
    assert record(desk).owner == GONE
    assert state(desk, reservation) is EntryState.UNKNOWN
