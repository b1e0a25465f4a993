"""The queue with its threads: several at once, order, pauses, changes, the end, the next start."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.errors import StorageError
from aipaint.generation.cancel_requests import CancelRequests
from aipaint.generation.desk import Desk
from aipaint.generation.generator import Generator
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.job_queue import JobQueue
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.history.records import JobStatus, ResultUse
from aipaint.ledger.entry import EntryState
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.request import Operation
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import do, edit, photograph, picture_of

_PATIENCE_MILLISECONDS = 20_000
_REMOVE = GenerateOptions(Operation.REMOVE, "offline")
_PICTURE = picture_of(photograph(96, 80) // 255 * 255, Rect(30, 20, 24, 20))  # packs well


@pytest.fixture
def provider() -> Iterator[RemoteProvider]:
    made = RemoteProvider()
    yield made
    made.finish.set()


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    return remote_desk(tmp_path / "home", provider)


@pytest.fixture
def queue(desk: Desk, qtbot: QtBot) -> Iterator[JobQueue]:
    made = JobQueue(desk)
    yield made
    assert made.shut_down(20_000)


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(_PICTURE.snapshot())


@pytest.fixture
def generator(document: Document, desk: Desk) -> Iterator[Generator]:
    made = Generator(document, desk)
    yield made
    assert made.shut_down()


Submit = Callable[[str], str]


@pytest.fixture
def submit(queue: JobQueue) -> Submit:
    def submitted(prompt: str) -> str:
        options = edit(prompt) if prompt else _REMOVE
        job = Job(options, _PICTURE.snapshot(), waits_for_turn=True)
        queue.submit(job)
        return job.id

    return submitted


def _ids(queue: JobQueue) -> tuple[list[str], list[str]]:
    view = queue.view()
    return [job.id for job in view.running], [job.id for job in view.waiting]


def test_two_paid_jobs_run_and_offline_ones_do_not_wait_behind_them(
    queue: JobQueue, submit: Submit, provider: RemoteProvider, qtbot: QtBot
) -> None:
    ended: list[JobOutcome] = []
    queue.job_done.connect(ended.append)
    paid = [submit(word) for word in ("one", "two", "three")]
    free = submit("")
    qtbot.waitUntil(lambda: bool(ended), timeout=_PATIENCE_MILLISECONDS)
    assert [(one.job_id, one.status) for one in ended] == [(free, JobStatus.SUCCEEDED)]
    assert _ids(queue) == (paid[:2], paid[2:])
    queue.set_most_at_once(3)
    qtbot.waitUntil(lambda: _ids(queue) == (paid, []), timeout=_PATIENCE_MILLISECONDS)
    qtbot.waitUntil(lambda: provider.purchases == 3, timeout=_PATIENCE_MILLISECONDS)
    provider.finish.set()
    qtbot.waitUntil(lambda: len(ended) == 4, timeout=_PATIENCE_MILLISECONDS)
    assert {one.status for one in ended} == {JobStatus.SUCCEEDED}


def test_waiting_jobs_are_moved_held_back_and_taken_out_on_disk_too(
    queue: JobQueue, submit: Submit, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    running = [submit(word) for word in ("one", "two")]
    waiting = [submit(word) for word in ("three", "four", "five")]
    queue.move_by(waiting[2], -1)
    queue.move(waiting[0], 9)
    order = [waiting[2], waiting[1], waiting[0]]
    assert _ids(queue) == (running, order)
    queue.pause_job(order[0])
    options = queue.take_out(order[1])
    assert options is not None
    assert options.prompt == "four"
    assert queue.edit(order[2], edit("six", count=2))
    assert queue.take_out(running[0]) is None
    assert not queue.edit(running[0], edit("seven"))
    provider.finish.set()
    qtbot.waitUntil(lambda: _ids(queue) == ([], [order[0]]), timeout=_PATIENCE_MILLISECONDS)
    rows = {job.id: job for job in desk.history.jobs()}
    assert rows[order[0]].is_paused
    assert rows[order[0]].position < rows[order[2]].position
    assert rows[order[1]].status is JobStatus.CANCELLED
    assert rows[order[2]].status is JobStatus.SUCCEEDED
    assert (rows[order[2]].prompt, rows[order[2]].params["count"]) == ("six", 2)
    queue.pause_job(order[0], False)
    qtbot.waitUntil(lambda: not queue.is_busy, timeout=_PATIENCE_MILLISECONDS)
    assert desk.history.jobs(status=JobStatus.QUEUED) == []
    assert provider.purchases == 4


def test_nothing_starts_in_a_paused_queue(
    queue: JobQueue, submit: Submit, provider: RemoteProvider, qtbot: QtBot
) -> None:
    queue.pause()
    job_id = submit("one")
    free = submit("")
    qtbot.waitUntil(lambda: queue.view().cost_micros > 0, timeout=_PATIENCE_MILLISECONDS)
    assert _ids(queue) == ([], [job_id, free])
    assert queue.view().is_paused
    provider.finish.set()
    queue.pause(False)
    qtbot.waitUntil(lambda: not queue.is_busy, timeout=_PATIENCE_MILLISECONDS)
    assert provider.purchases == 1


def test_a_waiting_job_is_cancelled_without_having_run(
    queue: JobQueue, submit: Submit, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    running = [submit(word) for word in ("one", "two")]
    waiting = submit("three")
    with qtbot.waitSignal(queue.job_done, timeout=_PATIENCE_MILLISECONDS) as done:
        queue.cancel(waiting)
    assert done.args is not None
    assert (done.args[0].job_id, done.args[0].status) == (waiting, JobStatus.CANCELLED)
    record = desk.history.job(waiting)
    assert record is not None
    assert record.status is JobStatus.CANCELLED
    assert _ids(queue) == (running, [])
    assert provider.purchases <= 2


def test_another_process_can_ask_for_the_end_of_a_job(
    queue: JobQueue, submit: Submit, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    job_id = submit("one")
    qtbot.waitUntil(lambda: provider.purchases == 1, timeout=_PATIENCE_MILLISECONDS)
    with qtbot.waitSignal(queue.job_done, timeout=_PATIENCE_MILLISECONDS):
        CancelRequests(desk.home).ask(job_id)
    record = desk.history.job(job_id)
    assert record is not None
    assert record.status is JobStatus.CANCELLED


def test_an_account_without_money_holds_back_what_waits_for_it(
    queue: JobQueue, submit: Submit, provider: RemoteProvider, qtbot: QtBot
) -> None:
    for word in ("one", "two", "three", "four"):
        submit(word)
    free = submit("")
    provider.error = ProviderError("No credit.", kind="quota", charged=Charged.NO)
    qtbot.waitUntil(lambda: provider.purchases == 2, timeout=_PATIENCE_MILLISECONDS)
    provider.finish.set()
    qtbot.waitUntil(lambda: not queue.is_busy, timeout=_PATIENCE_MILLISECONDS)
    waiting = queue.view().waiting
    assert [job.message for job in waiting if job.is_paused] == ["Paused: No credit."] * 2
    assert free not in [job.id for job in waiting]
    assert provider.purchases == 2


def test_a_disk_that_refuses_ends_the_job_with_the_reason(
    queue: JobQueue,
    submit: Submit,
    desk: Desk,
    provider: RemoteProvider,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(*_: object) -> None:
        raise StorageError("The database is locked by another program.")

    monkeypatch.setattr(desk.history, "add_job", locked)
    with qtbot.waitSignal(queue.job_done, timeout=_PATIENCE_MILLISECONDS) as done:
        job_id = submit("one")
    assert done.args is not None
    (outcome,) = done.args
    assert (outcome.job_id, outcome.status) == (job_id, JobStatus.FAILED)
    assert "locked" in str(outcome.error)
    assert provider.purchases == 0
    assert not queue.is_busy


def test_quitting_with_six_running_and_twenty_waiting_sends_nothing_more(
    desk: Desk, provider: RemoteProvider, qtbot: QtBot, tmp_path: Path
) -> None:
    queue = JobQueue(desk, most_at_once=6)
    jobs = [Job(edit(f"number {n}"), _PICTURE.snapshot(), waits_for_turn=True) for n in range(26)]
    for job in jobs:
        queue.submit(job)
    qtbot.waitUntil(lambda: provider.purchases == 6, timeout=_PATIENCE_MILLISECONDS)
    assert queue.shut_down()
    provider.finish.set()
    qtbot.wait(50)
    assert provider.purchases == 6
    queue.submit(Job(edit("late"), _PICTURE.snapshot()))
    assert len(desk.history.jobs(100)) == 26
    desk.close()
    after = remote_desk(tmp_path / "home", provider)
    found = recover_jobs(after)
    assert len(found.resumable) == 6
    assert [record.id for record in found.paused] == [job.id for job in jobs[6:]]
    assert found.sentence == (
        "6 jobs were in flight: 6 picked up again (no new charge)."
        " 20 waiting jobs are paused until you start them."
    )


def test_the_next_start_fetches_what_was_bought_and_waits_with_the_rest(
    document: Document, desk: Desk, provider: RemoteProvider, qtbot: QtBot, tmp_path: Path
) -> None:
    before = Generator(document, desk)
    bought, other, waiting = (before.enqueue(edit(word)) for word in ("one", "two", "three"))
    qtbot.waitUntil(lambda: provider.purchases == 2, timeout=_PATIENCE_MILLISECONDS)
    assert before.shut_down()
    desk.close()
    provider.finish.set()
    after = Generator(document, remote_desk(tmp_path / "home", provider))
    told: set[str] = set()
    after.job_changed.connect(lambda view: told.add(view.id))
    with qtbot.waitSignal(after.recovered, timeout=_PATIENCE_MILLISECONDS) as said:
        after.recover()
    assert said.args is not None
    assert "2 picked up again (no new charge)" in said.args[0]
    qtbot.waitUntil(lambda: len(after.inbox()) == 2, timeout=_PATIENCE_MILLISECONDS)
    assert {item.job_id for item in after.inbox()} == {bought, other}
    (held,) = after.queue().waiting
    assert (held.id, held.is_paused, held.is_recovered) == (waiting, True, True)
    assert provider.purchases == 2
    assert after.candidates() == ()
    assert not after.is_generating
    assert waiting not in told, "what is held back is no job on its way"
    after.unpause_job(waiting)
    qtbot.waitUntil(lambda: len(after.inbox()) == 3, timeout=_PATIENCE_MILLISECONDS)
    qtbot.waitUntil(lambda: not after.is_busy, timeout=_PATIENCE_MILLISECONDS)
    assert provider.purchases == 3
    assert after.shut_down()


def test_the_inbox_is_opened_applied_and_discarded(
    generator: Generator, document: Document, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    provider.finish.set()
    used, unwanted = (
        do(Job(edit(word), _PICTURE.snapshot()), desk).job_id for word in ("one", "two")
    )
    assert {item.job_id for item in generator.inbox()} == {used, unwanted}
    with qtbot.waitSignal(generator.candidates_changed, timeout=_PATIENCE_MILLISECONDS):
        generator.open_inbox(used)
    assert {item.job_id for item in generator.inbox()} == {unwanted}
    (candidate,) = generator.candidates()
    layers = len(document.picture.layers)
    generator.apply(candidate.id)
    looks: list[bool] = []
    generator.tray_changed.connect(lambda: looks.append(bool(generator.inbox())))
    generator.discard_inbox(unwanted)
    assert len(document.picture.layers) == layers + 1
    qtbot.waitUntil(lambda: not desk.history.inbox(), timeout=_PATIENCE_MILLISECONDS)
    qtbot.waitUntil(lambda: bool(looks) and not looks[-1], timeout=_PATIENCE_MILLISECONDS)
    uses = {job.id: job.result_use for job in desk.history.jobs()}
    assert uses == {used: ResultUse.APPLIED, unwanted: ResultUse.DISCARDED}


def test_the_same_again_is_offered_with_its_age_and_its_price(
    generator: Generator, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    provider.finish.set()
    assert generator.duplicate_check(edit())() is None
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        first = generator.generate(edit())
    offer = generator.duplicate_check(edit())()
    assert offer is not None
    assert (offer.job_id, offer.cost_micros) == (first, 31_000)
    assert str(replace(offer, minutes=3)) == (
        "The same was bought 3 minutes ago for $0.031: use it, or buy a new variation."
    )
    assert generator.duplicate_check(edit(is_fresh=True))() is None
    assert generator.duplicate_check(edit("A red barn"))() is None
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        generator.generate(edit())
    assert provider.purchases == 1
    generator.apply(generator.candidates()[-1].id)
    qtbot.waitUntil(lambda: not desk.history.inbox(), timeout=_PATIENCE_MILLISECONDS)


def test_the_tray_is_checked_or_decided(
    generator: Generator, desk: Desk, provider: RemoteProvider, qtbot: QtBot
) -> None:
    running = generator.enqueue(edit())
    qtbot.waitUntil(lambda: provider.purchases == 1, timeout=_PATIENCE_MILLISECONDS)
    with qtbot.waitSignal(generator.job_done, timeout=_PATIENCE_MILLISECONDS):
        generator.cancel(running)
    (unknown,) = generator.unknown_outcomes()
    assert (unknown.job_id, unknown.can_check) == (running, True)
    provider.finish.set()
    with qtbot.waitSignal(generator.tray_changed, timeout=_PATIENCE_MILLISECONDS):
        generator.check_unknown()
    qtbot.waitUntil(lambda: not generator.unknown_outcomes(), timeout=_PATIENCE_MILLISECONDS)
    assert [item.job_id for item in generator.inbox()] == [running]
    (entry,) = desk.ledger.entries(5)
    assert entry.state is EntryState.SETTLED


def test_a_second_click_does_nothing_but_the_queue_takes_more(
    generator: Generator, provider: RemoteProvider, qtbot: QtBot
) -> None:
    rests: list[bool] = []
    generator.job_changed.connect(lambda _: rests.append(generator.is_generating))
    first = generator.generate(edit("one"))
    assert generator.generate(edit("two")) == ""
    assert generator.enqueue(edit("three"))
    assert generator.is_generating
    provider.finish.set()
    qtbot.waitUntil(lambda: not generator.is_busy, timeout=_PATIENCE_MILLISECONDS)
    assert first
    assert provider.purchases == 2
    assert not rests[-1], "the button works again with the last news of its job"
