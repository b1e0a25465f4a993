"""A model that nobody states a price of: the user says one, in the window, and may buy then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from aipaint.pixels.rect import Rect
from aipaint.ui.dialogs.ceiling import CeilingDialog
from aipaint.ui.panels.prompt_panel import PromptPanel
from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig


@pytest.fixture
def unpriced(online: Rig) -> Rig:
    online.show_picture(picture_of(photograph(320, 240), Rect(100, 80, 60, 40)))
    panel = _panel(online)
    panel.prompt_edit.setPlainText("a red barn")
    panel.chooser.choose_provider("openai")
    panel.chooser.choose_model("someones-model")
    panel.refresh()
    assert not panel.ceiling_button.isHidden()
    return online


def _panel(rig: Rig) -> PromptPanel:
    return rig.inside.docks.prompt


def _dialog(rig: Rig) -> CeilingDialog:
    rig.find(QPushButton, "ceilingButton").click()
    found = [one for one in rig.window.findChildren(QDialog, "ceilingDialog") if one.isVisible()]
    assert isinstance(found[-1], CeilingDialog)
    return found[-1]


def test_the_panel_offers_to_say_a_price_and_counts_with_it(unpriced: Rig, api: ImagesApi) -> None:
    panel = _panel(unpriced)
    assert not panel.generate_button.isEnabled()
    assert panel.cost_label.text().endswith("so it is blocked.")  # no command to type
    dialog = _dialog(unpriced)
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.edit, "0.25")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    unpriced.wait(panel.generate_button.isEnabled)
    assert panel.generate_button.text() == "Generate — up to $0.25"
    assert panel.ceiling_button.isHidden()
    assert not api.paid
    assert unpriced.desk is not None
    assert "someones-model" in (unpriced.desk.home / "prices.toml").read_text()
    panel.chooser.choose_model("another-model")
    panel.refresh()
    assert not panel.ceiling_button.isHidden()


def test_nothing_is_kept_of_a_dialog_that_is_cancelled(unpriced: Rig) -> None:
    dialog = _dialog(unpriced)
    for text, is_price in (("0", False), ("0.000001", True), ("", False), ("2,5", True)):
        dialog.edit.setText(text)
        assert dialog.keep.isEnabled() == is_price, text
    assert dialog.micros == 2_500_000
    dialog.reject()
    assert unpriced.desk is not None
    assert not (unpriced.desk.home / "prices.toml").exists()


def test_a_priced_model_and_one_without_a_key_have_no_such_button(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(320, 240), None))
    panel = _panel(rig)
    panel.prompt_edit.setPlainText("a red barn")
    panel.chooser.choose_provider("openai")
    panel.chooser.choose_model("someones-model")
    panel.refresh()
    assert panel.ceiling_button.isHidden()
    assert not panel.key_button.isHidden()
