"""`JobsPanel`: the queue, what waits in the inbox, and the newest jobs with what became of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.panels.news_bar import NewsBar
from aipaint.ui.panels.panel import Panel
from aipaint.ui.panels.queue_part import QueuePart
from aipaint.ui.widgets.empty_hint import EmptyHint

if TYPE_CHECKING:
    from aipaint.generation.job import JobView
    from aipaint.generation.queue_view import QueueView
    from aipaint.history.records import JobRecord

_ID_ROLE = Qt.ItemDataRole.UserRole
_LIMIT = 100
_STATUS = {
    "queued": ("Waiting", "clock"),
    "running": ("Running", "loader"),
    "succeeded": ("Done", "circle-check"),
    "failed": ("Failed", "circle-alert"),
    "blocked_budget": ("Blocked by the budget", "wallet"),
    "cancelled": ("Cancelled", "ban"),
    "unknown": ("Outcome unknown", "triangle-alert"),
}
_HELD = frozenset({"queued", "running", "unknown"})  # the estimate is set aside
OVER = frozenset({"succeeded", "failed", "blocked_budget", "cancelled", "unknown"})


class JobsPanel(Panel):
    """Earlier jobs come from the history, running ones from the queue's signals."""

    def __init__(self) -> None:
        super().__init__("jobsPanel", "Jobs")
        self._items: dict[str, QListWidgetItem] = {}
        self.recovered_bar = NewsBar("recoveredBar", "info", "&OK", "Put this away")
        self.recovered_bar.button.clicked.connect(self.recovered_bar.hide)
        self.inbox_bar = NewsBar(
            "inboxBar", "inbox", "Open &Inbox…", "Look at pictures that were paid and not used"
        )
        self.queue = QueuePart()
        self.list = QListWidget()
        self.list.setObjectName("jobList")
        self.list.setAccessibleName("Jobs")
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(18, 18))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty_hint = EmptyHint(
            self.list, "list-checks", "No jobs yet. Everything you generate is listed here."
        )
        for part in (self.recovered_bar, self.inbox_bar, self.queue):
            self.column.addWidget(part)
        self.column.addWidget(self.list, 1)

    def show_history(self, records: "Sequence[JobRecord]") -> None:
        """The newest first; jobs already on show stay as they are."""
        for record in records:
            if record.id not in self._items and len(self._items) < _LIMIT:
                item = self._add(record.id, at_top=False)
                message = (record.error or {}).get("message", "")
                _show(item, _title(record), record.status.value, _cost(record), message)

    def show_job(self, view: "JobView") -> None:
        """A job of this session began, moved on or ended."""
        item = self._items.get(view.id) or self._add(view.id, at_top=True)
        _show(item, view.label, view.status.value, _cost(view), view.message)

    def forget(self, job_ids: "Sequence[str]") -> None:
        """They were deleted."""
        for job_id in job_ids:
            item = self._items.pop(job_id, None)
            if item is not None:
                self.list.takeItem(self.list.row(item))

    def show_anew(self, records: "Sequence[JobRecord]") -> None:
        """Deleted jobs came back: each in its place again. What runs is shown by the queue."""
        self.forget([record.id for record in records])
        self.show_history(records)

    def show_queue(self, view: "QueueView") -> None:
        """What runs and waits stands above, with its buttons, and not twice."""
        self.queue.show_queue(view)
        open_ids = {job.id for job in (*view.running, *view.waiting)}
        for job_id, item in self._items.items():
            item.setHidden(job_id in open_ids)

    def _add(self, job_id: str, *, at_top: bool) -> QListWidgetItem:
        item = self._items[job_id] = QListWidgetItem()
        item.setData(_ID_ROLE, job_id)
        item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.list.insertItem(0 if at_top else self.list.count(), item)
        return item


def _show(item: QListWidgetItem, title: str, status: str, cost: str, message: str) -> None:
    words, icon_name = _STATUS[status]
    lines = [title, f"{words}, {cost}" if cost else words]
    if message and status != "succeeded":
        lines.append(message)
    text = "\n".join(lines)
    if item.text() != text:
        item.setText(text)
        item.setIcon(icon(icon_name))


def _title(record: "JobRecord") -> str:
    prompt = " ".join(record.prompt.split())[:60]
    verb = record.operation.capitalize()
    return f"{verb}: {prompt}" if prompt else verb


def _cost(job: "JobRecord | JobView") -> str:
    if job.actual_micros is not None:
        return format_usd(job.actual_micros) if job.actual_micros else "free"
    if job.status.value in _HELD and job.estimated_micros:
        return f"up to {format_usd(job.estimated_micros)}"
    return ""
