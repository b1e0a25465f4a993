"""Asks for the name under which a mask or a selection is kept with the document."""

from collections.abc import Collection

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

_LONGEST = 100


class AreaNameDialog(QDialog):
    """`name` is the answer, without blanks around it. Says when a name is taken already."""

    def __init__(self, parent: QWidget, title: str, taken: Collection[str]) -> None:
        super().__init__(parent)
        self.setObjectName("areaNameDialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(340)
        self._taken = taken
        self.edit = QLineEdit(_free_name(taken))
        self.edit.setObjectName("areaNameEdit")
        self.edit.setAccessibleName("Name")
        self.edit.setMaxLength(_LONGEST)
        self.edit.selectAll()
        self.edit.textChanged.connect(self._refresh)
        label = QLabel("&Name")
        label.setBuddy(self.edit)
        self._note = PlainLabel("", Tone.MUTED, wraps=True)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._keep = buttons.button(kinds.Ok)
        self._keep.setObjectName("areaKeepButton")
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops add pictures of their own
        name_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        for part in (label, self.edit, self._note, buttons):
            column.addWidget(part)
        self._refresh()

    @property
    def name(self) -> str:
        return self.edit.text().strip()

    def _refresh(self) -> None:
        is_taken = self.name in self._taken
        self._keep.setEnabled(bool(self.name))
        self._keep.setText("Replace" if is_taken else "Keep")
        self._note.setText(
            "There is one of that name; it will be replaced."
            if is_taken
            else "It is saved with the document and serves as mask or as selection."
        )


def _free_name(taken: Collection[str]) -> str:
    number = 1
    while f"Area {number}" in taken:
        number += 1
    return f"Area {number}"
