"""About aipaint: version, what it is made with, where its data lives."""

import platform
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from aipaint import __version__
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

_MADE_WITH = (
    "Made with Qt and PySide6 (LGPL-3.0), NumPy (BSD), OpenCV (Apache-2.0), Pillow (MIT-CMU), "
    "HTTPX (BSD), peewee (MIT), keyring (MIT), PyPatchMatch (MIT) and Lucide icons (ISC)."
)


class AboutDialog(QDialog):
    """Text that can be selected and copied into a report."""

    def __init__(self, parent: QWidget, data_folder: Path) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle("About aipaint")
        self.setFixedWidth(440)
        facts = (
            f"Version {__version__}\n"
            f"Qt {qVersion()}, Python {platform.python_version()}\n"
            f"Data folder: {data_folder}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel("aipaint", Tone.TITLE))
        for text, tone in ((facts, Tone.NORMAL), (_MADE_WITH, Tone.MUTED)):
            label = PlainLabel(text, tone, wraps=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setAccessibleName("About aipaint")
            column.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        name_buttons(buttons)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
