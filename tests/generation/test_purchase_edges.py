"""Edges of a purchase that mutants of it slipped through (tests.soak.mutants)."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.errors import UnreadableFileError
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.purchase import unusable
from aipaint.generation.run_job import run_job
from aipaint.generation.second_place import SecondPlace
from aipaint.generation.unknown_outcomes import look_up_unknown
from aipaint.history.records import JobStatus, JobStep
from aipaint.ledger.entry import EntryState
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction
from aipaint.providers.request import Operation, PredictionRequest
from aipaint.providers.watch import Watch
from tests.generation.painting_provider import PaintingProvider, with_painter
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import do, edit, photograph, picture_of, quiet


@pytest.fixture
def provider() -> RemoteProvider:
    made = RemoteProvider()
    made.finish.set()
    return made


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    return remote_desk(tmp_path / "home", provider)


def job_of(options: GenerateOptions | None = None) -> Job:
    picture = picture_of(photograph(96, 80), Rect(30, 20, 24, 20))
    return Job(options or edit(), picture, waits_for_turn=True)


@pytest.mark.parametrize(("is_paid", "charged"), [(True, Charged.YES), (False, Charged.NO)])
def test_an_answer_that_cannot_be_used(is_paid: bool, charged: Charged) -> None:
    error = unusable(UnreadableFileError("It is no picture."), is_paid=is_paid)
    assert (error.kind, error.charged) == ("bad_answer", charged)
    assert "cannot be used: It is no picture." in error.message


def test_each_step_is_told_once_it_is_on_the_disk(desk: Desk) -> None:
    reached: list[str] = []
    watched = replace(desk, reached=reached.append)
    assert do(job_of(), watched).status is JobStatus.SUCCEEDED
    assert reached == [
        "entered", "prepared", "reserved", "sent", "accepted", "arrived", "fetched", "settled",
        "ended",
    ]  # fmt: skip


@pytest.mark.parametrize("step", JobStep)
def test_a_step_is_in_the_row_when_it_is_told(desk: Desk, step: JobStep) -> None:
    found: list[JobStep] = []
    job = job_of()

    def reached(name: str) -> None:
        record = desk.history.job(job.id)
        if name == step.value and record is not None:
            found.append(record.step)

    do(job, replace(desk, reached=reached))
    assert found == [step]
    planned = job_of()
    enter_job(planned, desk, {"operation": "edit"})
    record = desk.history.job(planned.id)
    assert record is not None
    assert record.step is JobStep.PREPARED


def test_what_arrived_before_a_failure_waits_for_room_as_well(desk: Desk) -> None:
    class Cut(RemoteProvider):
        def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
            super().predict(request, watch)
            raise ProviderError("Cut off.", kind="network", charged=Charged.UNKNOWN)

    cut = Cut()
    cut.finish.set()
    desk = replace(
        desk,
        providers={**desk.providers, "openai": cut},
        second_place=SecondPlace((), desk.home),
        room_pause_seconds=0.02,
    )
    blocker = desk.home / "images"
    job = job_of()
    enter_job(job, desk)

    def reached(step: str) -> None:
        if step == "sent":
            if blocker.is_dir():
                blocker.rename(desk.home / "aside")
            blocker.write_bytes(b"")

    def report(fraction: float | None, message: str) -> None:
        if "waits in memory" in message and blocker.is_file():
            blocker.unlink()

    outcome = run_job(job, replace(desk, reached=reached), report)
    assert outcome.status is JobStatus.FAILED
    assert outcome.error is not None
    assert [entry.state for entry in desk.ledger.entries(9)] == [EntryState.SETTLED]
    (image,) = desk.history.images(job.id, "raw")
    assert desk.history.absolute(image).is_file()


def test_a_late_answer_that_cost_nothing_is_only_cancelled(desk: Desk) -> None:
    job = job_of(GenerateOptions(Operation.EDIT, "painting", prompt="a barn"))

    def paint(picture: object, mask: object) -> object:
        job.cancelled.set()
        return picture

    painter = PaintingProvider(paint)  # type: ignore[arg-type]
    outcome = do(job, with_painter(desk, painter))
    assert outcome.status is JobStatus.CANCELLED
    assert isinstance(outcome.error, ProviderError)
    assert (outcome.error.charged, outcome.error.message) == (Charged.NO, "Cancelled.")


def test_one_of_two_answers_that_cannot_be_read_is_a_warning(desk: Desk) -> None:
    class Half(PaintingProvider):
        def predict(self, request: PredictionRequest, watch: Watch) -> Prediction:
            (png,) = super().predict(request, watch).images
            return Prediction((png, b"no picture"), labels=("the first", "the second"))

    half = Half(lambda picture, mask: picture)
    job = job_of(GenerateOptions(Operation.EDIT, "painting", prompt="a barn"))
    outcome = do(job, with_painter(desk, half))
    assert outcome.status is JobStatus.SUCCEEDED
    assert len(outcome.candidates) == len(outcome.images) == 1
    assert [warning for warning in outcome.warnings if "Picture 2" in warning]
    (candidate,) = outcome.candidates
    assert candidate.recipe is not None
    assert candidate.recipe.job_id == job.id
    assert candidate.recipe.candidate_ids == (candidate.id,)
    assert candidate.recipe.cost_micros == 0


def test_a_job_says_what_it_does(desk: Desk) -> None:
    said: list[str] = []
    job = job_of()
    enter_job(job, desk)
    run_job(job, desk, lambda fraction, message: said.append(message))
    assert (said[0], said[-1]) == ("Preparing", "Putting it into the picture")


def test_a_question_about_resumed_work_that_fails_says_nothing_of_it(
    desk: Desk, provider: RemoteProvider
) -> None:
    job = job_of()
    provider.error = ProviderError("No answer.", kind="network", charged=Charged.NO)
    assert do(job, desk).status is JobStatus.UNKNOWN
    assert [one.status for one in look_up_unknown(desk, threading.Event(), quiet)] == [
        JobStatus.UNKNOWN
    ]
    (entry,) = desk.ledger.entries(5)
    assert entry.state is EntryState.UNKNOWN
    assert provider.resumed == ["remote-1"]


@pytest.mark.parametrize(("charged", "paid"), [(Charged.YES, True), (Charged.NO, False)])
def test_only_what_was_charged_has_a_price(
    desk: Desk, provider: RemoteProvider, charged: Charged, paid: bool
) -> None:
    provider.error = ProviderError("It failed.", kind="failed", charged=charged)
    outcome = do(job_of(), desk)
    assert isinstance(outcome.error, ProviderError)
    assert (outcome.error.paid_micros is not None) == paid
    assert (outcome.actual_micros is not None) == paid


def test_what_a_job_cost_is_known_to_the_next_price_without_the_disk(desk: Desk) -> None:
    job = job_of()
    assert desk.known_estimate(job.picture, job.options).seen is None
    outcome = do(job, desk)
    assert [candidate.cost_micros for candidate in outcome.candidates] == [31_000]
    known = desk.known_estimate(job.picture, job.options).seen
    assert known is not None
    assert known.highest_micros == 31_000
