"""`QueueList`: what runs and what waits, in order; rows are dragged or moved by keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from aipaint.ui.icons import icon
from aipaint.ui.money_wording import up_to

if TYPE_CHECKING:
    from aipaint.generation.queue_view import QueuedJob, QueueView

_ID_ROLE = Qt.ItemDataRole.UserRole
_SHARE_ROLE = Qt.ItemDataRole.UserRole + 1
_BAR = 3
_MOST_ROWS = 4
_ALT = Qt.KeyboardModifier.AltModifier


class QueueList(QListWidget):
    """Running jobs stand above those that wait; only these have a place that can be changed."""

    move_wanted = Signal(str, int)  # job id, place among those that wait
    pause_wanted = Signal(str)
    edit_wanted = Signal(str)
    cancel_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("queueList")
        self.setAccessibleName("Queue")
        self.setToolTip(
            "Drag a waiting job to another place, or Alt+Up and Alt+Down.\n"
            "Space holds it back or lets it go, Enter takes it back to be edited, Del cancels."
        )
        self.setWordWrap(True)
        self.setIconSize(QSize(18, 18))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_ProgressDelegate(self))
        self._running = 0
        self._jobs: tuple[QueuedJob, ...] = ()

    @property
    def current(self) -> "QueuedJob | None":
        """The chosen job."""
        row = self.currentRow()
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    @property
    def is_current_waiting(self) -> bool:
        return self._running <= self.currentRow() < len(self._jobs)

    @property
    def place(self) -> int:
        """Of the chosen job among those that wait."""
        return self.currentRow() - self._running

    def show_queue(self, view: "QueueView") -> None:
        """Rows are kept where their job is the same, so that a drag or a choice survives news."""
        chosen = self.current
        self._jobs = (*view.running, *view.waiting)
        self._running = len(view.running)
        self.blockSignals(True)
        while self.count() > len(self._jobs):
            self.takeItem(self.count() - 1)
        while self.count() < len(self._jobs):
            self.addItem(QListWidgetItem())
        for row, job in enumerate(self._jobs):
            self._show(self.item(row), job, is_running=row < self._running)
        rows = [row for row, job in enumerate(self._jobs) if chosen and job.id == chosen.id]
        if rows:
            self.setCurrentRow(rows[0])
        self.blockSignals(False)
        self.currentRowChanged.emit(self.currentRow())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        job, key = self.current, event.key()
        if job is None:
            super().keyPressEvent(event)
            return
        if self.is_current_waiting and event.modifiers() & _ALT:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
            if step:
                self.move_wanted.emit(job.id, max(0, self.place + step))
                return
        wanted = self._verb(key)
        if wanted is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            wanted(job.id)

    def dropEvent(self, event: QDropEvent) -> None:
        """The queue decides the order; the rows follow its news."""
        job = self.current
        index = self.indexAt(event.position().toPoint())
        below = self.DropIndicatorPosition.BelowItem
        row = index.row() if index.isValid() else self.count()
        if index.isValid() and self.dropIndicatorPosition() is below:
            row += 1
        # As if nothing had been dropped: Qt would take the row away that was moved.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if job is not None and self.is_current_waiting:
            place = max(0, row - self._running)
            self.move_wanted.emit(job.id, place - (1 if place > self.place else 0))

    def _verb(self, key: int) -> "Callable[[str], object] | None":
        if key == Qt.Key.Key_Delete:
            return self.cancel_wanted.emit
        if not self.is_current_waiting:
            return None
        if key == Qt.Key.Key_Space:
            return self.pause_wanted.emit
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.edit_wanted.emit
        return None

    def _show(self, item: QListWidgetItem, job: "QueuedJob", *, is_running: bool) -> None:
        text = "\n".join((job.label, ", ".join(filter(None, _facts(job, is_running)))))
        if item.text() != text:
            item.setText(text)
        name = "loader" if is_running else "pause" if job.is_paused else "clock"
        if item.data(_ID_ROLE) != (job.id, name):
            item.setData(_ID_ROLE, (job.id, name))
            item.setIcon(icon(name))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags if is_running else flags | Qt.ItemFlag.ItemIsDragEnabled)
        item.setData(_SHARE_ROLE, job.fraction if is_running else None)

    def _fit(self) -> None:
        """As tall as its jobs, up to a few; below them the list of earlier ones begins."""
        rows = min(self.count(), _MOST_ROWS)
        height = sum(max(self.sizeHintForRow(row), 40) for row in range(rows))
        self.setFixedHeight(height + 2 * self.frameWidth() + 8)


def _facts(job: "QueuedJob", is_running: bool) -> tuple[str, ...]:
    held = "left by an earlier session" if job.is_recovered else ""
    if is_running:
        share = f"{job.fraction:.0%}" if job.fraction is not None else ""
        return (job.message or "Running", share, up_to(job.estimated_micros))
    state = "Paused" if job.is_paused else "Waiting"
    return (state, held, up_to(job.estimated_micros))


class _ProgressDelegate(QStyledItemDelegate):
    """A thin bar at the foot of a running row; the percentage is in its text as well."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(_SHARE_ROLE)
        if share is None:
            return
        whole = QRect(option.rect).adjusted(6, 0, -6, -2)
        foot = QRectF(whole.left(), whole.bottom() - _BAR + 1, whole.width(), _BAR)
        painter.fillRect(foot, option.palette.color(QPalette.ColorRole.Mid))
        foot.setWidth(foot.width() * min(1.0, max(0.0, share)))
        painter.fillRect(foot, option.palette.color(QPalette.ColorRole.Accent))
