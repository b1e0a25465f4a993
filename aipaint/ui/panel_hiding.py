"""`PanelHiding`: all panels and tool bars away, and back as they were."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar


class PanelHiding:
    """The menu bar and the status bar stay: they tell how to get the rest back. So does `staying`,
    where results wait for a decision."""

    def __init__(self, window: QMainWindow, staying: QDockWidget) -> None:
        self._window = window
        self._staying = staying
        self._layout = QByteArray()

    def hide(self) -> None:
        """What is there goes; a panel that opens later on stays until the others come back."""
        if not self._layout.isEmpty():
            return
        self._layout = self._window.saveState()
        for bar in self._window.findChildren(
            QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            bar.hide()
        for dock in self._window.findChildren(QDockWidget):
            if dock is not self._staying:
                dock.hide()

    def show(self) -> None:
        """Back to where they were, as large as they were, the same ones in front."""
        if self._layout.isEmpty():
            return
        layout, self._layout = self._layout, QByteArray()
        is_staying_shown = not self._staying.isHidden()
        self._window.restoreState(layout)
        self._staying.setVisible(is_staying_shown)
