"""F6 walks the keyboard through the parts of the window, and the start page answers to Esc."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QPlainTextEdit, QWidget

from tests.ui.rig import Rig


def _zone(rig: Rig) -> str:
    """The part of the window that has the focus."""
    focused: QWidget | None = QApplication.focusWidget()
    while focused is not None and focused.parentWidget() is not rig.window:
        if focused is rig.inside.canvas:
            return "canvas"
        focused = focused.parentWidget()
    return focused.objectName() if focused is not None else ""


_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _walk(rig: Rig, *, is_back: bool = False) -> list[str]:
    seen = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        if is_back:
            QTest.keyClick(focused, Qt.Key.Key_Tab, _CONTROL | _SHIFT)
        else:
            QTest.keyClick(focused, Qt.Key.Key_F6)
        seen.append(_zone(rig))
        if seen[-1] == "canvas":
            break
    return seen


def test_f6_goes_around_and_control_shift_tab_goes_back(starting: Rig) -> None:
    starting.inside.show_canvas()
    QApplication.processEvents()
    there = _walk(starting)
    assert there[-1] == "canvas"
    assert {"promptDock", "layersDock"} <= set(there)
    assert len(set(there)) == len(there)
    back = _walk(starting, is_back=True)
    assert back[:-1] == there[:-1][::-1]


def test_control_tab_leaves_a_text_field_and_comes_back_to_it(starting: Rig) -> None:
    starting.inside.show_canvas()
    QApplication.processEvents()
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    prompt.setFocus()
    QTest.keyClick(prompt, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert _zone(starting) == "layersDock"
    focused = QApplication.focusWidget()
    assert focused is starting.inside.docks.layers.list
    QTest.keyClick(focused, Qt.Key.Key_Tab, _CONTROL | _SHIFT)
    assert QApplication.focusWidget() is prompt
    assert prompt.toPlainText() == ""


def test_a_panel_behind_a_tab_or_closed_is_passed_over(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.find(QDockWidget, "jobsDock").raise_()
    starting.find(QDockWidget, "promptDock").hide()
    QApplication.processEvents()
    seen = _walk(starting)
    assert "layersDock" not in seen
    assert "promptDock" not in seen


def test_esc_leaves_the_start_page_without_a_click_before(starting: Rig) -> None:
    page = starting.inside.start_page
    assert page.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert starting.inside.canvas.isVisible()
    assert not page.isVisible()
