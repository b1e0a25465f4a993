"""`FlyoutButton`: one place in a tool bar for several tools; the last one used is in front."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton


class FlyoutButton(QToolButton):
    """A click takes the tool in front; held down, or by the right button, it lists all."""

    def __init__(self, object_name: str, title: str, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        menu = QMenu(title, self)
        menu.setObjectName(f"{object_name}.menu")
        menu.setToolTipsVisible(False)
        for action in actions:
            menu.addAction(action)
            action.toggled.connect(self._on_toggled)
            action.changed.connect(self._on_changed)
        self._title = title
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        self._put_in_front(actions[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.RightButton:
            self.menu().popup(self.mapToGlobal(QPoint(self.width(), 0)))
            return
        super().mousePressEvent(event)

    def _on_toggled(self, is_on: bool) -> None:
        action = self.sender()
        if is_on and isinstance(action, QAction):
            self._put_in_front(action)

    def _on_changed(self) -> None:
        # Its keys may be others now; Qt has put the plain tip there.
        if self.sender() is self.defaultAction():
            self._put_in_front(self.defaultAction())

    def _put_in_front(self, action: QAction) -> None:
        self.setDefaultAction(action)
        self.setToolTip(f"{action.toolTip()}\nHold for more: {self._title}")
        self.setAccessibleName(f"{self._title}: {action.text().replace('&', '')}")
