"""`OfflinePackCard`: what one model for the offline engine is, and how to get it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aipaint.providers.offline_pack_shelf import PackState
from aipaint.ui.widgets.fold import Fold
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton


class OfflinePackCard(QFrame):
    """Shows a state; `removal_wished` when its button is pressed."""

    removal_wished = Signal(str)  # the pack's id

    def __init__(self, state: PackState) -> None:
        super().__init__()
        record = state.record
        self._id = record.id
        self.setObjectName(f"pack_{record.id}")
        self.name = PlainLabel(record.label, Tone.STRONG)
        self.state = PlainLabel("", Tone.MUTED)
        self.state.setObjectName(f"packState_{record.id}")
        self.state.setAccessibleName(f"{record.label}: state")
        self.remove_button = PushButton("Remove")
        self.remove_button.setObjectName(f"packRemove_{record.id}")
        self.remove_button.setAccessibleName(f"Remove {record.label}")
        self.remove_button.setToolTip("Delete its files; they can be added again")
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(lambda: self.removal_wished.emit(self._id))
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.state, 1)
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(PlainLabel(record.about, wraps=True))
        size = f"{record.size_bytes / 1_000_000:.1f} MB"
        column.addWidget(PlainLabel(f"{size}, license {record.license}", Tone.MUTED, wraps=True))
        fold = Fold(f"packFold_{record.id}", "How to get it", _how(state))
        fold.button.setAccessibleName(f"Show how to get {record.label}")
        column.addWidget(fold)
        self.show_state(state)

    def show_state(self, state: PackState) -> None:
        """What is there may have changed."""
        text = state.sentence
        if state.is_added and state.library and state.record.install:
            text = f"{text}: {state.record.install}"
        self.state.setText(text)
        self.state.set_tone(Tone.NORMAL if state.is_ready else Tone.MUTED)
        self.remove_button.setVisible(len(state.missing) < len(state.record.files))


def _how(state: PackState) -> QWidget:
    record = state.record
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(16, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(PlainLabel(record.license_note, Tone.MUTED, wraps=True))
    column.addWidget(PlainLabel(f"Carried by the package {record.carrier}.", wraps=True))
    commands = [command for command in (*record.get, record.install) if command]
    for number, command in enumerate(commands):
        column.addLayout(_line(f"packCommand_{record.id}_{number}", "Command", command))
    for number, file in enumerate(record.files):
        column.addWidget(PlainLabel(f"SHA-256 of {file.name}", Tone.MUTED, wraps=True))
        column.addLayout(_line(f"packHash_{record.id}_{number}", "SHA-256", file.sha256))
    return content


def _line(object_name: str, what: str, text: str) -> QHBoxLayout:
    """A text to be copied."""
    edit = QLineEdit(text)
    edit.setReadOnly(True)
    edit.setCursorPosition(0)
    edit.setObjectName(object_name)
    edit.setAccessibleName(f"{what}: {text}")
    edit.setToolTip(what)
    button = PushButton("Copy")
    button.setObjectName(f"{object_name}_copy")
    button.setAccessibleName(f"Copy {text}")
    button.setToolTip("Copy to the clipboard")
    button.setAutoDefault(False)
    button.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    row = QHBoxLayout()
    row.addWidget(edit, 1)
    row.addWidget(button)
    return row
