"""`Remedies`: what can be done about a call that the budget blocked. Nothing here buys."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aipaint.money import Micros, format_usd
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.push_button import PushButton


class Remedies(QWidget):
    """Under the message that says which limit it was. Hidden otherwise."""

    limits_wanted = Signal()
    draft_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.limits = PushButton("Edit &Limits…")
        self.limits.setObjectName("editLimitsButton")
        self.limits.setToolTip("Change the limits of spending (Ctrl+,)")
        self.limits.clicked.connect(self.limits_wanted)
        self.draft = PushButton("")
        self.draft.setObjectName("useDraftButton")
        self.draft.setAccessibleName("Choose a draft, which is cheaper")
        self.draft.setToolTip("One picture at the lowest quality; Generate starts it")
        self.draft.clicked.connect(self.draft_wanted)
        self.resume = PushButton("&Resume Spending…")
        self.resume.setObjectName("resumeSpendingButton")
        self.resume.setToolTip("Let paid calls go out again; asks first")
        self.resume.clicked.connect(self.resume_wanted)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (self.resume, self.limits, self.draft):
            button.setAutoDefault(False)
            button.setAutoRepeat(False)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.clear()

    def offer(self, draft_micros: Micros | None, *, is_paused: bool = False) -> None:
        """`draft_micros`: what a draft would cost, None where that is no way out."""
        self.resume.setVisible(is_paused)
        self.limits.setVisible(not is_paused)
        self.draft.setVisible(draft_micros is not None)
        if draft_micros is not None:
            self.draft.setText(f"Cheaper: &Draft, {format_usd(draft_micros)}")
        self.setVisible(True)

    @property
    def offers_resuming(self) -> bool:
        """The message above is that spending is paused."""
        return not self.isHidden() and not self.resume.isHidden()

    def clear(self) -> None:
        self.setVisible(False)
