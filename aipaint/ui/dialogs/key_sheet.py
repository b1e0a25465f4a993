"""Help > Keys: everything a key, a button or the wheel does, to search and to read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from aipaint.ui.dialogs.fixed_keys import FIXED_KEYS
from aipaint.ui.dialogs.key_tree import KeyGroup, KeyRow, KeySearch, KeyTree
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton


class KeySheet(QDialog):
    """Lies beside the window, which goes on working."""

    change_wanted = Signal()

    def __init__(self, parent: QWidget, groups: Sequence[KeyGroup]) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 620)
        self.search = KeySearch("keySheetSearch", "Search keys")
        self.search.textChanged.connect(self._on_searched)
        self.tree = KeyTree("keySheetTree", "What the keys do", ("What it does", "Key"))
        self.tree.show_groups((*groups, *_fixed_groups()))
        self.search.left_downward.connect(self.tree.choose_first)
        self.none = PlainLabel("", Tone.MUTED)
        change = PushButton("Change &Keys…")
        change.setObjectName("changeKeysButton")
        change.setAutoDefault(False)
        change.clicked.connect(self.change_wanted)
        close = PushButton("&Close")
        close.setObjectName("keySheetCloseButton")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(change)
        row.addWidget(self.none, 1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        self.search.setFocus()

    def _on_searched(self, text: str) -> None:
        self.none.setText("" if self.tree.search(text) else "Nothing fits this search.")


def _fixed_groups() -> tuple[KeyGroup, ...]:
    return tuple(
        KeyGroup(title, tuple(KeyRow("", (entry.what, entry.how)) for entry in entries))
        for title, entries in FIXED_KEYS
    )
