"""`ToolOptions`: the place in the tool bar where each tool shows what can be set."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class ToolOptions(QStackedWidget):
    """One bar for several tools; tools without a bar of their own show the usual one."""

    def __init__(self, usual: QWidget) -> None:
        super().__init__()
        self.setObjectName("toolOptions")
        self._usual = usual
        self._bars: dict[str, QWidget] = {}
        self.addWidget(usual)

    def add(self, bar: QWidget, tool_ids: Iterable[str]) -> None:
        """These tools show this bar from now on."""
        self.addWidget(bar)
        self._bars.update(dict.fromkeys(tool_ids, bar))

    def show_tool(self, tool_id: str) -> None:
        """The bar of that tool, and no wider than it has to be."""
        self.setCurrentWidget(self._bars.get(tool_id, self._usual))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._bar().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._bar().minimumSizeHint()

    def _bar(self) -> QWidget:
        return self.currentWidget() or self._usual
