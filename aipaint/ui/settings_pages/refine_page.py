"""`RefinePage`: the model that words prompts, and what it is told."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout

from aipaint.errors import AipaintError
from aipaint.ui.settings_pages.page import SettingsPage
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.prompt_edit import PromptEdit
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.settings.settings import Settings

_LINES = 9
RefineTexts = Mapping[str, str | None]


class RefinePage(SettingsPage):
    """`usual` brings our own instructions; `keep` puts a change down behind the page."""

    title = "Refine"
    icon_name = "wand-sparkles"

    def __init__(
        self,
        read: "Callable[[], Settings]",
        usual: Callable[[], str],
        keep: Callable[[RefineTexts], None],
    ) -> None:
        super().__init__()
        self._read, self._usual, self._keep = read, usual, keep
        self._settings: Settings | None = None
        self.message = PlainLabel("", Tone.DANGER, wraps=True)
        self.message.setObjectName("refinePageMessage")
        self.message.setVisible(False)
        self.model = QLineEdit()
        self.model.setObjectName("refineModelEdit")
        self.model.setAccessibleName("Model that words prompts")
        self.model.setToolTip("A cheap one is enough. Other services use their own usual one")
        self.model.textEdited.connect(self.changed)
        self.note = PlainLabel("", Tone.MUTED, wraps=True)
        self.instructions = PromptEdit("refineInstructionsEdit", "What it is told", lines=_LINES)
        self.instructions.setToolTip("Sent before every idea; it counts for the price")
        self.instructions.textChanged.connect(self._on_text)
        self.reset = PushButton("Use &Ours")
        self.reset.setObjectName("refineResetButton")
        self.reset.setToolTip("Back to the instructions that came with aipaint")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._on_reset)
        form, column = QFormLayout(), QVBoxLayout(self)
        form.addRow("&Model", self.model)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.message)
        column.addLayout(form)
        for part in (self.note, PlainLabel("What it is told", Tone.MUTED), self.instructions):
            column.addWidget(part)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def load(self) -> None:
        try:
            settings = self._settings = self._read()
        except AipaintError as error:
            self._say(str(error))
            return
        self._say("")
        self.blockSignals(True)
        self.model.setText(settings.refine_model)
        is_fixed = settings.is_fixed("refine_model")
        self.model.setEnabled(not is_fixed)
        self.note.setText(
            "The model comes from the environment (AIE_REFINE_MODEL)." if is_fixed else ""
        )
        self.note.setVisible(is_fixed)
        self.instructions.setPlainText(settings.refine_instructions or self._usual())
        self.blockSignals(False)
        self._show_reset()

    def save(self) -> bool:
        if self._settings is None:
            return False
        texts: dict[str, str | None] = {}
        model = self.model.text().strip()
        if model != self._settings.refine_model and not self._settings.is_fixed("refine_model"):
            texts["refine_model"] = model or None
        told = self.instructions.text.strip()
        wanted = "" if told == self._usual().strip() else told
        if wanted != self._settings.refine_instructions.strip():
            texts["refine_instructions"] = wanted or None
        try:
            # Imported when asked for: no start waits for a dialog.
            from aipaint.settings.with_changes import with_changes

            with_changes(self._settings, texts)
        except AipaintError as error:
            self._say(str(error))
            return False
        if texts:
            self._keep(texts)
        return True

    def _on_text(self) -> None:
        self._show_reset()
        self.changed.emit()

    def _on_reset(self) -> None:
        self.instructions.setPlainText(self._usual())

    def _show_reset(self) -> None:
        self.reset.setEnabled(self.instructions.text.strip() != self._usual().strip())

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
