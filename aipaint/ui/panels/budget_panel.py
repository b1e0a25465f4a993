"""`BudgetPanel`: spent, set aside and left under each cap, in words and as bars."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from aipaint.money import format_usd
from aipaint.ui.panels.panel import GAP, Panel
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.spend_bar import SpendBar

if TYPE_CHECKING:
    from aipaint.ledger.status import BudgetStatus, CapStatus

_NAMES = {"session": "This session", "day": "Today", "month": "This month"}


class BudgetPanel(Panel):
    """Shows a status it is given; the window asks for it on a worker."""

    def __init__(self) -> None:
        super().__init__("budgetPanel", "Budget")
        self._rows: dict[str, _CapRow] = {}
        self.hint = PlainLabel("Starting…", Tone.MUTED, wraps=True)
        self.hint.setObjectName("budgetHint")
        self.hint.setAccessibleName("Budget: note")
        self.column.setSpacing(2 * GAP)
        for period, name in _NAMES.items():
            row = self._rows[period] = _CapRow(period, name)
            self.column.addLayout(row)
        self.column.addWidget(self.hint)
        self.column.addStretch(1)

    def show_status(self, status: "BudgetStatus") -> None:
        for cap in status.caps:
            self._rows[cap.period].show_cap(cap)
        unknown = max((cap.unknown_micros for cap in status.caps), default=0)
        self.hint.setText(
            f"{format_usd(unknown)} is held by calls whose outcome is not known yet."
            if unknown
            else "No job can spend more than these limits."
        )
        self.hint.set_tone(Tone.WARNING if unknown else Tone.MUTED)

    def show_problem(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.set_tone(Tone.WARNING)


class _CapRow(QVBoxLayout):
    def __init__(self, period: str, name: str) -> None:
        super().__init__()
        self.setSpacing(4)
        self._name = name
        self.title = PlainLabel(name, Tone.STRONG)
        self.bar = SpendBar()
        self.bar.setAccessibleName(f"{name}: share of the cap that is spent")
        self.words = PlainLabel("", Tone.MUTED, wraps=True)
        self.words.setObjectName(f"{period}BudgetLabel")
        self.words.setAccessibleName(f"Budget: {name}")
        for part in (self.title, self.bar, self.words):
            self.addWidget(part)

    def show_cap(self, cap: "CapStatus") -> None:
        self.words.setText(cap_text(cap))
        self.words.setToolTip(f"Set by: {cap.source}")
        limit = cap.cap_micros
        held = cap.reserved_micros + cap.unknown_micros
        self.bar.set_shares(
            cap.settled_micros / limit if limit else 0, held / limit if limit else 0
        )


def cap_text(cap: "CapStatus") -> str:
    """ "$1.20 spent, $0.04 reserved, $8.76 left of $10.00"."""
    parts = [f"{format_usd(cap.settled_micros)} spent"]
    held = cap.reserved_micros + cap.unknown_micros
    if held:
        parts.append(f"{format_usd(held)} reserved")
    if cap.left_micros is None:
        parts.append("no limit")
    else:
        parts.append(f"{format_usd(cap.left_micros)} left of {format_usd(cap.cap_micros)}")
    return ", ".join(parts)
