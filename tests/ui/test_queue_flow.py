"""The queue in the window: add, order, hold, edit, cancel; what runs and what it may cost."""

import functools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from aipaint.generation.generator import Generator
from aipaint.history.records import JobStatus
from aipaint.money import format_usd
from aipaint.pixels.rect import Rect
from aipaint.ui.panels.queue_list import QueueList
from tests.generation.workshop import photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_WAITING = ("first", "second", "third")


@pytest.fixture
def queued(online: Rig, api: ImagesApi) -> Iterator[Rig]:
    """One job that never ends runs, three wait."""
    api.default = images_api.never_answers()
    answer(online, "costDialog", "costConfirmButton")
    online.show_picture(picture_of(photograph(320, 240), Rect(140, 100, 40, 30)))
    generator = online.generator
    assert generator is not None
    generator.set_most_at_once(1)
    _ask(online, "runs")
    online.trigger("generate.start")
    online.wait(lambda: bool(api.paid))
    for prompt in _WAITING:
        _ask(online, prompt)
        before = len(generator.queue().waiting)
        online.trigger("generate.enqueue")
        online.wait(functools.partial(_are_more_than, generator, before))
    yield online
    generator.cancel_waiting()
    for job in generator.queue().running:
        generator.cancel(job.id)
    online.wait(lambda: not generator.is_busy)


def _are_more_than(generator: Generator, count: int) -> bool:
    return len(generator.queue().waiting) > count


def _ask(rig: Rig, prompt: str) -> None:
    rig.inside.docks.prompt.prompt_edit.setPlainText(prompt)
    rig.inside.docks.prompt.refresh()


def _waiting(rig: Rig) -> list[str]:
    """The prompts of what waits, in order."""
    assert rig.generator is not None
    return [job.label.removeprefix("Edit: ") for job in rig.generator.queue().waiting]


def _stored(rig: Rig) -> list[str]:
    """The same as the disk has it, for the next start."""
    assert rig.desk is not None
    queued = [job for job in rig.desk.history.open_jobs() if job.status is JobStatus.QUEUED]
    return [job.prompt for job in sorted(queued, key=lambda job: job.position)]


def _choose(rig: Rig, prompt: str) -> QueueList:
    rows = rig.inside.docks.jobs.queue.list
    rows.setCurrentRow(1 + _waiting(rig).index(prompt))
    return rows


def test_what_runs_and_waits_is_said_with_its_price(queued: Rig) -> None:
    queued.wait(lambda: queued.inside.status.queue.text() == "1 running, 3 waiting")
    assert not queued.find(QPushButton, "generateButton").isEnabled()
    add = queued.find(QPushButton, "enqueueButton")
    assert add.isEnabled()
    assert add.text().startswith("Add to Queue — up to $0.0")
    title = queued.find(QLabel, "queueTitle")
    assert queued.generator is not None
    view = queued.generator.queue()
    assert all(job.estimated_micros for job in (*view.running, *view.waiting))
    assert title.text().endswith(f"together up to {format_usd(view.cost_micros)}")
    jobs = queued.inside.docks.jobs
    texts = [jobs.queue.list.item(row).text() for row in range(jobs.queue.list.count())]
    assert texts[0].startswith("Edit: runs")
    assert all("Waiting, up to $0.0" in text for text in texts[1:])
    shown = [row for row in range(jobs.list.count()) if not jobs.list.item(row).isHidden()]
    assert shown == []  # not twice


def test_waiting_jobs_are_moved_by_keys_and_by_dragging(queued: Rig) -> None:
    rows = _choose(queued, "third")
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _waiting(queued) == ["first", "third", "second"]
    assert rows.current is not None
    assert rows.current.label == "Edit: third"  # the choice goes with it
    queued.find(QToolButton, "queueUpButton").click()
    assert _waiting(queued) == ["third", "first", "second"]
    _choose(queued, "third")
    below = rows.visualItemRect(rows.item(rows.count() - 1)).bottomLeft() + QPointF(9, 3).toPoint()
    mime = QMimeData()
    drop = QDropEvent(
        QPointF(below),
        Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    rows.dropEvent(drop)
    assert drop.dropAction() is Qt.DropAction.IgnoreAction  # Qt takes no row away
    assert _waiting(queued) == ["first", "second", "third"]
    queued.wait(lambda: _stored(queued) == list(_WAITING))


def test_a_waiting_job_is_held_edited_and_cancelled(queued: Rig) -> None:
    assert queued.generator is not None
    rows = _choose(queued, "second")
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert queued.generator.queue().waiting[1].is_paused
    assert "Paused" in rows.item(2).text()
    queued.find(QToolButton, "queuePauseButton").click()
    assert not queued.generator.queue().waiting[1].is_paused
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert _waiting(queued) == ["first", "third"]
    prompt = queued.inside.docks.prompt
    assert prompt.prompt_edit.text == "second"
    assert prompt.chooser.provider is not None
    assert prompt.chooser.provider.name == "openai"
    _choose(queued, "first")
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert _waiting(queued) == ["third"]
    queued.trigger("generate.cancelWaiting")
    assert _waiting(queued) == []


def test_the_whole_queue_is_paused_and_goes_on(queued: Rig, api: ImagesApi) -> None:
    assert queued.generator is not None
    queued.trigger("generate.pauseQueue")
    assert queued.generator.queue().is_paused
    assert queued.find(QToolButton, "queuePauseAllButton").isChecked()
    queued.wait(lambda: queued.inside.status.queue.text() == "1 running, 3 paused")
    queued.find(QPushButton, "cancelButton").click()
    queued.wait(lambda: not queued.generator.queue().running)  # type: ignore[union-attr]
    assert _waiting(queued) == list(_WAITING)
    assert len(api.paid) == 1  # nothing started by itself
    queued.wait(queued.find(QPushButton, "generateButton").isEnabled)
    queued.find(QToolButton, "queuePauseAllButton").click()
    queued.wait(lambda: len(api.paid) == 2)
    queued.wait(lambda: not queued.inside.actions["generate.pauseQueue"].isChecked())
