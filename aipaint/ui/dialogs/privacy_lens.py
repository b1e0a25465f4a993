"""`PrivacyLens`: exactly what would leave this computer, before it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.outgoing import Outgoing, OutgoingPicture

_SIZE = QSize(820, 620)
_LIST_WIDTH = 200
_THUMBNAIL = 72


class PrivacyLens(QDialog):
    """Pictures at the left, the chosen one in full beside them, texts under it. Sends nothing."""

    def __init__(self, parent: QWidget, outgoing: "Outgoing") -> None:
        super().__init__(parent)
        self.setObjectName("privacyLens")
        self.setWindowTitle("What will be sent")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE.boundedTo(parent.screen().availableGeometry().size()))
        self._pictures = outgoing.pictures
        self._pixmap = QPixmap()
        self.headline = PlainLabel(_headline(outgoing), Tone.STRONG, wraps=True)
        self.headline.setObjectName("lensHeadline")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.headline)
        if self._pictures:
            column.addLayout(self._build_pictures(), 1)
        column.addWidget(_texts(outgoing))
        notes = PlainLabel("\n".join(_notes(outgoing)), Tone.MUTED, wraps=True)
        notes.setObjectName("lensNotes")
        column.addWidget(notes)
        column.addLayout(self._foot())
        if self._pictures:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

    def _build_pictures(self) -> QHBoxLayout:
        self.list = QListWidget()
        self.list.setObjectName("lensList")
        self.list.setAccessibleName("Pictures that would be sent")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setIconSize(QSize(_THUMBNAIL, _THUMBNAIL))
        for each in self._pictures:
            item = QListWidgetItem(_pixmap(each), each.label)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.label}, {each.note}")
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_row)
        self.view = QLabel()
        self.view.setObjectName("lensView")
        self.view.setAccessibleName("The picture as it would be sent")
        self.view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidget(self.view)
        self._area.setWidgetResizable(True)
        self._area.viewport().installEventFilter(self)
        self.note = PlainLabel("", Tone.MUTED, wraps=True)
        self.note.setObjectName("lensPictureNote")
        self.full = CheckBox("&Every pixel")
        self.full.setObjectName("lensFullCheck")
        self.full.setToolTip("Show it at 100 %, to be scrolled")
        self.full.toggled.connect(self._draw)
        right, row = QVBoxLayout(), QHBoxLayout()
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.full)
        right.addWidget(self._area, 1)
        right.addLayout(foot)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        close = PushButton("&Close")
        close.setObjectName("lensCloseButton")
        close.setToolTip("Nothing is sent (Esc)")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _on_row(self, row: int) -> None:
        each = self._pictures[row]
        self._pixmap = _pixmap(each)
        self.note.setText(each.note)
        self.view.setAccessibleDescription(each.note)
        self._draw()

    def _draw(self) -> None:
        if self._pixmap.isNull() or not self._pictures:
            return
        room = self._area.viewport().size() - QSize(4, 4)
        fits = self._pixmap.width() <= room.width() and self._pixmap.height() <= room.height()
        if self.full.isChecked() or fits:
            self.view.setPixmap(self._pixmap)
            return
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self.view.setPixmap(self._pixmap.scaled(room, ratio, smooth))


def _pixmap(each: "OutgoingPicture") -> QPixmap:
    pixmap = QPixmap()
    pixmap.loadFromData(each.image.png)
    return pixmap


def _headline(outgoing: "Outgoing") -> str:
    if not outgoing.host:
        return f"Nothing leaves this computer: {outgoing.provider} works here."
    count = sum(each.is_sent for each in outgoing.pictures)
    what = f"{count} picture{'' if count == 1 else 's'}" if count else "No picture"
    size = f" ({outgoing.byte_count / 1024:,.0f} KB)" if count else ""
    return f"{what}{size} and these words go to {outgoing.host} ({outgoing.provider})."


def _texts(outgoing: "Outgoing") -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(outgoing.texts):
        grid.addWidget(PlainLabel(name, Tone.MUTED), row, 0, Qt.AlignmentFlag.AlignTop)
        label = PlainLabel(text, wraps=True)
        label.setObjectName(f"lens_{name.lower().replace(' ', '_')}")
        label.setAccessibleName(name)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)
    area = QScrollArea()
    area.setWidget(box)
    area.setWidgetResizable(True)
    area.setMinimumHeight(min(140, box.sizeHint().height()))
    area.setMaximumHeight(160)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _notes(outgoing: "Outgoing") -> list[str]:
    notes = list(outgoing.warnings)
    if outgoing.pictures:
        notes.append("Pictures are sent as pixels alone: place, time and camera stay here.")
    if outgoing.has_hidden:
        notes.append("What is never to be sent was filled; it comes back untouched.")
    if outgoing.host:
        notes.append("The key goes to this host and to nobody else.")
    return notes
