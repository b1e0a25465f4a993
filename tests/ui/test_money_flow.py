"""Meter, pauses, uncertain charges, inbox and spending in the window, on a real ledger."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMessageBox, QPushButton, QTreeView

from aipaint.document.render import render_straight
from aipaint.generation.job import Job
from aipaint.history.records import JobStatus, ResultUse
from aipaint.ledger.entry import EntryState
from aipaint.ledger.guard import Fuse
from aipaint.money import format_usd
from aipaint.pixels.rect import Rect
from aipaint.ui.dialogs.inbox_dialog import InboxDialog
from aipaint.ui.dialogs.spend_dialog import SpendDialog
from tests.generation.workshop import do, edit, opened, photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig

_PICTURE = picture_of(photograph(320, 240), Rect(140, 100, 40, 30))


def _buy(rig: Rig, prompt: str) -> str:
    assert rig.desk is not None
    return do(Job(edit(prompt), _PICTURE.snapshot()), rig.desk).job_id


def _refresh(rig: Rig) -> None:
    rig.inside.generate_flow.money.refresh()


def _answer_question(rig: Rig, button: str, said: list[str]) -> None:
    """The question blocks; a timer answers it."""

    def press() -> None:
        box = rig.window.findChild(QMessageBox, "spendQuestion")
        assert isinstance(box, QMessageBox)
        said.append(box.informativeText())
        if button == "Enter":
            QTest.keyClick(box, Qt.Key.Key_Return)
            return
        found = box.findChild(QPushButton, button)
        assert found is not None
        found.click()

    QTimer.singleShot(50, press)


@pytest.mark.parametrize("charged", [True, False])
def test_what_is_uncertain_is_decided_by_a_person(
    online: Rig, api: ImagesApi, charged: bool
) -> None:
    assert online.desk is not None
    api.script(images_api.server_error())
    job_id = _buy(online, "a lost barn")
    _refresh(online)
    tray = online.inside.docks.budget.tray
    online.wait(lambda: not tray.isHidden())
    (entry,) = online.desk.ledger.open_entries()
    assert tray.title.text().startswith("Uncertain: 1 call, $0.0")
    online.wait(lambda: "uncertain" in online.inside.status.spend.text())
    assert tray.check_button.isHidden()  # this provider cannot tell
    name = "charged" if charged else "notCharged"
    online.find(QPushButton, f"{name}{entry.id}Button").click()
    online.wait(tray.isHidden)
    state = EntryState.SETTLED if charged else EntryState.RELEASED
    assert online.desk.ledger.entry(entry.id).state is state
    job = online.desk.history.job(job_id)
    assert job is not None
    assert job.status is JobStatus.FAILED


def test_the_fuse_is_told_and_only_a_person_goes_on(online: Rig, api: ImagesApi) -> None:
    assert online.desk is not None
    ledger = online.desk.ledger
    ledger.set_guard(replace(ledger.guard, fuse=Fuse(1000, 10)), source="test")
    online.show_picture(_PICTURE.snapshot())
    prompt = online.inside.docks.prompt
    prompt.prompt_edit.setPlainText("blows the fuse")
    prompt.refresh()
    _buy(online, "blows it")
    _refresh(online)
    bar = online.inside.docks.budget.pause_bar
    online.wait(lambda: not bar.isHidden())
    assert "Spending is paused" in bar.label.text()
    assert "fuse" in bar.label.text()
    online.wait(lambda: online.inside.status.spend.text().startswith("Paused"))
    online.trigger("generate.start")  # nothing is asked, because nothing will be bought
    online.wait(lambda: "paused" in prompt.notice.text())
    assert api.paid == []
    said: list[str] = []
    _answer_question(online, "Enter", said)
    online.find(QPushButton, "resumeSpendingButton").click()
    assert "fuse" in said[0]
    assert len(ledger.status().pauses) == 1  # Enter is no
    _answer_question(online, "spendConfirmButton", said)
    bar.button.click()
    online.wait(bar.isHidden)
    assert ledger.status().pauses == ()
    online.wait(lambda: not prompt.notice.isVisible())


def _inbox(rig: Rig) -> InboxDialog:
    rig.find(QPushButton, "inboxBarButton").click()
    dialog = rig.window.findChild(InboxDialog)
    assert dialog is not None
    rig.wait(lambda: dialog.list.count() > 0)
    return dialog


@pytest.fixture
def paid(online: Rig) -> Rig:
    """A picture was paid and nobody used it."""
    assert online.desk is not None
    online.show_picture(_PICTURE.snapshot())
    online.desk.history.set_result_use(_buy(online, "a late barn"), ResultUse.WAITING)
    _refresh(online)
    bar = online.inside.docks.jobs.inbox_bar
    online.wait(lambda: not bar.isHidden())
    assert bar.label.text() == "Paid, not used: 1 picture, $0.015."
    return online


def test_what_was_paid_and_not_used_becomes_a_layer(paid: Rig) -> None:
    dialog = _inbox(paid)
    text = dialog.list.item(0).text()
    assert text.startswith("Edit: a late barn\n$0.015, 1 picture")
    assert dialog.list.item(0).icon().availableSizes()
    layers = len(paid.document.picture.layers)
    dialog.apply.click()
    paid.wait(lambda: len(paid.document.picture.layers) == layers + 1)
    paid.wait(lambda: dialog.list.count() == 0)
    assert paid.desk is not None
    assert paid.desk.history.inbox() == []
    paid.trigger("edit.undo")
    assert len(paid.document.picture.layers) == layers


def test_what_was_paid_is_discarded_and_taken_back(paid: Rig) -> None:
    dialog = _inbox(paid)
    assert dialog.discard.text() == "&Discard ($0.015)"
    dialog.discard.click()
    paid.wait(lambda: dialog.list.count() == 0)
    assert dialog.empty_hint.isVisible()
    assert "$0.015 paid" in dialog.message.text()
    dialog.undo.click()
    paid.wait(lambda: dialog.list.count() == 1)


def test_what_was_paid_is_opened_as_a_document(paid: Rig) -> None:
    paid.document.mark_saved()
    dialog = _inbox(paid)
    (item,) = dialog._items
    dialog.open_.click()
    paid.wait(lambda: paid.inside.files.name == item.pictures[0].name)
    picture = paid.document.picture
    bought = opened(item.pictures[0])
    assert (picture.frame.height, picture.frame.width) == bought.shape[:2]
    assert (render_straight(picture, picture.frame) == bought).all()


def test_spending_adds_up_to_the_meter_and_goes_to_a_file(
    online: Rig, api: ImagesApi, tmp_path: Path
) -> None:
    assert online.desk is not None
    _buy(online, "one")
    api.script(images_api.server_error())
    _buy(online, "two")
    online.trigger("generate.spending")
    dialog = online.window.findChild(SpendDialog)
    assert dialog is not None
    used = online.desk.ledger.status().caps[1].used_micros
    assert used == sum(one.counts_micros for one in online.desk.ledger.receipts())
    online.wait(lambda: "against the limits" in dialog.total.text())
    (held,) = online.desk.ledger.open_entries()
    uncertain = format_usd(held.reserved_micros)
    assert f"$0.015 spent, $0.00 on hold, {uncertain} uncertain" in dialog.total.text()
    by = dialog.findChild(QComboBox, "spendByCombo")
    table = dialog.findChild(QTreeView, "spendTable")
    assert by is not None
    assert table is not None
    by.setCurrentIndex(by.findData("call"))
    online.wait(lambda: dialog.total.text().startswith("2 calls"))
    shown = [
        [str(table.model().index(row, column).data()) for column in range(8)] for row in range(2)
    ]
    assert [row[2] for row in shown] == ["uncertain", "spent"]
    assert [row[4] for row in shown] == ["not reported", "$0.015"]
    path = tmp_path / "spending.csv"
    dialog.write_csv(path)
    online.wait(path.exists)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(round(float(row["counts_usd"]) * 10**6) for row in rows) == used


def test_without_a_database_the_panels_say_why(starting: Rig) -> None:
    panel = starting.inside.docks.budget
    assert panel.hint.text() == "Starting…"
    assert not panel.spending_button.isEnabled()
    assert not starting.inside.actions["generate.spending"].isEnabled()
    assert not starting.inside.actions["generate.enqueue"].isEnabled()
