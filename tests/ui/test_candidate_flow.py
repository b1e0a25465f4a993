"""Results under the canvas: looked at, compared, fitted, applied, discarded and taken back."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from aipaint.document.render import render
from aipaint.history.records import ResultUse
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix
from aipaint.ui.panels.candidate_strip import CandidateStrip
from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_FRAME = Rect(0, 0, 320, 240)
_MASK = Rect(140, 100, 40, 30)
_INSIDE = (160.0, 115.0)


def _results(online: Rig, count: int = 1) -> CandidateStrip:
    """That many bought results, the first of them on the canvas."""
    online.show_picture(picture_of(photograph(320, 240), _MASK))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    panel.chooser.count.number.setValue(count)
    panel.refresh()
    answer(online, "costDialog", "costConfirmButton")
    assert online.generator is not None
    with online.qtbot.waitSignal(online.generator.job_done, timeout=20_000):
        online.trigger("generate.start")
    strip = online.inside.docks.strip
    online.wait(lambda: strip.list.count() == count)
    _settled(online)
    return strip


def _settled(rig: Rig) -> None:
    """The strip has opened below the canvas, and the view has found its place above it."""
    for _ in range(40):
        before = rig.at(0, 0), rig.inside.canvas.viewport().size()
        rig.qtbot.wait(100)
        if before == (rig.at(0, 0), rig.inside.canvas.viewport().size()):
            return


def _color(rig: Rig, at: tuple[float, float] = _INSIDE) -> tuple[int, ...]:
    place = rig.at(*at)
    return tuple(int(part) for part in rig.seen()[place.y(), place.x()])


def _use(rig: Rig) -> ResultUse:
    assert rig.desk is not None
    return rig.desk.history.jobs()[0].result_use


def test_several_can_be_applied_and_undo_brings_each_back(online: Rig) -> None:
    strip = _results(online, 3)
    before = render(online.document.picture, _FRAME)
    ids = [one.id for one in strip._candidates.values()]
    online.find(QPushButton, "applyButton").click()
    assert strip.list.count() == 2
    assert not strip.current_id  # the picture itself is to be seen now
    assert not online.inside.canvas.candidate_item.is_showing
    strip.list.setCurrentRow(1)
    online.find(QPushButton, "applyButton").click()
    assert len(online.document.picture.layers) == 3
    online.wait(lambda: _use(online) is ResultUse.APPLIED)
    online.trigger("edit.undo")
    online.trigger("edit.undo")
    assert set(strip._candidates) == set(ids)
    assert (render(online.document.picture, _FRAME) == before).all()
    online.wait(lambda: _use(online) is ResultUse.WAITING)
    online.trigger("edit.redo")
    assert strip.list.count() == 2
    assert ids[0] not in strip._candidates


def test_painting_goes_on_under_a_result(online: Rig) -> None:
    _results(online)
    shown = _color(online)
    online.trigger("tool.brush")
    online.drag((20, 20), (60, 20))
    assert online.document.undo_stack.labels[-1] == "Brush stroke"
    assert online.inside.canvas.candidate_item.is_showing
    assert _color(online) == shown


def test_a_discarded_result_comes_back(online: Rig) -> None:
    strip = _results(online, 2)
    first = strip.current_id
    assert not online.inside.actions["generate.giveBack"].isEnabled()
    online.trigger("generate.discard")
    assert strip.list.count() == 1
    assert strip.current_id not in ("", first)
    online.trigger("generate.discardAll")
    assert strip.list.count() == 0
    assert not strip.isVisible()
    online.wait(lambda: _use(online) is ResultUse.DISCARDED)
    online.trigger("generate.giveBack")
    online.trigger("generate.giveBack")
    assert strip.list.count() == 2
    assert strip.list.item(0).data(Qt.ItemDataRole.UserRole) == first
    assert strip.isVisible()
    online.wait(lambda: _use(online) is ResultUse.WAITING)


def test_holding_the_key_or_the_button_shows_the_picture_without_it(online: Rig) -> None:
    strip = _results(online)
    canvas = online.inside.canvas
    after = _color(online)
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_O)
    online.wait(lambda: _color(online) != after)
    before = _color(online)
    QTest.keyRelease(canvas, Qt.Key.Key_O)
    online.wait(lambda: _color(online) == after)
    QTest.mousePress(strip.hold_button, Qt.MouseButton.LeftButton)
    online.wait(lambda: _color(online) == before)
    QTest.mouseRelease(strip.hold_button, Qt.MouseButton.LeftButton)
    online.wait(lambda: _color(online) == after)
    # Whoever leaves with the key held must not find the result gone.
    QTest.keyPress(canvas, Qt.Key.Key_O)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.FocusOut))
    assert canvas.candidate_item.isVisible()
    repeated = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_O, Qt.KeyboardModifier.NoModifier, "o", True
    )
    QApplication.sendEvent(canvas, repeated)
    assert canvas.candidate_item.isVisible()


def test_the_slider_parts_before_from_after(online: Rig) -> None:
    _results(online)
    left, right = (148.0, 115.0), (172.0, 115.0)
    canvas = online.inside.canvas
    after = _color(online, left), _color(online, right)
    canvas.candidate_item.hold_back(True)
    before = _color(online, left), _color(online, right)
    canvas.candidate_item.hold_back(False)
    online.trigger("generate.compareSlider")
    assert (_color(online, left), _color(online, right)) == (before[0], after[1])
    handle = online.find(QWidget, "compareHandle")
    middle = handle.rect().center()
    place = canvas.viewport().mapTo(canvas, online.at(190, 10)).x()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, QPoint(place - handle.x(), middle.y()))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(handle.width() // 2, 4))
    assert (_color(online, left), _color(online, right)) == before
    online.trigger("generate.compareSlider")
    assert (_color(online, left), _color(online, right)) == after
    assert not handle.isVisible()


def test_side_by_side_shows_the_same_part_twice(online: Rig) -> None:
    _results(online)
    canvas = online.inside.canvas
    after = _color(online)
    online.trigger("generate.compareSide")
    view = online.find(QWidget, "beforeView")
    assert view.isVisible()
    assert _color(online) == after
    place = online.at(*_INSIDE) - QPoint(canvas.viewport().width() - view.width(), 0)
    seen = view.grab().toImage().pixelColor(place)
    canvas.candidate_item.hold_back(True)
    blue, green, red, _ = _color(online)
    # The screen of a test may have fewer colors than the picture.
    assert abs(seen.red() - red) + abs(seen.green() - green) + abs(seen.blue() - blue) < 24
    # It stays where it is when the view moves under it.
    canvas.view_port.pan(QPoint(40, 25).toPointF())
    assert view.pos() == canvas.viewport().pos()
    online.trigger("generate.discard")
    assert not view.isVisible()


@pytest.mark.parametrize(("way", "text"), [(SeamFix.COLOR, "Match"), (SeamFix.POISSON, "Blend")])
def test_a_seam_is_fitted_for_free_and_taken_back(online: Rig, way: SeamFix, text: str) -> None:
    strip = _results(online)
    combo = online.find(QComboBox, "seamCombo")
    chosen = strip.current_id
    assert combo.isVisible()
    raw = strip.current
    assert raw is not None
    combo.setCurrentIndex(combo.findData(way))
    assert combo.currentText().startswith(text)
    online.wait(lambda: strip.current is not None and strip.current.seam is way)
    fitted = strip.current
    assert fitted is not None
    assert strip.current_id == chosen
    assert fitted.edge_after is not None
    assert not np.array_equal(fitted.tiles.read(_FRAME), raw.tiles.read(_FRAME))
    assert f"→ {fitted.edge_after:.1f}" in online.find(QLabel, "seamError").text()
    combo.setCurrentIndex(combo.findData(SeamFix.NONE))
    online.wait(lambda: strip.current is not None and strip.current.seam is SeamFix.NONE)
    again = strip.current
    assert again is not None
    assert np.array_equal(again.tiles.read(_FRAME), raw.tiles.read(_FRAME))


def test_star_next_and_previous(online: Rig) -> None:
    strip = _results(online, 2)
    first = strip.current_id
    online.trigger("generate.star")
    assert strip.list.item(0).text().startswith("★")
    assert online.inside.actions["generate.star"].isChecked()
    canvas = online.inside.canvas
    # Without a window manager nobody gives the window its keys back after the question.
    online.window.activateWindow()
    online.wait(online.window.isActiveWindow)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    assert strip.current_id != first
    assert not online.inside.actions["generate.star"].isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_Comma)
    assert strip.current_id == first
    assert online.desk is not None
    desk = online.desk
    online.wait(lambda: any(one.is_starred for one in desk.history.images(_job(strip), "result")))


def _job(strip: CandidateStrip) -> str:
    assert strip.current is not None
    return strip.current.job_id


def test_the_final_says_its_price_and_is_bought_after_a_question(
    online: Rig, api: ImagesApi
) -> None:
    strip = _results(online)
    final = online.find(QPushButton, "finalButton")
    online.wait(final.isVisible)
    assert "$0." in final.text()
    assert len(api.paid) == 1
    final.click()
    final.click()
    online.wait(lambda: strip.list.count() == 2)
    assert len(api.paid) == 2
    assert not final.autoRepeat()


def test_words_of_a_prompt_are_no_markup(online: Rig) -> None:
    strip = _results(online)
    assert strip.caption.textFormat() is Qt.TextFormat.PlainText
    assert strip.list.item(0).toolTip().startswith("<qt>Edit: a red barn")
    facts = strip.caption.text().split("\n")[1]
    assert facts.startswith("320 × 240 px, $0.")
    assert "not used: " in facts  # what the model changed outside the mask
