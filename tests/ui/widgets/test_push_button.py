"""Buttons, boxes to tick and Qt's own buttons are called by what stands on them."""

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.push_button import PushButton


@pytest.mark.parametrize("make", [PushButton, CheckBox])
def test_the_name_follows_the_text(qtbot: QtBot, make: type[PushButton | CheckBox]) -> None:
    button = make("&Spend up to $0.02")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Spend up to $0.02"
    button.setText("&R&&D")
    assert button.accessibleName() == "R&D"
    button.setAccessibleName("Research")
    button.setText("&Other")
    assert button.accessibleName() == "Research"


def test_a_button_with_an_icon_has_its_text_as_name(qtbot: QtBot) -> None:
    button = PushButton(QIcon(), "&Apply")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName()) == ("&Apply", "Apply")


def test_buttons_that_qt_makes_are_named_unless_they_have_a_name(qtbot: QtBot) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    qtbot.addWidget(box)
    box.button(kinds.Ok).setText("&Create")
    box.button(kinds.Cancel).setAccessibleName("Leave it")
    name_buttons(box)
    assert {button.accessibleName() for button in box.buttons()} == {"Create", "Leave it"}
