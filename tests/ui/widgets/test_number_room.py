"""A number does not touch the rim of its field."""

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from aipaint.ui.theme import apply_theme
from aipaint.ui.theme_palette import ThemeChoice
from aipaint.ui.widgets.number_room import give_room


def _first_ink(field: QSpinBox) -> int:
    """The first column with ink, beside the rim."""
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1).astype(int)
    middle = rows[10:20, 3 : image.width() - 3]
    return 3 + int(np.flatnonzero(np.ptp(middle, axis=0) > 60)[0])


def test_there_is_air_between_the_rim_and_the_number(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, ThemeChoice.DARK)
    field = QSpinBox()
    qtbot.addWidget(field)
    field.setRange(0, 9000)
    field.setValue(8888)
    field.setFixedSize(90, 30)
    give_room(field)
    field.show()
    field.clearFocus()
    assert _first_ink(field) >= 6
