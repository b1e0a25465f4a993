"""Shift and Alt count at once, also while the hand stands still."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.document.picture import blank_picture
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayLabel
from tests.ui.rig import Rig

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def easel(starting: Rig) -> Rig:
    starting.show_picture(blank_picture(400, 300))
    starting.inside.canvas.setFocus()
    return starting


def _label(rig: Rig) -> str:
    shapes = rig.toolbox.overlay()
    return next((one.text for one in shapes if isinstance(one, OverlayLabel)), "")


def _press_and_drag(rig: Rig) -> None:
    viewport = rig.inside.canvas.viewport()
    QTest.mousePress(viewport, _LEFT, _NONE, rig.at(100, 100))
    QTest.mouseMove(viewport, rig.at(160, 130))
    rig.toolbox.current.tick()


def test_shift_in_a_standing_drag_makes_a_square(easel: Rig) -> None:
    canvas = easel.inside.canvas
    easel.trigger("tool.rectangle")
    _press_and_drag(easel)
    assert _label(easel) == "60 × 30 px"
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    easel.wait(lambda: _label(easel) == "60 × 60 px")
    QTest.keyRelease(canvas, Qt.Key.Key_Shift)
    easel.wait(lambda: _label(easel) == "60 × 30 px")
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    easel.wait(lambda: _label(easel) == "120 × 60 px")
    QTest.mouseRelease(canvas.viewport(), _LEFT, _NONE, easel.at(160, 130))
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)


def test_a_key_draws_nothing_with_a_brush(easel: Rig) -> None:
    canvas = easel.inside.canvas
    easel.trigger("tool.brush")
    _press_and_drag(easel)
    before = easel.document.picture.active_layer.tiles.read(Rect(0, 0, 400, 300))
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    QTest.keyRelease(canvas, Qt.Key.Key_Shift)
    easel.toolbox.current.tick()
    after = easel.document.picture.active_layer.tiles.read(Rect(0, 0, 400, 300))
    assert (before == after).all()
    canvas.pointer.cancel()


def test_the_line_that_shift_offers_goes_with_shift_and_with_the_pointer(easel: Rig) -> None:
    canvas = easel.inside.canvas
    easel.trigger("tool.brush")
    easel.drag((50, 50), (90, 60))
    easel.hover(200, 150)
    assert easel.toolbox.overlay() == ()
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    assert len(easel.toolbox.overlay()) == 1
    QTest.keyRelease(canvas, Qt.Key.Key_Shift)
    assert easel.toolbox.overlay() == ()
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert easel.toolbox.overlay() == ()
