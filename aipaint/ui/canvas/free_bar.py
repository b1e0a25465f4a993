"""`FreeBar`: candidate 0, made here for free, offered on the canvas while the mask is painted."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from aipaint.ui.icons import icon
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

_THUMBNAIL = QSize(96, 64)
_MARGIN = 12


class FreeBar(QFrame):
    """Lies over the canvas, so that nothing moves when it comes. The canvas goes on beside it."""

    look_wanted = Signal()
    apply_wanted = Signal()
    closed = Signal()

    def __init__(self, canvas: QAbstractScrollArea) -> None:
        super().__init__(canvas)
        self._over = canvas.viewport()
        self.setObjectName("freeBar")
        self.setAccessibleName("Free result")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._over.installEventFilter(self)
        self.picture = PlainLabel()
        self.picture.setFixedSize(_THUMBNAIL)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.look = _button("freeLookButton", "eye", "&Look", "Show it in its place")
        self.look.clicked.connect(self.look_wanted)
        self.apply = _button("freeApplyButton", "check", "Appl&y", "Keep it as a new layer; free")
        self.apply.clicked.connect(self.apply_wanted)
        self.close_ = _button("freeCloseButton", "x", "", "Not this time")
        self.close_.setAccessibleName("Put the free result away")
        self.close_.clicked.connect(self.closed)
        self._lay_out()
        self.setVisible(False)

    def show_picture(self, jpeg: bytes) -> None:
        """Offer it, or another one instead."""
        pixmap = QPixmap()
        pixmap.loadFromData(jpeg)
        if not pixmap.isNull():
            ratio = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixmap.scaled(_THUMBNAIL, ratio, smooth))
        self.setVisible(True)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(PlainLabel("Without the model", Tone.STRONG))
        texts.addWidget(PlainLabel("free, made here", Tone.MUTED))
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.picture)
        row.addLayout(texts)
        for button in (self.look, self.apply, self.close_):
            row.addWidget(button)

    def _place(self) -> None:
        """In the middle at the bottom, where a tool is least in the way."""
        self.adjustSize()
        over = self._over.geometry()
        left = over.x() + (over.width() - self.width()) // 2
        self.move(max(over.x(), left), over.bottom() - self.height() - _MARGIN)
        self.raise_()


def _button(object_name: str, icon_name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(icon(icon_name), text)
    button.setObjectName(object_name)
    button.setToolTip(tip)
    # The keys stay with the canvas; Tab still gets here.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
