"""Label, slider and number agree, and only the user is reported."""

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider


@pytest.fixture
def size(qtbot: QtBot) -> NumberSlider:
    made = NumberSlider("size", "&Size", NumberRange(1, 1000, " px", is_curved=True))
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    return made


@pytest.mark.parametrize("value", [1, 2, 40, 500, 1000])
def test_a_value_that_is_set_is_shown_and_not_reported(size: NumberSlider, value: int) -> None:
    told: list[int] = []
    size.value_changed.connect(told.append)
    size.set_value(value)
    assert size.value == size.number.value() == value
    assert told == []


def test_the_slider_reaches_both_ends(size: NumberSlider) -> None:
    told: list[int] = []
    size.value_changed.connect(told.append)
    size.slider.setValue(size.slider.maximum())
    size.slider.setValue(size.slider.minimum())
    assert told == [1000, 1]


def test_small_sizes_get_more_of_a_curved_slider(size: NumberSlider) -> None:
    size.slider.setValue(size.slider.maximum() // 2)
    assert 100 < size.value < 250


def test_a_typed_number_moves_the_slider(size: NumberSlider) -> None:
    told: list[int] = []
    size.value_changed.connect(told.append)
    size.number.selectAll()
    QTest.keyClicks(size.number, "640")
    QTest.keyClick(size.number, Qt.Key.Key_Return)
    assert told == [640]
    assert size.slider.value() > size.slider.maximum() * 0.8


def test_on_a_narrow_bar_the_number_stays(size: NumberSlider) -> None:
    assert size.slider.isVisible()
    size.resize(size.minimumSizeHint().width(), 40)
    assert not size.slider.isVisible()
    assert size.number.isVisible()
    size.resize(400, 40)
    assert size.slider.isVisible()


def test_the_label_leads_to_the_number(size: NumberSlider) -> None:
    assert size.number.accessibleName().replace("&", "") == "Size"


def test_tenths_are_shown_typed_and_told_as_people_write_them(qtbot: QtBot) -> None:
    numbers = NumberRange(0, 1000, " px", is_curved=True, in_tenths=True)
    slider = NumberSlider("radius", "Radius", numbers)
    qtbot.addWidget(slider)
    slider.number.setLocale(QLocale(QLocale.Language.German))
    told: list[int] = []
    slider.value_changed.connect(told.append)
    slider.set_value(15)
    assert slider.number.text() == "1,5 px"
    for typed, tenths in (("0,8", 8), ("12.25", 122), ("7", 70)):
        slider.number.selectAll()
        QTest.keyClicks(slider.number, typed)
        QTest.keyClick(slider.number, Qt.Key.Key_Return)
        assert slider.value == tenths
    assert told == [8, 122, 70]
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "x5")
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert slider.value == 50
    QTest.keyClick(slider.number, Qt.Key.Key_Up)
    assert slider.value == 51


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        (NumberRange(-180, 180, "°"), 0),
        (NumberRange(0, 100, "%"), 50),
        (NumberRange(1, 1000, " px", is_curved=True), 2),
        (NumberRange(1, 1000, " px", is_curved=True), 900),
        (NumberRange(0, 5000, " px"), 4321),
    ],
)
def test_keys_and_wheel_on_the_slider_go_by_the_numbers_steps(
    qtbot: QtBot, numbers: NumberRange, value: int
) -> None:
    made = NumberSlider("size", "&Size", numbers)
    qtbot.addWidget(made)
    made.set_value(value)
    told: list[int] = []
    made.value_changed.connect(told.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(made.slider, key)
    assert told == [value + 1, value + 2, value + 1]
    assert made.slider.sliderPosition() == made.slider.value()
    made.set_value(value)
    page = (numbers.high - numbers.low) // 10
    QTest.keyClick(made.slider, Qt.Key.Key_PageUp)
    assert told[-1] == min(value + page, numbers.high)
    QTest.keyClick(made.slider, Qt.Key.Key_End)
    assert told[-1] == numbers.high
    count = len(told)
    QTest.keyClick(made.slider, Qt.Key.Key_Right)
    assert len(told) == count


def test_the_wheel_turns_a_slider_that_has_the_focus(qtbot: QtBot) -> None:
    made = NumberSlider("size", "&Size", NumberRange(0, 100))
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    made.set_value(50)
    for has_focus, expected in ((False, 50), (True, 51)):
        if has_focus:
            made.activateWindow()
            with qtbot.waitActive(made):
                made.slider.setFocus()
        for _ in range(2):  # half a notch each, as fine wheels send them
            event = QWheelEvent(
                QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, 60), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(made.slider, event)
        assert made.value == expected
