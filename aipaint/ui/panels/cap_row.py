"""`CapRow`: one limit in words and as a bar."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aipaint.ui.money_wording import cap_text, limit_name, resets_text
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.spend_bar import SpendBar

if TYPE_CHECKING:
    from aipaint.ledger.status import CapStatus


class CapRow(QWidget):
    """The words say everything that the bar shows."""

    def __init__(self, object_name: str, name: str) -> None:
        super().__init__()
        self.title = PlainLabel(name, Tone.STRONG, wraps=True)
        self.bar = SpendBar()
        self.bar.setAccessibleName(f"{name}: share of the limit that is spent")
        self.words = PlainLabel("", Tone.MUTED, wraps=True)
        self.words.setObjectName(object_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.title, self.bar, self.words):
            column.addWidget(part)

    def show_cap(self, cap: "CapStatus") -> None:
        self.title.setText(limit_name(cap))
        words = cap_text(cap)
        is_used_up = cap.left_micros == 0
        # In words, not by color alone.
        self.words.setText(f"Used up: {words}" if is_used_up else words)
        self.words.set_tone(Tone.WARNING if is_used_up else Tone.MUTED)
        self.words.setAccessibleName(f"Budget: {limit_name(cap)}: {self.words.text()}")
        ends = resets_text(cap)
        self.words.setToolTip(f"Set by: {cap.source}" + (f"; {ends}" if ends else ""))
        limit = cap.cap_micros
        held = cap.reserved_micros + cap.unknown_micros
        self.bar.setVisible(bool(limit))
        self.bar.set_shares(
            cap.settled_micros / limit if limit else 0, held / limit if limit else 0
        )
