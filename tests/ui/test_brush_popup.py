"""The brush at the pointer, by the right button."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.document.picture import blank_picture
from aipaint.pixels.brush import Color
from aipaint.ui.brush_popup import BrushPopup
from tests.ui.rig import Rig

_RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def easel(starting: Rig) -> Rig:
    starting.show_picture(blank_picture(400, 300))
    return starting


def _open(rig: Rig, tool_id: str) -> BrushPopup | None:
    rig.trigger(f"tool.{tool_id}")
    viewport = rig.inside.canvas.viewport()
    QTest.mouseClick(viewport, _RIGHT, Qt.KeyboardModifier.NoModifier, rig.at(100, 100))
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, BrushPopup) else None


def test_its_sliders_change_the_brush_in_hand_and_nothing_is_painted(easel: Rig) -> None:
    popup = _open(easel, "brush")
    assert popup is not None
    popup.size_.number.setValue(77)
    popup.hardness.number.setValue(12)
    popup.opacity.number.setValue(34)
    brush = easel.toolbox.brush
    assert (brush.size_pixels, brush.hardness, brush.opacity) == (77, 0.12, 0.34)
    assert easel.inside.brush_bar.size_.value == 77
    assert easel.inside.canvas.brush_item.diameter == 77
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert easel.document.undo_stack.labels == []
    easel.drag((50, 50), (90, 60))
    assert easel.document.undo_stack.labels == ["Brush stroke"]


def test_a_recent_color_is_taken_and_closes_it(easel: Rig) -> None:
    easel.toolbox.colors.recall([Color(1, 2, 3), Color(200, 100, 50)])
    popup = _open(easel, "brush")
    assert popup is not None
    second = popup.colors.visualItemRect(popup.colors.item(1)).center()
    QTest.mouseClick(
        popup.colors.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, second
    )
    assert easel.toolbox.colors.foreground == Color(200, 100, 50)
    assert not popup.isVisible()


def test_each_tool_gets_what_it_has(easel: Rig) -> None:
    easel.toolbox.colors.recall([Color(1, 2, 3)])
    for tool_id, has_hardness, has_colors in (
        ("pencil", False, True), ("eraser", True, False), ("smudge", True, False),
    ):  # fmt: skip
        popup = _open(easel, tool_id)
        assert popup is not None
        assert popup.hardness.isVisible() is has_hardness
        assert popup.colors.isVisible() is has_colors
        popup.close()
    assert _open(easel, "rectangle") is None


def test_on_the_mask_the_right_button_goes_on_taking_away(easel: Rig) -> None:
    assert _open(easel, "mask") is None


def test_it_stays_on_the_screen(easel: Rig) -> None:
    popup = _open(easel, "brush")
    assert popup is not None
    popup.close()
    room = easel.window.screen().availableGeometry()
    popup.open_at(QPoint(room.right(), room.bottom()))
    assert room.contains(popup.geometry())
    popup.close()
