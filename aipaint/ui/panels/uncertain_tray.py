"""`UncertainTray`: calls that may have been charged: check, I was charged, I was not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from aipaint.money import format_usd
from aipaint.ui.announce import announce
from aipaint.ui.money_wording import at_time
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.unknown_outcomes import UnknownOutcome

_MOST_ROWS = 12


class UncertainTray(QWidget):
    """Hidden while nothing is uncertain. The window does what the buttons say."""

    check_wanted = Signal()
    resolved = Signal(int, bool)  # ledger id, charged

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("uncertainTray")
        self.setAccessibleName("Uncertain charges")
        self.title = PlainLabel("", Tone.STRONG, wraps=True)
        self.title.setObjectName("uncertainTitle")
        note = PlainLabel(
            "The answer was lost, so nobody here knows whether it was charged. It counts as spent"
            " until you say.",
            Tone.MUTED,
            wraps=True,
        )
        self.check_button = PushButton("Chec&k with the Provider")
        self.check_button.setObjectName("checkUnknownButton")
        self.check_button.setToolTip("Ask what became of them; asking costs nothing")
        self.check_button.clicked.connect(self._on_check)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        self._shown: tuple[UnknownOutcome, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addWidget(note)
        column.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._rows)
        self.setVisible(False)

    def show_outcomes(self, outcomes: "Sequence[UnknownOutcome]") -> None:
        """One row each, the oldest first."""
        self.check_button.setText("Chec&k with the Provider")
        can_check = any(each.can_check for each in outcomes)
        self.check_button.setVisible(can_check)
        self.check_button.setEnabled(can_check)
        if tuple(outcomes) == self._shown:
            return
        is_more = len(outcomes) > len(self._shown)
        self._shown = tuple(outcomes)
        self._clear()
        for outcome in self._shown[:_MOST_ROWS]:
            self._rows.addWidget(self._row(outcome))
        self.title.setText(_title(self._shown))
        self.setVisible(bool(outcomes))
        if is_more:
            announce(self, self.title.text())

    def _row(self, outcome: "UnknownOutcome") -> QWidget:
        row = QWidget()
        facts = f"{format_usd(outcome.micros)}, {outcome.provider} {outcome.model}"
        when = f"sent {at_time(outcome.sent_at_micros)}"
        charged = _button(f"charged{outcome.ledger_id}Button", "I &Was Charged", outcome)
        charged.setToolTip("The provider's bill has it: count it as spent")
        charged.clicked.connect(lambda: self._resolve(row, outcome.ledger_id, True))
        free = _button(f"notCharged{outcome.ledger_id}Button", "I Was &Not", outcome)
        free.setToolTip("The provider's bill does not have it: give the money back")
        free.clicked.connect(lambda: self._resolve(row, outcome.ledger_id, False))
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP // 2)
        grid.addWidget(PlainLabel(outcome.label, wraps=True), 0, 0, 1, 3)
        grid.addWidget(PlainLabel(f"{facts}, {when}", Tone.MUTED, wraps=True), 1, 0, 1, 3)
        grid.addWidget(charged, 2, 0)
        grid.addWidget(free, 2, 1)
        grid.setColumnStretch(2, 1)
        return row

    def _resolve(self, row: QWidget, ledger_id: int, charged: bool) -> None:
        row.setEnabled(False)
        self.resolved.emit(ledger_id, charged)

    def show_again(self) -> None:
        """What was said could not be written down: the buttons work again."""
        for row in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            row.setEnabled(True)

    def _on_check(self) -> None:
        self.check_button.setText("Checking…")
        self.check_button.setEnabled(False)
        self.check_wanted.emit()

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.setParent(None)
                row.deleteLater()


def _title(outcomes: "Sequence[UnknownOutcome]") -> str:
    micros = sum(each.micros for each in outcomes)
    calls = "1 call" if len(outcomes) == 1 else f"{len(outcomes)} calls"
    more = len(outcomes) - _MOST_ROWS
    shown = f" The oldest {_MOST_ROWS} are shown." if more > 0 else ""
    return f"Uncertain: {calls}, {format_usd(micros)}.{shown}"


def _button(object_name: str, text: str, outcome: "UnknownOutcome") -> QPushButton:
    button = PushButton(text)
    button.setObjectName(object_name)
    button.setAccessibleName(f"{text.replace('&', '')}: {outcome.label}")
    button.setAutoDefault(False)
    button.setAutoRepeat(False)
    return button
