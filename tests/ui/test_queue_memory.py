"""What a window knows of its queue and its money after a restart, and by the name of its file."""

import threading
from argparse import Namespace
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from aipaint.app import read_settings
from aipaint.generation.prompt_desk import PromptDesk
from aipaint.generation.refine import RefineAsk
from aipaint.history.records import JobStatus
from aipaint.ledger.errors import BudgetBlocked
from aipaint.ledger.guard import Envelope, EnvelopeKind, Guard
from aipaint.pixels.rect import Rect
from aipaint.projects.ora_write import save_ora
from aipaint.ui.settings_pages.budget_page import BudgetPage
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.ledger.rig import caps
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer, make_rig


def _ask(rig: Rig, prompt: str) -> None:
    rig.inside.docks.prompt.prompt_edit.setPlainText(prompt)
    rig.inside.docks.prompt.refresh()


def _generate(rig: Rig, prompt: str) -> None:
    answer(rig, "costDialog", "costConfirmButton")
    rig.show_picture(picture_of(photograph(320, 240), Rect(140, 100, 40, 30)))
    _ask(rig, prompt)
    rig.trigger("generate.start")


def test_a_paused_queue_is_paused_after_a_restart_and_starts_nothing(
    qtbot: QtBot, tmp_path: Path, online: Rig, api: ImagesApi
) -> None:
    online.inside.actions["generate.pauseQueue"].setChecked(True)
    assert online.generator is not None
    assert online.generator.queue().is_paused
    online.window.close()

    again = make_rig(qtbot, tmp_path / "home", open_desk(tmp_path / "home", api))
    assert again.generator is not None
    assert again.generator.queue().is_paused
    assert again.inside.actions["generate.pauseQueue"].isChecked()
    queue = again.inside.docks.jobs.queue
    assert not queue.isHidden()
    assert queue.title.text() == "Queue paused"
    assert queue.list.isHidden()  # nothing is in it
    _generate(again, "a boat")
    again.wait(lambda: bool(again.generator and again.generator.queue().waiting))
    assert api.paid == []

    again.find(QToolButton, "queuePauseAllButton").click()
    again.wait(lambda: len(api.paid) == 1)
    again.wait(lambda: not (again.generator and again.generator.is_busy))
    again.window.close()
    third = make_rig(qtbot, tmp_path / "home", open_desk(tmp_path / "home", api))
    assert third.generator is not None
    assert not third.generator.queue().is_paused


def test_how_many_run_at_once_is_shown(online: Rig) -> None:
    queue = online.inside.docks.jobs.queue
    assert online.generator is not None
    online.generator.set_most_at_once(1)
    assert queue.title.toolTip().startswith("One paid job runs at once")
    online.generator.set_most_at_once(3)
    assert queue.title.toolTip().startswith("Up to 3 paid jobs run at once")


def test_a_document_spends_the_envelope_of_its_file(
    online: Rig, api: ImagesApi, tmp_path: Path
) -> None:
    assert online.desk is not None
    assert online.generator is not None
    nothing = Envelope(EnvelopeKind.PROJECT, "Harbor", 0)
    online.desk.ledger.set_guard(Guard(caps(), envelopes=(nothing,)), source="test")
    path = tmp_path / "Harbor.ora"
    save_ora(picture_of(photograph(320, 240), Rect(140, 100, 40, 30)), path)
    online.window.open_file(path)
    online.wait(lambda: online.inside.files.project == "Harbor")
    answer(online, "costDialog", "costConfirmButton")
    _ask(online, "a boat")
    online.trigger("generate.start")
    notice = online.inside.docks.prompt.notice
    online.wait(lambda: 'project "Harbor"' in notice.text())
    assert api.paid == []
    (job,) = online.desk.history.jobs(5)
    assert (job.status, job.project) == (JobStatus.BLOCKED_BUDGET, "Harbor")


def test_a_document_that_is_saved_under_a_name_is_that_project(online: Rig, tmp_path: Path) -> None:
    files = online.inside.files
    said: list[str] = []
    files.project_changed.connect(said.append)
    online.show_picture(picture_of(photograph(32, 24)))
    files.save(tmp_path / "Pier.ora")
    online.wait(lambda: files.project == "Pier")
    assert said[-1] == "Pier"


def test_refining_spends_the_envelope_of_the_file_too(online: Rig) -> None:
    assert online.desk is not None
    nothing = Envelope(EnvelopeKind.PROJECT, "Harbor", 0)
    online.desk.ledger.set_guard(Guard(caps(), envelopes=(nothing,)), source="test")
    desk = PromptDesk(online.document, online.desk)
    ask = RefineAsk(intent="a fox", provider="openai")
    desk.set_project("Harbor")
    refused = desk.refine(ask, threading.Event())()
    assert isinstance(refused.error, BudgetBlocked)
    desk.set_project("Pier")
    assert desk.refine(ask, threading.Event())().error is None


def test_how_many_run_at_once_is_kept(online: Rig) -> None:
    assert online.generator is not None
    assert online.desk is not None
    generator = online.generator
    online.trigger("edit.settings")
    page = online.window.findChild(BudgetPage)
    assert page is not None
    page.jobs.number.setValue(5)
    button = online.window.findChild(QPushButton, "settingsOkButton")
    assert button is not None
    button.click()
    online.wait(lambda: generator.queue().paid_at_once == 5)
    settings = read_settings(Namespace(), {"AIPAINT_HOME": str(online.desk.home)})
    assert settings.jobs_at_once == 5  # what the next start gives its queue
