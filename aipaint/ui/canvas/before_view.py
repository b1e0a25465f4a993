"""`BeforeView`: the left half of the canvas shows what the right half does, without the result."""

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aipaint.ui.canvas.view import CanvasView

_WORD = "Before"
_AGAIN_MILLISECONDS = 30
_LINE = QColor(0, 0, 0, 200)
_LABEL_GROUND, _LABEL = QColor(0, 0, 0, 150), QColor(255, 255, 255)


class BeforeView(QWidget):
    """Lies over the canvas and moves, zooms and turns with it. Painting is done at the right."""

    def __init__(self, canvas: CanvasView) -> None:
        # Not of its viewport, which takes its children along when it scrolls.
        super().__init__(canvas)
        self._canvas = canvas
        self.setObjectName("beforeView")
        self.setAccessibleName("The picture before")
        self.setToolTip("The picture without the result; paint at the right")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setVisible(False)
        for signal in (canvas.view_port.moved, canvas.view_port.zoom_changed):
            signal.connect(self._on_view_changed)
        canvas.view_port.turned.connect(self._on_view_changed)

    def follow(self) -> None:
        """The canvas has another size."""
        place = self._canvas.viewport().geometry()
        place.setWidth(place.width() // 2)
        self.setGeometry(place)
        self.raise_()
        self.update()

    def _on_view_changed(self, *_: object) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what is seen here lies elsewhere on the canvas

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shift = self._canvas.viewport().width() - self.width()
        painter = QPainter(self)
        transform = self._canvas.viewportTransform()
        transform.setMatrix(
            transform.m11(), transform.m12(), transform.m13(),
            transform.m21(), transform.m22(), transform.m23(),
            transform.m31() - shift, transform.m32(), transform.m33(),
        )  # fmt: skip
        painter.setWorldTransform(transform)
        seen = transform.inverted()[0].mapRect(QRectF(self.rect()))
        self._canvas.drawBackground(painter, seen)
        option = QStyleOptionGraphicsItem()
        option.exposedRect = seen
        for item in (self._canvas.tile_item, self._canvas.frame_item):
            painter.save()
            item.paint(painter, option, self)
            painter.restore()
        painter.resetTransform()
        self._draw_words(painter)
        painter.end()
        if not self._canvas.tile_item.is_complete:
            QTimer.singleShot(_AGAIN_MILLISECONDS, self.update)  # tiles that were not made in time

    def _draw_words(self, painter: QPainter) -> None:
        painter.fillRect(self.width() - 2, 0, 2, self.height(), _LINE)
        size = painter.fontMetrics().size(0, _WORD)
        ground = QRectF(8, 8, size.width() + 16, size.height() + 8)
        painter.fillRect(ground, _LABEL_GROUND)
        painter.setPen(_LABEL)
        painter.drawText(ground.topLeft() + QPointF(8, 4 + painter.fontMetrics().ascent()), _WORD)
