"""What the buttons talk to: jobs on a pool, candidates back on the main thread, apply, undo."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.render import render, render_straight
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.job import Job, JobOutcome, JobView
from aipaint.generation.job_queue import JobQueue
from aipaint.generation.options import GenerateOptions
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import EntryState
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Operation
from tests.conftest import ExpectedLogs
from tests.generation.workshop import do, edit, open_desk, opened, photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi

_FRAME = Rect(0, 0, 800, 600)
_MASK = Rect(300, 200, 120, 90)
_REMOVE = GenerateOptions(Operation.REMOVE, "offline")
_PATIENCE_MILLISECONDS = 20_000


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def desk(api: ImagesApi, tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "home", api)


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(picture_of(photograph(800, 600), _MASK))


@pytest.fixture
def generator(document: Document, desk: Desk) -> Iterator[Generator]:
    made = Generator(document, desk)
    yield made
    assert made.shut_down()


def _run(generator: Generator, options: GenerateOptions, qtbot: QtBot) -> JobOutcome:
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS) as waited:
        assert generator.generate(options)
    assert waited.args is not None
    (outcome,) = waited.args
    assert isinstance(outcome, JobOutcome)
    return outcome


def test_generate_apply_undo_redo(generator: Generator, document: Document, qtbot: QtBot) -> None:
    before = render(document.picture, _FRAME)
    outcome = _run(generator, edit(), qtbot)
    assert (render(document.picture, _FRAME) == before).all()
    (candidate,) = generator.candidates()
    generator.apply(candidate.id)
    after = render_straight(document.picture, _FRAME)
    assert tuple(after[245, 360][:3]) == images_api.PAINT
    assert generator.candidates() == ()
    assert len(document.picture.mask) == 0
    assert (after == opened(outcome.candidates[0].path)).all()
    document.undo()
    assert (render(document.picture, _FRAME) == before).all()
    assert document.picture.mask.bounds() == _MASK
    document.redo()
    assert (render_straight(document.picture, _FRAME) == after).all()


def test_an_applied_result_is_a_layer_with_the_feathered_mask(
    generator: Generator, document: Document, qtbot: QtBot
) -> None:
    before = render(document.picture, _FRAME)
    _run(generator, edit(), qtbot)
    (candidate,) = generator.candidates()
    assert candidate.mask is not None
    generator.apply(candidate.id)
    layer = document.picture.active_layer
    assert layer.mask is not None
    assert layer.mask.tiles.bounds() == _MASK
    assert document.picture.paint_target == layer.id
    hidden = layer.mask.tiles.read(_FRAME) == 0
    masked = render(document.picture, _FRAME)
    assert (masked[hidden] == before[hidden]).all()
    # The whole answer is there: what the mask hides of it can be painted back in.
    assert layer.tiles.bounds() == candidate.rect
    assert candidate.tiles.bounds() == candidate.mask.bounds()
    answer = layer.tiles.read(_FRAME)
    document.do(SetLayerMask("Delete mask", layer.id, None))
    assert (
        render(document.picture, _FRAME)[candidate.rect.slices(_FRAME)]
        == answer[candidate.rect.slices(_FRAME)]
    ).all()
    document.undo()
    assert (render(document.picture, _FRAME) == masked).all()


def test_window_and_command_line_make_the_same_bytes_and_cost(
    generator: Generator, desk: Desk, qtbot: QtBot
) -> None:

    in_window = _run(generator, edit(), qtbot)
    rgba = photograph(800, 600)
    typed = do(Job(edit(is_fresh=True), picture_of(rgba, _MASK), original=rgba), desk)
    files = [desk.history.absolute(outcome.images[0]) for outcome in (in_window, typed)]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert in_window.actual_micros == typed.actual_micros
    assert in_window.fingerprint == typed.fingerprint


def test_a_double_click_buys_once(generator: Generator, api: ImagesApi, qtbot: QtBot) -> None:
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        ids = [generator.generate(edit()) for _ in range(12)]
    assert [bool(job_id) for job_id in ids] == [True] + [False] * 11
    assert len(api.paid) == 1


def test_what_is_painted_after_the_click_does_not_change_the_job(
    generator: Generator, document: Document, api: ImagesApi, qtbot: QtBot
) -> None:
    before = render_straight(document.picture, _FRAME)
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        generator.generate(edit())
        tiles = document.picture.active_layer.tiles
        tiles.swap(tiles.with_pixels(_FRAME, np.zeros((600, 800, 4), np.uint8)))
    assert (opened(api.paid[0].part("image").data)[:600, :800] == before).all()


def test_progress_and_end_arrive_on_the_main_thread(generator: Generator, qtbot: QtBot) -> None:
    seen: list[tuple[JobStatus, bool]] = []

    def note(view: JobView) -> None:
        seen.append((view.status, threading.current_thread() is threading.main_thread()))

    generator.job_changed.connect(note)
    _run(generator, _REMOVE, qtbot)
    qtbot.waitUntil(lambda: seen[-1][0] is JobStatus.SUCCEEDED)
    assert seen[0][0] is JobStatus.QUEUED
    assert any(status is JobStatus.RUNNING for status, _ in seen)
    assert all(is_main for _, is_main in seen)


def test_cancel_ends_a_hanging_call_and_leaves_the_money_in_doubt(
    generator: Generator, desk: Desk, api: ImagesApi, qtbot: QtBot
) -> None:
    api.script(images_api.never_answers())
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS) as waited:
        job_id = generator.generate(edit())
        api.wait_for_request()
        generator.cancel(job_id)
    assert waited.args is not None
    (outcome,) = waited.args
    assert outcome.status is JobStatus.CANCELLED
    assert [entry.state for entry in desk.ledger.entries(5)] == [EntryState.UNKNOWN]
    assert not generator.is_busy


def test_nothing_paid_starts_after_shut_down(
    generator: Generator, api: ImagesApi, qtbot: QtBot
) -> None:
    assert generator.shut_down()
    generator.generate(edit())
    qtbot.wait(100)
    assert api.paid == []


def test_a_bug_in_a_worker_ends_the_job_and_is_logged(
    generator: Generator,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expected_logs: ExpectedLogs,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.providers["offline"], "predict", broken)
    expected_logs("fault in the program")
    outcome = _run(generator, _REMOVE, qtbot)
    assert outcome.status is JobStatus.FAILED
    assert not generator.is_busy


def test_a_quote_is_a_price_or_the_reason_why_not(generator: Generator, document: Document) -> None:
    paid, free = generator.quote(edit()), generator.quote(_REMOVE)
    assert paid.estimate is not None
    assert paid.estimate.micros > 0
    assert free.estimate is not None
    assert free.estimate.micros == 0
    document.picture.mask.swap(document.picture.mask.cleared())
    assert "Nothing is masked" in generator.quote(_REMOVE).problem
    assert generator.quote(edit(model="strange")).estimate is None


def test_three_hundred_results_all_arrive(qtbot: QtBot, tmp_path: Path) -> None:
    """The pattern that loses results loses about half of these."""

    desk = open_desk(tmp_path / "home", None)
    queue = JobQueue(desk)
    ended: list[str] = []
    queue.job_done.connect(lambda outcome: ended.append(outcome.job_id))
    picture = Document(picture_of(photograph(8, 8))).picture

    jobs = [Job(_REMOVE, picture) for _ in range(300)]
    for job in jobs:
        queue.submit(job)
    qtbot.waitUntil(lambda: len(ended) == len(jobs), timeout=60_000)
    assert sorted(ended) == sorted(job.id for job in jobs)
    assert queue.shut_down()
