"""Caps in words and as bars."""

import pytest
from pytestqt.qtbot import QtBot

from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.ui.money_wording import cap_text
from aipaint.ui.panels.budget_panel import BudgetPanel
from tests.ui.rig import Rig


def _cap(period: str, cap: int, settled: int, reserved: int = 0, unknown: int = 0) -> CapStatus:
    left = cap - settled - reserved - unknown if cap else None
    return CapStatus(period, cap, settled, reserved, unknown, left, None, "environment")


@pytest.mark.parametrize(
    ("cap", "words"),
    [
        (_cap("day", 10_000_000, 1_200_000), "$1.20 spent, $8.80 left of $10.00"),
        (
            _cap("day", 10_000_000, 1_200_000, 20_000, 20_000),
            "$1.20 spent, $0.02 on hold, $0.02 uncertain, $8.76 left of $10.00",
        ),
        (_cap("day", 0, 5_000_000), "$5.00 spent, no limit"),
    ],
)
def test_a_cap_in_words(cap: CapStatus, words: str) -> None:
    assert cap_text(cap) == words


def test_money_of_unknown_fate_is_pointed_out(qtbot: QtBot) -> None:
    panel = BudgetPanel()
    qtbot.addWidget(panel)
    panel.show_status(
        BudgetStatus(
            (
                _cap("session", 5_000_000, 0, 0, 30_000),
                _cap("day", 10_000_000, 0, 0, 30_000),
                _cap("month", 0, 0, 0, 30_000),
            )
        )
    )
    assert panel.hint.text().startswith("$0.03 is held")
    panel.show_status(BudgetStatus((_cap("day", 10_000_000, 0),)))
    assert "held" not in panel.hint.text()


def test_the_real_budget_is_shown_once_the_program_is_ready(rig: Rig) -> None:
    rig.wait(lambda: rig.inside.status.spend.text() == "Today $0.00 of $10.00")
    text = rig.inside.docks.budget._rows["month"].words.text()
    assert text == "$0.00 spent, $100.00 left of $100.00"
