"""`StrokePreview`: what a brush would paint, drawn anew whenever it is changed."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aipaint.pixels.brush import Brush, Color
from aipaint.pixels.brush_preview import render_preview
from aipaint.pixels.tile import Pixels, image_over
from aipaint.tools.surroundings import Surroundings


class StrokePreview(QWidget):
    """Rendered on a worker; while one is rendered, only the newest of what is asked for waits."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.setObjectName("strokePreview")
        self.setAccessibleName("Stroke preview")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._surroundings = surroundings
        self._brush = Brush()
        self._drawn: QPixmap | None = None
        self._is_rendering = False
        self._is_stale = True

    @property
    def is_up_to_date(self) -> bool:
        """What is shown is what the brush is now."""
        return not self._is_stale and not self._is_rendering

    def set_brush(self, brush: Brush) -> None:
        if brush != self._brush:
            self._brush = brush
            self._forget()

    def sizeHint(self) -> QSize:
        return QSize(240, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._is_stale and not self._is_rendering:
            self._render()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(self.rect(), 6, 6)
        if self._drawn is not None:
            painter.drawPixmap(0, 0, self._drawn)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._forget()

    def _forget(self) -> None:
        self._is_stale = True
        self.update()

    def _render(self) -> None:
        self._is_stale, self._is_rendering = False, True
        ratio = self.devicePixelRatioF()
        size = screen_size(self.size(), ratio)
        ink = preview_ink(self)
        # A worker gets values only: the widget's own may be others by then.
        call = partial(render_preview, self._brush, size, ink)
        self._surroundings.run(call, partial(self._on_rendered, ratio))

    def _on_rendered(self, ratio: float, pixels: Pixels) -> None:
        self._is_rendering = False
        self._drawn = preview_pixmap(pixels, ratio)
        self.update()


def screen_size(size: QSize, ratio: float) -> tuple[int, int]:
    """Width and height in pixels of the screen, and never empty."""
    return max(8, round(size.width() * ratio)), max(8, round(size.height() * ratio))


def preview_ink(widget: QWidget) -> Color:
    """The color of the texts around it."""
    ink = widget.palette().color(QPalette.ColorRole.WindowText)
    return Color(ink.red(), ink.green(), ink.blue())


def preview_pixmap(pixels: Pixels, ratio: float) -> QPixmap:
    """A rendered preview as a pixmap. Main thread only."""
    pixmap = QPixmap.fromImage(image_over(pixels).copy())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
