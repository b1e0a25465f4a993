"""The color panel: every way of choosing a color ends in the same place."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from aipaint.pixels.brush import Color
from aipaint.tools.color_box import ColorBox
from aipaint.ui.panels.color_panel import ColorPanel

_ORANGE = Color(255, 128, 0)


@pytest.fixture
def box() -> ColorBox:
    return ColorBox()


@pytest.fixture
def panel(qtbot: QtBot, box: ColorBox) -> ColorPanel:
    """Shown, wide enough for all parts."""
    panel = ColorPanel(box)
    qtbot.addWidget(panel)
    panel.resize(300, 520)
    panel.show()
    return panel


def test_a_color_from_elsewhere_shows_in_every_field(panel: ColorPanel, box: ColorBox) -> None:
    box.foreground = Color(255, 128, 0, 51)
    assert panel.hex.text() == "#ff800033"
    assert [part.value() for part in panel.parts.values()] == [255, 128, 0, 20]
    assert panel.hue.value() == 30
    assert panel.pair.foreground.accessibleDescription() == "#ff800033"
    assert "Saturation 100%, brightness 100%" in panel.square.accessibleDescription()


@pytest.mark.parametrize("typed", ["ff8000", "#FF8000", " #ff8000 "])
def test_a_hex_number_is_taken_on_enter(panel: ColorPanel, box: ColorBox, typed: str) -> None:
    panel.hex.selectAll()
    QTest.keyClicks(panel.hex, typed)
    QTest.keyClick(panel.hex, Qt.Key.Key_Return)
    assert box.foreground == _ORANGE


def test_nonsense_changes_nothing_and_goes_away(panel: ColorPanel, box: ColorBox) -> None:
    before = box.foreground
    panel.hex.setText("orange")
    QTest.keyClick(panel.hex, Qt.Key.Key_Return)
    assert box.foreground == before
    assert panel.hex.text() == "#000000"


def test_red_green_blue_and_alpha_are_numbers(panel: ColorPanel, box: ColorBox) -> None:
    for name, value in (("Red", 255), ("Green", 128), ("Blue", 0), ("Alpha", 50)):
        panel.parts[name].setValue(value)
    assert box.foreground == Color(255, 128, 0, 128)


def test_the_square_is_dragged_and_moved_by_keys(panel: ColorPanel, box: ColorBox) -> None:
    box.foreground = Color(255, 0, 0)
    corner = QPoint(2, panel.square.height() - 3)
    QTest.mouseClick(panel.square, Qt.MouseButton.LeftButton, pos=corner)
    assert max(box.foreground.red, box.foreground.green, box.foreground.blue) <= 3
    for _ in range(10):
        QTest.keyClick(panel.square, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    white = box.foreground
    assert white == Color(255, 255, 255)
    for _ in range(10):
        QTest.keyClick(panel.square, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert box.foreground == Color(255, 0, 0)


def test_the_hue_turns_and_is_remembered_through_gray(panel: ColorPanel, box: ColorBox) -> None:
    box.foreground = Color(255, 0, 0)
    panel.hue.setValue(240)
    assert box.foreground == Color(0, 0, 255)
    box.foreground = Color(128, 128, 128)
    assert panel.hue.value() == 240


def test_the_background_is_changed_when_it_is_chosen(panel: ColorPanel, box: ColorBox) -> None:
    before = box.foreground
    panel.pair.background.click()
    panel.parts["Green"].setValue(0)
    assert box.background == Color(255, 0, 255)
    assert box.foreground == before
    panel.choose(False)
    assert panel.hex.text() == "#000000"


def _button(panel: ColorPanel, name: str) -> QToolButton:
    button = panel.findChild(QToolButton, name)
    assert isinstance(button, QToolButton)
    return button


def test_swap_and_reset_buttons(panel: ColorPanel, box: ColorBox) -> None:
    box.foreground, box.background = _ORANGE, Color(1, 2, 3)
    _button(panel, "colorSwap").click()
    assert (box.foreground, box.background) == (Color(1, 2, 3), _ORANGE)
    _button(panel, "colorReset").click()
    assert (box.foreground, box.background) == (Color(0, 0, 0), Color(255, 255, 255))


def test_swatches_are_added_taken_and_removed_by_keyboard(panel: ColorPanel, box: ColorBox) -> None:
    box.foreground = Color(1, 2, 3)
    count = len(box.swatches)
    panel.add_button.click()
    assert box.swatches[-1] == Color(1, 2, 3)
    assert not panel.add_button.isEnabled()
    panel.swatches.setCurrentRow(0)
    QTest.keyClick(panel.swatches, Qt.Key.Key_Return)
    assert box.foreground == box.swatches[0]
    panel.swatches.setCurrentRow(count)
    QTest.keyClick(panel.swatches, Qt.Key.Key_Delete)
    assert len(box.swatches) == count
    assert Color(1, 2, 3) not in box.swatches


def test_recent_colors_come_back_by_a_click(panel: ColorPanel, box: ColorBox) -> None:
    box.note_use(_ORANGE)
    box.note_use(Color(9, 9, 9))
    item = panel.recent.item(1)
    place = panel.recent.visualItemRect(item).center()
    QTest.mouseClick(panel.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert box.foreground == _ORANGE


def test_everything_that_can_be_operated_has_a_name(panel: ColorPanel) -> None:
    parts = [panel.hex, panel.square, panel.hue, *panel.parts.values(), panel.recent]
    parts += [panel.swatches, panel.add_button, panel.pair.foreground, panel.pair.background]
    assert all(part.accessibleName() for part in parts)


def test_hue_saturation_and_brightness_are_numbers_that_stay_as_typed(
    panel: ColorPanel, box: ColorBox
) -> None:
    hue, saturation, brightness = panel.hsv.fields
    brightness.setValue(7)
    saturation.setValue(37)
    for degrees in (0, 1, 123, 211, 359):
        hue.setValue(degrees)
        assert [field.value() for field in panel.hsv.fields] == [degrees, 37, 7]
    brightness.setValue(100)
    saturation.setValue(100)
    hue.setValue(30)
    assert box.foreground == Color(255, 128, 0)
    box.foreground = Color(0, 0, 255, 10)
    assert [field.value() for field in panel.hsv.fields] == [240, 100, 100]
    hue.setValue(120)
    assert box.foreground == Color(0, 255, 0, 10)


def test_the_hue_of_black_is_what_the_next_color_begins_with(
    panel: ColorPanel, box: ColorBox
) -> None:
    hue, saturation, brightness = panel.hsv.fields
    hue.setValue(240)
    saturation.setValue(100)
    assert box.foreground == Color(0, 0, 0)
    brightness.setValue(100)
    assert box.foreground == Color(0, 0, 255)
