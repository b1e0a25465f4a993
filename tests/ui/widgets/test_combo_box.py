"""Lists of choices are shown whole."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aipaint.ui.theme import apply_theme
from aipaint.ui.theme_palette import ThemeChoice
from aipaint.ui.widgets.combo_box import ComboBox


@pytest.mark.parametrize("count", [2, 3, 10, 16])
@pytest.mark.parametrize("at_the_bottom", [False, True])
def test_every_choice_is_seen_without_scrolling(
    qtbot: QtBot, qapp: QApplication, count: int, at_the_bottom: bool
) -> None:
    apply_theme(qapp, ThemeChoice.DARK)
    combo = ComboBox("choice", "Choice")
    combo.setMaxVisibleItems(16)
    for number in range(count):
        combo.addItem(f"Choice {number}")
    qtbot.addWidget(combo)
    combo.show()
    screen = combo.screen().availableGeometry()
    combo.move(100, screen.bottom() - 40 if at_the_bottom else 100)
    combo.activateWindow()
    with qtbot.waitActive(combo):
        combo.setFocus()  # a list that has the focus has another rim
    combo.showPopup()
    view = combo.view()
    last = view.model().index(count - 1, 0)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: view.visualRect(last).bottom() < view.viewport().height(), timeout=3000)
    assert view.visualRect(view.model().index(0, 0)).top() >= 0
    assert view.window().geometry().bottom() <= screen.bottom() + 1
    combo.hidePopup()
