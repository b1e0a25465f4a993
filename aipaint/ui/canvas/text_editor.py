"""`TextEditor`: the small field over the canvas that a text is typed in."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.pixels.text import LONGEST_TEXT
from aipaint.tools.text_tool import TextTool
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.viewport import Viewport
from aipaint.ui.widgets.push_button import PushButton

_GAP = 12
_SIZE = QSize(300, 116)


class TextEditor(QFrame):
    """Shown while a text is being typed, under it where there is room. The letters on the canvas
    are the preview; Ctrl+Enter or Done ends, Esc gives the text up."""

    def __init__(self, viewport: Viewport, toolbox: Toolbox) -> None:
        super().__init__(viewport.widget)
        self._ground = viewport.widget
        self._viewport = viewport
        self._toolbox = toolbox
        self.setObjectName("textEditor")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.resize(_SIZE)
        self.field = _Field(self)
        self.done = _button("textDoneButton", "Done", "Keep the text (Ctrl+Enter)")
        self.done.clicked.connect(self.finish)
        self.drop = _button("textCancelButton", "Cancel", "Give the text up (Esc)")
        self.drop.clicked.connect(self.give_up)
        self.field.textChanged.connect(self._on_typed)
        self._build()
        self.hide()
        viewport.moved.connect(self.follow)
        viewport.zoom_changed.connect(self.follow)

    def follow(self) -> None:
        """The tool began or ended a text, or moved it; or the view moved."""
        tool = self._tool
        if tool is None or not tool.is_busy:
            if self.isVisible():
                self.hide()
                self._ground.setFocus()
            return
        if self.field.toPlainText() != tool.text:
            self.field.setPlainText(tool.text)
            self.field.selectAll()
        self._place(tool)
        self.show()
        self.raise_()
        # A click on the text gives the keyboard to the canvas, where letters are shortcuts.
        canvas: tuple[QWidget | None, ...] = (None, self._ground, self._ground.parentWidget())
        if self.window().focusWidget() in canvas:
            self.field.setFocus()

    def finish(self) -> None:
        if self._tool is not None:
            self._tool.finish()

    def give_up(self) -> None:
        if self._tool is not None:
            self._tool.cancel()

    @property
    def _tool(self) -> TextTool | None:
        tool = self._toolbox.current
        return tool if isinstance(tool, TextTool) else None

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.drop)
        row.addWidget(self.done)
        column.addLayout(row)

    def _place(self, tool: TextTool) -> None:
        box, room = tool.bounds, self._ground.rect()
        below = self._viewport.from_canvas(QPointF(box.x, box.bottom)).toPoint()
        above = self._viewport.from_canvas(QPointF(box.x, box.y)).toPoint()
        top = below.y() + _GAP
        if top + self.height() > room.height():
            top = above.y() - _GAP - self.height()
        top = min(max(top, 4), max(4, room.height() - self.height() - 4))
        left = min(max(below.x(), 4), max(4, room.width() - self.width() - 4))
        self.move(QPoint(left, top))

    def _on_typed(self) -> None:
        if self._tool is not None:
            self._tool.set_text(self.field.toPlainText()[:LONGEST_TEXT])


class _Field(QPlainTextEdit):
    def __init__(self, editor: TextEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setObjectName("textField")
        self.setAccessibleName("Text")
        self.setPlaceholderText("Type here")
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        # The window has a meaning for Ctrl+Enter as well, which may cost money.
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and (_ends(event) or _gives_up(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _gives_up(event):
            self._editor.give_up()
        elif _ends(event):
            self._editor.finish()
        else:
            super().keyPressEvent(event)


def _ends(event: QKeyEvent) -> bool:
    has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return has_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _gives_up(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    return button
