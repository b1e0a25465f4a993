"""The tray of calls whose outcome nobody knows: what it shows, and what a person may decide."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.errors import UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.generation.unknown_outcomes import (
    look_up_unknown,
    resolve_unknown,
    unknown_outcomes,
)
from aipaint.history.records import JobRecord, JobStatus, JobStep
from aipaint.ledger.entry import EntryState, Reservation
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import do, edit, photograph, picture_of, quiet
from tests.ledger.rig import ask

ONE = "1" * 32


@pytest.fixture
def provider() -> RemoteProvider:
    return RemoteProvider()


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    return remote_desk(tmp_path / "home", provider)


def lost(desk: Desk, *, has_row: bool = True, **changes: object) -> Reservation:
    """A call whose answer did not come."""
    values: dict[str, object] = {
        "id": ONE, "operation": "edit", "provider": "openai", "model": "m",
        "status": JobStatus.UNKNOWN, "step": JobStep.SENT, "prompt": "a red barn",
        "owner": desk.session_id,
    }  # fmt: skip
    if has_row:
        desk.history.add_job(JobRecord(**(values | changes)))  # type: ignore[arg-type]
    held = desk.ledger.reserve(ask(40_000, ONE))
    desk.ledger.mark_sent(held)
    desk.ledger.mark_unknown(held)
    return held


def row(desk: Desk) -> JobRecord:
    found = desk.history.job(ONE)
    assert found is not None
    return found


def test_a_row_of_the_tray_says_what_what_for_and_when(desk: Desk) -> None:
    held = lost(desk)
    desk.ledger.mark_sent(desk.ledger.reserve(ask(1, "still running")))
    (shown,) = unknown_outcomes(desk)
    entry = desk.ledger.entry(held.ledger_id)
    assert (shown.ledger_id, shown.job_id) == (held.ledger_id, ONE)
    assert shown.label == "Edit: a red barn"
    assert (shown.provider, shown.model, shown.micros) == ("openai", entry.model, 40_000)
    assert shown.sent_at_micros == entry.sent_at


def test_a_call_without_a_job_is_shown_too(desk: Desk) -> None:
    lost(desk, has_row=False)
    (shown,) = unknown_outcomes(desk)
    assert (shown.label, shown.can_check) == ("Edit", False)
    assert look_up_unknown(desk, threading.Event(), quiet) == ()
    resolve_unknown(desk, shown.ledger_id, charged=False)
    assert unknown_outcomes(desk) == ()


@pytest.mark.parametrize("remote_id", ["", "remote-1"])
@pytest.mark.parametrize("looks_back", [True, False])
@pytest.mark.parametrize("is_there", [True, False])
def test_what_a_provider_can_tell_may_be_asked(
    desk: Desk, remote_id: str, looks_back: bool, is_there: bool
) -> None:
    class Other(RemoteProvider):
        can_look_back = looks_back

    others = {**desk.providers, "openai": Other()}
    if not is_there:
        del others["openai"]
    lost(desk, remote_id=remote_id)
    (shown,) = unknown_outcomes(replace(desk, providers=others))
    assert shown.can_check is (is_there and bool(remote_id or looks_back))


@pytest.mark.parametrize(
    ("charged", "state", "actual", "kind"),
    [(True, EntryState.SETTLED, 40_000, "yes"), (False, EntryState.RELEASED, None, "no")],
)
def test_a_person_decides(
    desk: Desk, charged: bool, state: EntryState, actual: int | None, kind: str
) -> None:
    held = lost(desk)
    resolve_unknown(desk, held.ledger_id, charged=charged)
    found = row(desk)
    assert desk.ledger.entry(held.ledger_id).state is state
    assert (found.status, found.actual_micros) == (JobStatus.FAILED, actual)
    assert found.error is not None
    assert (found.error["charged"], found.error["kind"]) == (kind, "lost")


def test_a_job_that_has_ended_keeps_its_end(desk: Desk) -> None:
    held = lost(desk, status=JobStatus.CANCELLED, step=JobStep.ENDED)
    resolve_unknown(desk, held.ledger_id, charged=True)
    assert row(desk).status is JobStatus.CANCELLED
    assert desk.ledger.entry(held.ledger_id).state is EntryState.SETTLED


@pytest.mark.parametrize(("owner", "is_refused"), [("mine", True), ("alive", True), ("", False)])
def test_what_still_runs_is_not_decided(desk: Desk, owner: str, is_refused: bool) -> None:
    desk = replace(desk, is_alive=lambda one: one == "alive")
    name = desk.session_id if owner == "mine" else owner
    held = lost(desk, status=JobStatus.RUNNING, owner=name)
    if is_refused:
        with pytest.raises(UsageError, match="still running"):
            resolve_unknown(desk, held.ledger_id, charged=True)
        assert desk.ledger.entry(held.ledger_id).state is EntryState.UNKNOWN
        assert row(desk).status is JobStatus.RUNNING
    else:
        resolve_unknown(desk, held.ledger_id, charged=True)
        assert row(desk).status is JobStatus.FAILED


def cut_off(desk: Desk, provider: RemoteProvider) -> str:
    """A job that can be picked up again; its id."""
    provider.error = ProviderError("Cut off.", kind="network", charged=Charged.UNKNOWN)
    provider.finish.set()
    outcome = do(Job(edit(), picture_of(photograph(96, 80), Rect(30, 20, 24, 20))), desk)
    provider.error = None
    assert outcome.status is JobStatus.UNKNOWN
    return outcome.job_id


@pytest.mark.parametrize("owner", ["mine", "gone", "alive"])
def test_what_nobody_else_works_on_is_asked_for(
    desk: Desk, provider: RemoteProvider, owner: str
) -> None:
    job_id = cut_off(desk, provider)
    if owner != "mine":
        assert desk.history.claim(job_id, desk.session_id, owner)
    desk = replace(desk, is_alive=lambda one: one == "alive")
    found = look_up_unknown(desk, threading.Event(), quiet)
    record = desk.history.job(job_id)
    assert record is not None
    if owner == "alive":
        assert (found, provider.resumed, record.owner) == ((), [], "alive")
        assert record.status is JobStatus.UNKNOWN
    else:
        assert [one.status for one in found] == [JobStatus.SUCCEEDED]
        assert (provider.resumed, record.owner) == (["remote-1"], desk.session_id)
        assert unknown_outcomes(desk) == ()


@pytest.mark.parametrize("why", ["cancelled", "running", "no provider"])
def test_what_cannot_be_asked_now_stays_in_the_tray(
    desk: Desk, provider: RemoteProvider, why: str
) -> None:
    job_id = cut_off(desk, provider)
    cancelled = threading.Event()
    if why == "cancelled":
        cancelled.set()
    elif why == "running":
        desk.history.start(job_id)
    else:
        others = {name: one for name, one in desk.providers.items() if name != "openai"}
        desk = replace(desk, providers=others)
    assert look_up_unknown(desk, cancelled, quiet) == ()
    assert provider.resumed == []
    assert [shown.job_id for shown in unknown_outcomes(desk)] == [job_id]


def test_what_is_only_held_is_not_asked_for(desk: Desk, provider: RemoteProvider) -> None:
    lost(desk, remote_id="remote-1")
    desk.ledger.mark_sent(desk.ledger.reserve(ask(1, ONE)))
    resolve_unknown(desk, 1, charged=False)
    assert look_up_unknown(desk, threading.Event(), quiet) == ()
    assert provider.resumed == []
