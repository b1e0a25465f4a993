"""Limits in the settings: raising asks and is logged, lowering does not; what is fixed is shown."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QSpinBox

from aipaint.ledger.guard import EnvelopeKind
from aipaint.ui.settings_dialog import SettingsDialog
from tests.ui.rig import Rig


def _opened(rig: Rig) -> SettingsDialog:
    rig.trigger("edit.settings")
    dialog = rig.window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def _type(dialog: SettingsDialog, name: str, text: str) -> None:
    edit = dialog.findChild(QLineEdit, name)
    assert edit is not None
    edit.setText(text)


def _press(dialog: SettingsDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def _answer(rig: Rig, name: str, said: list[str]) -> None:
    def press() -> None:
        box = rig.window.findChild(QMessageBox, "spendQuestion")
        assert isinstance(box, QMessageBox)
        default = box.defaultButton()
        assert default is not None
        assert default.objectName() == "spendCancelButton"
        said.append(box.informativeText())
        button = box.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(50, press)


def _day(rig: Rig) -> int:
    assert rig.desk is not None
    return rig.desk.ledger.guard.caps.day.limit_micros


def test_lowering_holds_at_once_and_is_not_asked_about(rig: Rig) -> None:
    dialog = _opened(rig)
    _type(dialog, "daily_capEdit", "2,5")
    _press(dialog, "settingsOkButton")
    assert not dialog.isVisible()
    rig.wait(lambda: _day(rig) == 2_500_000)
    assert rig.desk is not None
    text = (rig.desk.home / "settings.toml").read_text()
    assert "daily_cap = 2.5" in text
    assert "monthly_cap" not in text  # what was not touched is not written
    rig.wait(lambda: rig.inside.status.spend.text() == "Today $0.00 of $2.50")


@pytest.mark.parametrize("button", ["spendCancelButton", "spendConfirmButton"])
def test_raising_is_asked_about(rig: Rig, button: str) -> None:
    dialog = _opened(rig)
    _type(dialog, "daily_capEdit", "25")
    said: list[str] = []
    _answer(rig, button, said)
    _press(dialog, "settingsApplyButton")
    assert said == ["Limit of a day: $10.00 → $25.00"]
    if button == "spendConfirmButton":
        rig.wait(lambda: _day(rig) == 25_000_000)
    else:
        assert _day(rig) == 10_000_000
        assert rig.desk is not None
        assert not (rig.desk.home / "settings.toml").exists()
    dialog.reject()


def test_what_the_environment_sets_is_shown_and_not_editable(rig: Rig) -> None:
    dialog = _opened(rig)
    fixed = dialog.findChild(QSpinBox, "rateLimitSpin")
    note = dialog.findChild(QLabel, "rate_limit_secondsNote")
    assert fixed is not None
    assert note is not None
    assert not fixed.isEnabled()
    assert note.text() == "Set by the environment"
    free = dialog.findChild(QLineEdit, "monthly_capEdit")
    assert free is not None
    assert free.isEnabled()
    dialog.reject()


def test_an_envelope_is_added_and_a_bad_one_is_refused_in_words(rig: Rig) -> None:
    dialog = _opened(rig)
    _press(dialog, "addEnvelopeButton")
    _type(dialog, "envelopeAmount1", "3")
    _press(dialog, "settingsApplyButton")
    message = dialog.findChild(QLabel, "budgetPageMessage")
    assert message is not None
    assert "unusable name" in message.text()
    _type(dialog, "envelopeName1", "Poster")
    _press(dialog, "settingsOkButton")
    assert rig.desk is not None
    ledger = rig.desk.ledger
    rig.wait(lambda: len(ledger.guard.envelopes) == 1)
    (envelope,) = ledger.guard.envelopes
    assert (envelope.kind, envelope.name, envelope.limit_micros) == (
        EnvelopeKind.PROJECT,
        "Poster",
        3_000_000,
    )
    rig.wait(lambda: bool(rig.inside.docks.budget._envelopes))
    assert rig.inside.docks.budget._envelopes[0].title.text() == "Project Poster"


def test_cancel_forgets_and_the_size_is_remembered(rig: Rig) -> None:
    dialog = _opened(rig)
    _type(dialog, "session_capEdit", "1")
    dialog.resize(800, 640)
    size = dialog.size()
    _press(dialog, "settingsCancelButton")
    assert rig.desk is not None
    assert rig.desk.ledger.guard.caps.session.limit_micros == 5_000_000
    assert rig.inside._state.dialog_size("settings") == size
    dialog = _opened(rig)
    edit = dialog.findChild(QLineEdit, "session_capEdit")
    assert edit is not None
    assert edit.text() == "5.00"
    dialog.reject()
