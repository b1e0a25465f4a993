"""A real canvas view on Qt's offscreen platform, painted and waited for."""

from PySide6.QtWidgets import QApplication

from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.canvas_bounds import to_qrectf
from aipaint.ui.canvas.view import CanvasView

_WIDTH, _HEIGHT = 1600, 1000


class Stage:
    """`paint` lets Qt deliver what waits; the view repaints what the document's change names."""

    def __init__(self, picture: Picture, zoom: float) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self._application = application
        self.document = Document(picture)
        self.view = CanvasView(self.document, Toolbox(self.document))
        self.view.resize(_WIDTH, _HEIGHT)
        self.view.show()
        self.paint()
        self.view.view_port.set_zoom(zoom)
        self.view.centerOn(to_qrectf(picture.frame).center())
        self.finish()

    def paint(self) -> None:
        self._application.processEvents()

    def finish(self) -> None:
        """Until nothing that is shown waits to be made."""
        self.paint()
        while not self.view.tile_item.is_complete:
            self.paint()

    def repaint(self) -> None:
        """All of the view, now."""
        self.view.viewport().repaint()

    def close(self) -> None:
        self.view.close()
        self.view.deleteLater()
        self.paint()
