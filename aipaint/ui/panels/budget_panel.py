"""`BudgetPanel`: spent, on hold, uncertain and left under each limit; what is paused."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.money_wording import PERIODS
from aipaint.ui.panels.cap_row import CapRow
from aipaint.ui.panels.news_bar import NewsBar
from aipaint.ui.panels.panel import GAP, Panel
from aipaint.ui.panels.uncertain_tray import UncertainTray
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.ledger.status import BudgetStatus


class BudgetPanel(Panel):
    """Shows a status it is given; the window asks for it on a worker."""

    def __init__(self) -> None:
        super().__init__("budgetPanel", "Budget")
        self._rows: dict[str, CapRow] = {}
        self._envelopes: list[CapRow] = []
        self.pause_bar = NewsBar(
            "budgetPauseBar", "octagon-pause", "&Resume Spending…", "Let paid calls go out again"
        )
        self.hint = PlainLabel("Starting…", Tone.MUTED, wraps=True)
        self.hint.setObjectName("budgetHint")
        self.hint.setAccessibleName("Budget: note")
        self.tray = UncertainTray()
        self.column.setSpacing(2 * GAP)
        self.column.addWidget(self.pause_bar)
        self.column.addWidget(self.tray)
        for period, name in PERIODS.items():
            row = self._rows[period] = CapRow(f"{period}BudgetLabel", name)
            row.setVisible(False)
            self.column.addWidget(row)
        self._envelope_rows = QVBoxLayout()
        self._envelope_rows.setSpacing(2 * GAP)
        self.column.addLayout(self._envelope_rows)
        self.column.addWidget(self.hint)
        self.column.addLayout(self._buttons())
        self.column.addStretch(1)

    def show_status(self, status: "BudgetStatus") -> None:
        for cap in status.caps:
            self._rows[cap.period].show_cap(cap)
            self._rows[cap.period].setVisible(True)
        self._show_envelopes(status)
        self.pause_bar.show_text(pause_text(status))
        unknown = max((cap.unknown_micros for cap in status.caps), default=0)
        self.hint.setText(
            f"{format_usd(unknown)} is held by calls whose outcome is not known yet."
            if unknown
            else "No job can spend more than these limits. A session ends with the program."
        )
        self.hint.set_tone(Tone.WARNING if unknown else Tone.MUTED)
        self.spending_button.setEnabled(True)

    def show_problem(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.set_tone(Tone.WARNING)

    def _show_envelopes(self, status: "BudgetStatus") -> None:
        while len(self._envelopes) > len(status.envelopes):
            row = self._envelopes.pop()
            row.setParent(None)
            row.deleteLater()
        while len(self._envelopes) < len(status.envelopes):
            row = CapRow(f"envelope{len(self._envelopes)}BudgetLabel", "Envelope")
            self._envelopes.append(row)
            self._envelope_rows.addWidget(row)
        for row, envelope in zip(self._envelopes, status.envelopes, strict=True):
            row.show_cap(envelope)

    def _buttons(self) -> QHBoxLayout:
        self.limits_button = PushButton(icon("settings"), "&Limits…")
        self.limits_button.setObjectName("limitsButton")
        self.limits_button.setToolTip("Change the limits of spending (Ctrl+,)")
        self.spending_button = PushButton(icon("receipt-text"), "&Spending…")
        self.spending_button.setObjectName("spendingButton")
        self.spending_button.setToolTip("Where the money went, with receipts")
        self.spending_button.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.limits_button, self.spending_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row


def pause_text(status: "BudgetStatus") -> str:
    """Everything that is stopped, and why; "" if nothing is."""
    lines = []
    for pause in status.pauses:
        what = f"Paid calls of {pause.provider} are" if pause.provider else "Spending is"
        lines.append(f"{what} paused: {pause.reason}")
    return "\n".join(lines)
