"""`StatusLine`: tool, hint, position, size, zoom, spending and queue, in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer
from PySide6.QtWidgets import QSizePolicy, QStatusBar

from aipaint.pixels.rect import Rect
from aipaint.tools.tool import Tool
from aipaint.ui.announce import announce
from aipaint.ui.canvas.viewport import zoom_text
from aipaint.ui.money_wording import meter_text, queue_text
from aipaint.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from aipaint.generation.queue_view import QueueView
    from aipaint.ledger.status import BudgetStatus

_TOLD_MILLISECONDS = 6000


class StatusLine(QStatusBar):
    """Also what a screen reader and a script learn the state of the canvas from."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self.tool = _label("statusTool", "Tool")
        self.hint = _label("statusHint", "Hint")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.position = _label("statusPosition", "Position")
        self.size_ = _label("statusSize", "Picture size")
        self.zoom = _label("statusZoom", "Zoom")
        self.spend = _label("statusSpend", "Spending today")
        self.queue = _label("statusQueue", "Jobs")
        self.position.setMinimumWidth(96)
        self.addWidget(self.tool)
        self.addWidget(self.hint, 1)
        for label in (self.position, self.size_, self.zoom, self.spend, self.queue):
            self.addPermanentWidget(label)
        self._tool_hint = ""
        self._busy = ""
        self._told = ""
        self._forgetting = QTimer(self)
        self._forgetting.setSingleShot(True)
        self._forgetting.setInterval(_TOLD_MILLISECONDS)
        self._forgetting.timeout.connect(self._on_forgetting)
        self.show_zoom(1.0)
        self.show_position(None)
        self.queue.setText("No jobs")
        self._has_budget = False
        self.spend.setText("Starting…")

    def show_tool(self, tool: Tool) -> None:
        self.tool.setText(tool.label)
        self._tool_hint = tool.hint
        self._told = ""
        self._show_hint()

    def tell(self, sentence: str) -> None:
        """Something the user did has no visible effect, or needs a word; stays a few seconds."""
        self._told = sentence
        self._forgetting.start()
        self._show_hint()

    def show_busy(self, message: str) -> None:
        """What takes long at the moment, "" when nothing does."""
        self._busy = message
        self._show_hint()

    def show_position(self, where: QPointF | None) -> None:
        """The canvas pixel under the pointer, None while it is elsewhere."""
        text = f"{int(where.x() // 1)}, {int(where.y() // 1)}" if where is not None else "–"
        self.position.setText(text)

    def show_size(self, frame: Rect) -> None:
        self.size_.setText(f"{frame.width} × {frame.height}")

    def show_zoom(self, zoom: float) -> None:
        self.zoom.setText(zoom_text(zoom))

    def show_budget(self, status: "BudgetStatus") -> None:
        text = meter_text(status)
        if text and text != self.spend.text():
            is_first = not self._has_budget
            self._has_budget = True
            self.spend.setText(text)
            self.spend.setAccessibleName(f"Spending: {text}")
            if not is_first:
                announce(self.spend, text)

    def show_no_budget(self) -> None:
        """Nothing can be bought; the panels say why."""
        self.spend.setText("Nothing can be bought")

    def show_queue(self, view: "QueueView") -> None:
        text = queue_text(view)
        if text != self.queue.text():
            self.queue.setText(text)
            self.queue.setAccessibleName(f"Jobs: {text}")
            announce(self.queue, text)

    def _show_hint(self) -> None:
        self.hint.setText(f"{self._busy}…" if self._busy else self._told or self._tool_hint)

    def _on_forgetting(self) -> None:
        self._told = ""
        self._show_hint()


def _label(object_name: str, accessible_name: str) -> PlainLabel:
    label = PlainLabel()
    label.setObjectName(object_name)
    label.setToolTip(accessible_name)
    return label
