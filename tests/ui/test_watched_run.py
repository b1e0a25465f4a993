"""A tool's long work shows how far it is, and can be stopped."""

import threading

from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aipaint.errors import AipaintError
from aipaint.pixels.transform import Progress
from aipaint.ui.background import Background
from aipaint.ui.watched_run import WatchedRun


def _box(parent: QWidget) -> QProgressDialog:
    box = parent.findChild(QProgressDialog, "progressDialog")
    assert box is not None
    return box


def test_the_box_follows_the_work_and_its_button_stops_it(qtbot: QtBot) -> None:
    parent, answers, told = QWidget(), list[str](), list[str]()
    qtbot.addWidget(parent)
    parent.show()
    background = Background(parent)

    def work(progress: Progress) -> str:
        progress.report(0.4)
        until = threading.Event()
        while not progress.is_cancelled():
            until.wait(0.01)
        return "stopped"

    WatchedRun(parent, background, told.append)(work, answers.append, "Filling")
    box = _box(parent)
    qtbot.waitUntil(lambda: box.isVisible() and box.value() == 40)
    assert box.labelText() == "Filling…"
    bar = box.findChild(QProgressBar)
    assert bar is not None
    assert not bar.isTextVisible()  # the bar of the style is lower than its letters
    assert bar.width() > 250
    button = box.findChild(QPushButton)
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: bool(answers))
    assert (answers, told) == (["stopped"], [])
    qtbot.waitUntil(lambda: parent.findChild(QProgressDialog) is None)
    background.shut_down()


def test_what_goes_wrong_is_told(qtbot: QtBot) -> None:
    parent, told = QWidget(), list[str]()
    qtbot.addWidget(parent)
    background = Background(parent)

    def work(progress: Progress) -> str:
        raise AipaintError("There is no room.", "Make some.")

    WatchedRun(parent, background, told.append)(work, told.append, "Filling")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["There is no room. Make some."]
    background.shut_down()
