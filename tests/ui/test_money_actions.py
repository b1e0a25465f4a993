"""Nothing that pays can be held down, and no Enter pays."""

import re
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QDialog, QPushButton

from aipaint.generation.checkout import Checkout
from aipaint.generation.duplicate_offer import DuplicateOffer
from aipaint.ledger.price import Estimate, EstimatePart, Tier
from aipaint.ui.actions import Actions
from aipaint.ui.dialogs.cost_warning import CostDialog
from aipaint.ui.dialogs.duplicate_dialog import DuplicateDialog
from aipaint.ui.money_actions import MONEY_ACTIONS
from tests.ui.rig import Rig

_PAYING_WORDS = re.compile(r"\$|Generate|Queue|Spend|Buy|Resume|Start")


def _checkout(rig: Rig) -> Checkout:
    assert rig.desk is not None
    parts = (EstimatePart("2 pictures", "878 image tokens", 80_000),)
    estimate = Estimate(80_000, Tier.MEDIUM, parts, "a list", "2026-11")
    reasons = ("It is a batch.",)
    offer = DuplicateOffer("0" * 32, 3, 40_000)
    return Checkout(estimate, rig.desk.ledger.status(), reasons, offer, Path("/nowhere.jpg"))


def test_actions_that_pay_do_not_repeat(rig: Rig) -> None:
    paying = [spec.id for spec in MONEY_ACTIONS if spec.is_paid]
    assert {"generate.start", "generate.enqueue"} <= set(paying)
    actions: Actions = rig.inside.actions
    assert not [name for name in paying if actions[name].autoRepeat()]
    assert actions["edit.undo"].autoRepeat()  # where it is wanted it still is


def test_buttons_that_pay_do_not_repeat_and_are_no_default(rig: Rig) -> None:
    dialogs: list[QDialog] = [
        CostDialog(rig.window, _checkout(rig)),
        DuplicateDialog(rig.window, _checkout(rig)),
    ]
    buttons = [
        button
        for button in rig.window.findChildren(QAbstractButton)
        if _PAYING_WORDS.search(button.text()) and button.objectName()
    ]
    names = {button.objectName() for button in buttons}
    assert {"generateButton", "enqueueButton", "costConfirmButton", "buyAgainButton"} <= names
    for button in buttons:
        assert not button.autoRepeat(), button.objectName()
        if isinstance(button, QPushButton):
            assert not button.isDefault(), button.objectName()
    for dialog in dialogs:
        dialog.deleteLater()


def test_the_question_says_all_there_is_to_know(rig: Rig) -> None:
    dialog = CostDialog(rig.window, _checkout(rig))
    words = [label.text() for label in dialog.findChildren(QAbstractButton)]
    assert words == ["&Spend up to $0.08", "&Cancel"]
    said = dialog.accessibleDescription()
    assert said == "This may cost up to $0.08. It is a batch."
    assert dialog.cancel.isDefault()
    dialog.deleteLater()
    duplicate = DuplicateDialog(rig.window, _checkout(rig))
    assert duplicate.sentence.text() == (
        "The same was bought 3 minutes ago for $0.04: use it, or buy a new variation."
    )
    assert duplicate.picture.text() == "Its picture cannot be shown."
    duplicate.deleteLater()
