"""`InboxDialog`: pictures that were paid and that nobody used: apply, open, discard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.money_wording import at_time, pictures_text
from aipaint.ui.widgets.empty_hint import EmptyHint
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aipaint.generation.inbox import InboxItem

_THUMBNAIL = QSize(128, 96)


class InboxDialog(QDialog):
    """Stays open beside the window. Nothing in it costs anything."""

    apply_wanted = Signal(str)
    open_wanted = Signal(object)  # Path
    discard_wanted = Signal(str)
    keep_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inboxDialog")
        self.setWindowTitle("Inbox: paid, not used")
        self.resize(620, 460)
        self._items: tuple[InboxItem, ...] = ()
        self._discarded = ""
        self.list = QListWidget()
        self.list.setObjectName("inboxList")
        self.list.setAccessibleName("Paid, not used")
        self.list.setIconSize(_THUMBNAIL)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setSpacing(2)
        self.list.currentRowChanged.connect(self._refresh)
        self.empty_hint = EmptyHint(
            self.list, "inbox", "Nothing here: everything that was paid was used or discarded."
        )
        self.message = PlainLabel("", Tone.MUTED, wraps=True)
        self.message.setObjectName("inboxMessage")
        self._make_buttons()
        self._lay_out()
        self._refresh()

    def show_items(self, items: "Sequence[InboxItem]") -> None:
        """The newest first; the choice stays where it can."""
        chosen = self._current
        self._items = tuple(items)
        self.list.blockSignals(True)
        self.list.clear()
        for item in self._items:
            self.list.addItem(_row(item))
        self.list.blockSignals(False)
        ids = [item.job_id for item in self._items]
        row = ids.index(chosen.job_id) if chosen and chosen.job_id in ids else 0
        self.list.setCurrentRow(row if ids else -1)
        self.empty_hint.refresh()
        self._refresh()

    @property
    def _current(self) -> "InboxItem | None":
        row = self.list.currentRow()
        return self._items[row] if 0 <= row < len(self._items) else None

    def _make_buttons(self) -> None:
        self.apply = _button("inboxApplyButton", "layers-plus", "&Apply as Layer")
        self.apply.clicked.connect(self._on_apply)
        self.open_ = _button("inboxOpenButton", "folder-open", "&Open as Document")
        self.open_.clicked.connect(self._on_open)
        self.discard = _button("inboxDiscardButton", "trash", "&Discard")
        self.discard.clicked.connect(self._on_discard)
        self.undo = _button("inboxUndoButton", "undo-2", "&Undo Discard")
        self.undo.setToolTip("Put it back into the inbox")
        self.undo.clicked.connect(self._on_undo)
        self.close_ = _button("inboxCloseButton", "x", "&Close")
        self.close_.clicked.connect(self.close)

    def _lay_out(self) -> None:
        side, row, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for button in (self.apply, self.open_, self.discard):
            side.addWidget(button)
        side.addStretch(1)
        side.addWidget(self.undo)
        side.addWidget(self.close_)
        row.setSpacing(16)
        row.addWidget(self.list, 1)
        row.addLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.message)

    def _refresh(self) -> None:
        item = self._current
        can_open = item is not None and item.can_open
        self.apply.setEnabled(can_open)
        self.open_.setEnabled(can_open)
        self.discard.setEnabled(item is not None)
        self.undo.setVisible(bool(self._discarded))
        tip = "" if can_open or item is None else "It is not a picture that can be read"
        self.apply.setToolTip(tip or "In its place on the picture, as a layer; costs nothing")
        self.open_.setToolTip(tip or "As it came, in place of the document that is open")
        cost = f" ({format_usd(item.cost_micros)})" if item is not None else ""
        self.discard.setText(f"&Discard{cost}")
        self.discard.setToolTip("Out of the inbox; its files stay with the job in the history")

    def _on_apply(self) -> None:
        item = self._current
        if item is not None and item.can_open:
            self.message.setText(f"{item.label}: put on the picture.")
            self.apply_wanted.emit(item.job_id)

    def _on_open(self) -> None:
        item = self._current
        paths = [path for path in item.pictures if path.suffix != ".bin"] if item else []
        if paths:
            self.open_wanted.emit(paths[0])

    def _on_discard(self) -> None:
        item = self._current
        if item is not None:
            self._discarded = item.job_id
            cost = format_usd(item.cost_micros)
            self.message.setText(f"{item.label}: discarded, {cost} paid. Its file is kept.")
            self.discard_wanted.emit(item.job_id)
            self._refresh()

    def _on_undo(self) -> None:
        job_id, self._discarded = self._discarded, ""
        self.message.setText("It is back.")
        self.keep_wanted.emit(job_id)
        self._refresh()


def _row(item: "InboxItem") -> QListWidgetItem:
    facts = f"{format_usd(item.cost_micros)}, {pictures_text(len(item.pictures))}"
    text = f"{item.label}\n{facts}, {at_time(item.when_micros)}\n{item.why}"
    row = QListWidgetItem(text)
    pixmap = QPixmap(str(item.thumbnail)) if item.thumbnail is not None else QPixmap()
    if pixmap.isNull():
        row.setIcon(icon("image"))
    else:
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        row.setIcon(QIcon(pixmap.scaled(_THUMBNAIL, ratio, smooth)))
    row.setSizeHint(QSize(0, _THUMBNAIL.height() + 12))
    return row


def _button(object_name: str, icon_name: str, text: str) -> QPushButton:
    button = PushButton(icon(icon_name), text)
    button.setObjectName(object_name)
    button.setAutoDefault(False)
    return button
