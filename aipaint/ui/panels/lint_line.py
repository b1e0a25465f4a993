"""`LintLine`: that the answer will differ from what was asked, in one line beside the price."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton

from aipaint.ui.icons import icon
from aipaint.ui.widgets.plain_tip import plain_tip

_ICON = 16
_AROUND = 18  # rims and the space beside the icon


class LintLine(QToolButton):
    """Hidden while nothing differs. The first sentence as far as there is room, and how many more;
    a click shows them all."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: tuple[str, ...] = ()
        self.setObjectName("lintLine")
        self.setIcon(icon("info"))
        self.setIconSize(QSize(_ICON, _ICON))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("lint", "true")
        self.show_sentences(())

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """The weightiest first."""
        self._sentences = sentences
        everything = "\n".join(sentences)
        self.setAccessibleName("What will differ from what you ask for")
        self.setAccessibleDescription(everything)
        self.setToolTip(plain_tip(everything))
        self.setVisible(bool(sentences))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        more = f" (+{len(self._sentences) - 1})" if len(self._sentences) > 1 else ""
        first = self._sentences[0] if self._sentences else ""
        metrics = self.fontMetrics()
        room = self.width() - _ICON - _AROUND - metrics.horizontalAdvance(more)
        elided = metrics.elidedText(first, Qt.TextElideMode.ElideRight, max(0, room))
        self.setText(f"{elided}{more}".replace("&", "&&"))
