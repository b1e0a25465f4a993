"""`FocusZones`: the keyboard goes from the canvas to the panels and back."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QToolBar,
    QWidget,
)
from shiboken6 import isValid


class FocusZones(QObject):
    """The middle of the window, each panel that can be seen and each tool bar are one zone. Who
    comes back to a zone finds what had the focus there; who comes first finds what the panel has
    made its focus proxy, or its first part."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last: dict[QWidget, QWidget] = {}
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        zones = self._zones()
        focused = QApplication.focusWidget()
        here = next((n for n, zone in enumerate(zones) if _holds(zone, focused)), None)
        first = (0 if way > 0 else len(zones) - 1) if here is None else here + way
        for number in range(len(zones)):
            zone = zones[(first + way * number) % len(zones)]
            target = self._target(zone)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _zones(self) -> list[QWidget]:
        """The middle first, then the panels from the top down, then the bars."""
        window = self._window
        middle = window.centralWidget()
        shown = middle.currentWidget() if isinstance(middle, QStackedWidget) else middle
        # A dock behind a tab counts as visible, but nothing of it is seen.
        docks = [
            dock
            for dock in window.findChildren(QDockWidget)
            if dock.isVisible() and not dock.visibleRegion().isEmpty()
        ]
        docks.sort(key=lambda dock: (dock.mapToGlobal(dock.rect().topLeft()).y(), dock.x()))
        bars = [bar for bar in window.findChildren(QToolBar) if bar.isVisible()]
        return [*([shown] if shown is not None else []), *docks, *bars]

    def _target(self, zone: QWidget) -> QWidget | None:
        last = self._last.get(zone)
        if last is not None and isValid(last) and _holds(zone, last) and _takes_focus(last):
            return last
        if _takes_focus(zone):
            return zone
        panel = zone.widget() if isinstance(zone, QDockWidget) else None
        chief = panel.focusProxy() if panel is not None else None
        if chief is not None and _takes_focus(chief):
            return chief
        at: QWidget | None = zone.nextInFocusChain()
        while at is not None and at is not zone:
            if _holds(zone, at) and _takes_focus(at):
                return at
            at = at.nextInFocusChain()
        return None

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if new is None:
            return
        for zone in self._zones():
            if _holds(zone, new):
                self._last[zone] = new


def _holds(zone: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (zone is widget or zone.isAncestorOf(widget))


def _takes_focus(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return takes_tab and widget.isEnabled() and widget.isVisible()
