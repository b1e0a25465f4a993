"""The way to a purchase in the real window: ask, cancel, pay, have it already, be blocked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from aipaint.generation.job import Job
from aipaint.history.records import JobStatus
from aipaint.pixels.rect import Rect
from aipaint.ui.panels.generate_wording import price_text
from aipaint.ui.panels.refill import set_quality
from tests.generation.workshop import do, edit, open_desk, photograph, picture_of
from tests.servers import images_api
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, make_rig

_PICTURE = picture_of(photograph(320, 240), Rect(140, 100, 40, 30))


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with ImagesApi() as server:
        yield server


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path, api: ImagesApi) -> Rig:
    home = tmp_path / "home"
    rig = make_rig(qtbot, home, open_desk(home, api))
    rig.show_picture(_PICTURE.snapshot())
    _wish(rig, "a red barn")
    return rig


def _wish(rig: Rig, prompt: str) -> None:
    rig.inside.docks.prompt.prompt_edit.setPlainText(prompt)
    rig.inside.docks.prompt.refresh()


def _dialog(rig: Rig, name: str) -> QDialog:
    """The dialog of that name, once it is on the screen."""
    rig.wait(lambda: any(each.isVisible() for each in rig.window.findChildren(QDialog, name)))
    return next(each for each in rig.window.findChildren(QDialog, name) if each.isVisible())


def _press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def _newest(rig: Rig) -> JobStatus:
    assert rig.generator is not None
    return rig.generator.recent_jobs(1)[0].status


def _results(rig: Rig) -> int:
    return rig.inside.docks.strip.list.count()


def _take_off(rig: Rig) -> None:
    rig.find(QPushButton, "discardButton").click()
    assert _results(rig) == 0


def test_a_person_is_asked_and_decides(rig: Rig, api: ImagesApi) -> None:
    generate = rig.find(QPushButton, "generateButton")
    generate.click()
    assert not generate.isEnabled()  # at once: the second click of a double click finds it so
    dialog = _dialog(rig, "costDialog")
    reasons = dialog.findChild(QLabel, "costReasons")
    assert reasons is not None
    assert "first paid call to openai" in reasons.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # Enter does not pay
    rig.wait(generate.isEnabled)
    assert api.paid == []
    assert rig.generator is not None
    assert rig.generator.recent_jobs() == []

    generate.click()
    _press(_dialog(rig, "costDialog"), "costConfirmButton")
    rig.wait(lambda: _results(rig) == 1)
    assert len(api.paid) == 1
    rig.wait(lambda: "$0.00 of" not in rig.inside.status.spend.text())
    _take_off(rig)

    generate.click()
    dialog = _dialog(rig, "duplicateDialog")
    sentence = dialog.findChild(QLabel, "duplicateSentence")
    picture = dialog.findChild(QLabel, "earlierPicture")
    assert sentence is not None
    assert picture is not None
    assert sentence.text().startswith("The same was bought a moment ago for $0.0")
    assert not picture.pixmap().isNull()
    _press(dialog, "useEarlierButton")
    rig.wait(lambda: _results(rig) == 1)
    assert len(api.paid) == 1
    _take_off(rig)

    rig.wait(generate.isEnabled)
    generate.click()
    _press(_dialog(rig, "duplicateDialog"), "buyAgainButton")
    rig.wait(lambda: _results(rig) == 1)
    assert len(api.paid) == 2


def test_a_capped_click_sends_nothing_and_says_what_to_do(rig: Rig, api: ImagesApi) -> None:
    assert rig.desk is not None
    ledger = rig.desk.ledger
    prompt = rig.inside.docks.prompt
    high = rig.desk.estimate(_PICTURE, edit("a red barn", quality="high")).micros
    caps = ledger.guard.caps
    tight = replace(caps, day=replace(caps.day, limit_micros=high - 1))
    ledger.set_guard(replace(ledger.guard, caps=tight), source="window")
    set_quality(prompt, "high", 1)
    generate = rig.find(QPushButton, "generateButton")
    assert generate.isEnabled()
    generate.click()
    rig.wait(lambda: "daily cap" in prompt.notice.text())
    assert "is left" in prompt.notice.text()
    assert _newest(rig) is JobStatus.BLOCKED_BUDGET
    assert api.paid == []
    rig.wait(generate.isEnabled)  # it stays clickable
    draft = rig.find(QPushButton, "useDraftButton")
    assert draft.isVisible()
    draft.click()
    low = rig.desk.estimate(_PICTURE, edit("a red barn", quality="low")).micros
    assert low < high
    assert generate.text().endswith(price_text(low))
    assert api.paid == []  # the fields are set, nothing more
    assert not prompt.notice.isVisible()
    generate.click()
    _press(_dialog(rig, "costDialog"), "costConfirmButton")
    rig.wait(lambda: len(api.paid) == 1)
    rig.wait(lambda: _results(rig) == 1)


def _hammer(rig: Rig) -> None:
    """Fifty clicks, double clicks and repeats of the key, faster than anybody can."""
    button = rig.find(QPushButton, "generateButton")
    ctrl = Qt.KeyboardModifier.ControlModifier
    for number in range(50):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if number % 5 == 0:
            QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        if number % 3 == 0:
            press = QEvent.Type.KeyPress
            event = QKeyEvent(press, Qt.Key.Key_Return, ctrl, "\r", autorep=number > 0)
            QApplication.sendEvent(rig.window, event)
            rig.inside.docks.prompt.generate()
        if number % 7 == 0:
            QApplication.processEvents()


def test_fifty_clicks_are_one_purchase(rig: Rig, api: ImagesApi) -> None:
    assert rig.desk is not None
    do(Job(edit("bought before, so that nothing is asked"), _PICTURE), rig.desk)
    api.script(images_api.stalls())
    _hammer(rig)
    rig.wait(lambda: len(api.paid) == 2)
    _hammer(rig)
    assert rig.generator is not None
    jobs = rig.generator.recent_jobs()
    assert [job.prompt for job in jobs].count("a red barn") == 1
    rig.generator.cancel(jobs[0].id)
    rig.wait(lambda: not rig.generator.is_busy)  # type: ignore[union-attr]
    assert len(api.paid) == 2
