"""`RefineBox`: the idea, the button that has it worded, and the answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aipaint.ui.icons import icon
from aipaint.ui.panels.generate_wording import price_text
from aipaint.ui.panels.panel import GAP, field_label
from aipaint.ui.panels.refine_result import RefineResult
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.plain_tip import plain_tip
from aipaint.ui.widgets.prompt_edit import PromptEdit
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.generator import Quote


class RefineBox(QWidget):
    """Only its button asks; no key that is pressed in the field does."""

    intent_changed = Signal()
    refine_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quote: Quote | None = None
        self._why_not = "Starting…"
        self._is_running = False
        self.intent_edit = PromptEdit("intentEdit", "Idea", lines=1)
        self.intent_edit.setPlaceholderText("A few words to make a prompt of")
        self.intent_edit.textChanged.connect(self.intent_changed)
        self.refine_button = PushButton(icon("wand-sparkles"), "Refine")
        self.refine_button.setObjectName("refineButton")
        self.refine_button.setAutoDefault(False)
        self.refine_button.setAutoRepeat(False)
        self.refine_button.clicked.connect(self.refine_wanted)
        self.cancel_button = PushButton("Cance&l")
        self.cancel_button.setObjectName("refineCancelButton")
        self.cancel_button.setAccessibleName("Cancel refining")
        self.cancel_button.setToolTip("Stop it. What was sent already may be charged.")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.note = PlainLabel("", Tone.DANGER, wraps=True)
        self.note.setObjectName("refineNote")
        self.note.setAccessibleName("Message about refining")
        self.result = RefineResult()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(GAP)
        row.addWidget(field_label("&Idea", self.intent_edit), 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.refine_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.intent_edit)
        column.addWidget(self.note)
        column.addWidget(self.result)
        self._show_state()

    @property
    def intent(self) -> str:
        return self.intent_edit.text.strip()

    @property
    def can_refine(self) -> bool:
        return self.refine_button.isEnabled()

    def show_quote(self, quote: "Quote | None", why_not: str = "") -> None:
        """What a click costs, or why there is nothing to click."""
        self._quote = quote
        self._why_not = why_not or (quote.problem if quote is not None else "")
        self._show_state()

    def show_running(self, is_running: bool) -> None:
        self._is_running = is_running
        if is_running:
            self.tell("")
        self._show_state()

    def tell(self, text: str) -> None:
        """What went wrong; "" takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancel_wanted.emit()

    def _show_state(self) -> None:
        estimate = self._quote.estimate if self._quote is not None else None
        price = f" — {price_text(estimate.micros)}" if estimate is not None else ""
        text = "Refining…" if self._is_running else f"Refine{price}"
        is_ready = bool(self.intent) and estimate is not None and not self._why_not
        self.refine_button.setText(text)
        self.refine_button.setAccessibleName(text)
        self.refine_button.setEnabled(is_ready and not self._is_running)
        usual = "Have a language model word it, at the price shown; your prompt stays (Ctrl+Alt+R)"
        missing = self._why_not or ("" if self.intent else "Write down an idea first")
        self.refine_button.setToolTip(plain_tip(missing or usual))
        self.refine_button.setAccessibleDescription(missing or usual)
        self.cancel_button.setVisible(self._is_running)
        self.cancel_button.setEnabled(True)
        self.note.setVisible(bool(self.note.text()))
