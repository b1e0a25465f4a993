"""`EnvelopeRows`: limits of single projects and providers, to be added, changed and removed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from aipaint.ui.icons import icon
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.money_edit import MoneyEdit
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.settings.settings import EnvelopeSetting

_KINDS = (("Project, in all", "project"), ("Provider, a month", "provider"))


class EnvelopeRows(QWidget):
    """An envelope of 0 lets nothing through."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._count = 0
        self.add = PushButton(icon("plus"), "Add &Envelope")
        self.add.setObjectName("addEnvelopeButton")
        self.add.setToolTip("Limit what one project or one provider may cost")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self._column = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addLayout(foot)

    def show_envelopes(self, envelopes: "Sequence[EnvelopeSetting]") -> None:
        for row in list(self._rows):
            self._remove(row)
        for envelope in envelopes:
            row = self._new()
            row.kind.setCurrentIndex(row.kind.findData(envelope.kind))
            row.name.setText(envelope.name)
            row.amount.show_micros(envelope.micros)

    def envelopes(self) -> "tuple[EnvelopeSetting, ...]":
        """Raises SettingsError for a name or amount that cannot be used."""
        from aipaint.settings.stored_envelopes import checked_envelope

        return tuple(
            checked_envelope(str(row.kind.currentData()), row.name.text().strip(), row.amount.usd)
            for row in self._rows
        )

    def _on_add(self) -> None:
        self._new().name.setFocus()
        self.changed.emit()

    def _new(self) -> "_Row":
        self._count += 1
        row = _Row(self._count)
        row.kind.currentIndexChanged.connect(self.changed)
        row.name.textChanged.connect(self.changed)
        row.amount.textChanged.connect(self.changed)
        row.remove.clicked.connect(lambda: self._on_remove(row))
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def _on_remove(self, row: "_Row") -> None:
        self._remove(row)
        self.changed.emit()

    def _remove(self, row: "_Row") -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.setParent(None)
        row.deleteLater()


class _Row(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.kind = ComboBox(f"envelopeKind{number}", "What the envelope is for")
        self.kind.setToolTip("What the envelope is for")
        for text, value in _KINDS:
            self.kind.addItem(text, value)
        self.name = QLineEdit()
        self.name.setObjectName(f"envelopeName{number}")
        self.name.setAccessibleName("Name of the project or provider")
        self.name.setPlaceholderText("Name")
        self.name.setToolTip("A project is called like its file: Poster for Poster.ora")
        self.amount = MoneyEdit(f"envelopeAmount{number}", "Limit of the envelope")
        self.remove = QToolButton()
        self.remove.setObjectName(f"envelopeRemove{number}")
        self.remove.setIcon(icon("trash"))
        self.remove.setAccessibleName("Remove the envelope")
        self.remove.setToolTip("Remove the envelope")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind, 1)
        row.addWidget(self.name, 1)
        row.addWidget(self.amount)
        row.addWidget(self.remove)
