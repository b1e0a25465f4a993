"""Lists of choices are shown whole."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
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


def _columns(combo: ComboBox, share: float) -> np.ndarray:
    """Per column of the text's field, whether there is ink in that upper share of it."""
    image = combo.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1).astype(int)
    field = rows[8 : int(image.height() * share), 10 : image.width() - 26]
    return np.asarray(np.ptp(field, axis=0) > 40)


def test_a_text_that_is_too_long_ends_with_dots(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, ThemeChoice.DARK)
    combo = ComboBox("choice", "Choice")
    qtbot.addWidget(combo)
    combo.addItems(["W", "W" * 60])
    combo.setFixedSize(160, 34)
    combo.show()
    combo.setCurrentIndex(1)
    inked, tall = np.flatnonzero(_columns(combo, 0.76)), _columns(combo, 0.5)
    assert len(inked) > 60
    assert tall[inked[:40]].any()
    assert not tall[inked[-6:]].any()  # dots are low
    combo.setCurrentIndex(0)
    assert _columns(combo, 0.5)[np.flatnonzero(_columns(combo, 0.76))[-6:]].any()
