"""First edit → candidates → compare → apply; then the gallery, also after a restart."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer, make_rig

_FRAME = Rect(0, 0, 320, 240)


def _gallery(rig: Rig, count: int) -> QListWidget:
    dock = rig.find(QDockWidget, "galleryDock")
    dock.setVisible(True)
    dock.raise_()
    shown = rig.find(QListWidget, "galleryList")
    # Rows come while their jobs still run.
    rig.wait(
        lambda: (
            shown.count() == count
            and not any("Running" in shown.item(row).text() for row in range(count))
        )
    )
    return shown


def _two_results(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(320, 240)))
    rig.trigger("tool.mask")
    rig.drag((150, 110), (190, 110))
    rig.find(QPlainTextEdit, "promptEdit").setPlainText("a red barn")
    rig.inside.docks.prompt.chooser.count.number.setValue(2)
    rig.wait(lambda: rig.inside.docks.prompt.can_generate)
    assert rig.generator is not None
    with rig.qtbot.waitSignal(rig.generator.job_done, timeout=30_000):
        rig.find(QPushButton, "generateButton").click()
    rig.wait(lambda: rig.inside.docks.strip.list.count() == 2)


def _compare_and_apply(rig: Rig) -> None:
    canvas, strip = rig.inside.canvas, rig.inside.docks.strip
    place = rig.at(170, 110)
    after = rig.seen()[place.y(), place.x()].tolist()
    # Without a window manager nobody gives the window its keys back after the question.
    rig.window.activateWindow()
    rig.wait(rig.window.isActiveWindow)
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_O)
    assert rig.seen()[place.y(), place.x()].tolist() != after
    QTest.keyRelease(canvas, Qt.Key.Key_O)
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    rig.trigger("generate.star")
    assert strip.list.item(1).text().startswith("★")
    before = render(rig.document.picture, _FRAME)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert strip.list.count() == 1
    changed = (render(rig.document.picture, _FRAME) != before).any(axis=2)
    assert changed[110, 170]
    assert not changed[:60].any()
    assert not changed[160:].any()
    rig.trigger("generate.discardAll")
    assert not strip.isVisible()


def test_an_edit_is_compared_and_applied_and_stays_in_the_gallery(
    qtbot: QtBot, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with ImagesApi() as api:
        rig = make_rig(qtbot, home, open_desk(home, api))
        answer(rig, "costDialog", "costConfirmButton")
        _two_results(rig)
        _compare_and_apply(rig)

        shown = _gallery(rig, 1)
        assert "2 pictures" in shown.item(0).text()
        shown.setCurrentRow(0)
        answer(rig, "duplicateDialog", "buyAgainButton")
        rerun = rig.inside.actions["gallery.rerun"]
        rig.wait(lambda: rerun.isEnabled() and "$0." in rerun.text())
        rerun.trigger()
        shown = _gallery(rig, 2)
        rig.wait(lambda: rig.inside.docks.strip.list.count() == 2)
        assert len(api.paid) == 2
        rig.trigger("generate.discardAll")
        rig.document.mark_saved()
        rig.window.close()

    again = make_rig(qtbot, home, open_desk(home, None))
    shown = _gallery(again, 2)
    assert all("a red barn" in shown.item(row).text() for row in range(2))
    shown.setCurrentRow(1)
    before = again.document.picture
    again.trigger("gallery.open")
    again.wait(lambda: again.document.picture is not before)
    assert again.document.picture.frame == _FRAME
    again.trigger("gallery.delete")
    _gallery(again, 1)
    again.find(QPushButton, "trashBarButton").click()
    _gallery(again, 2)
