"""A small window from which a file can be dragged: `python -m tests.flows.drag_source FILE`."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class DragSource(QLabel):
    """Starts a drag with the file's address as soon as the pressed mouse moves."""

    def __init__(self, path: str) -> None:
        super().__init__("drag me")
        self._path = path
        self.setWindowTitle("drag source")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resize(160, 90)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        del event
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._path)])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    source = DragSource(sys.argv[1])
    source.show()
    sys.exit(application.exec())
