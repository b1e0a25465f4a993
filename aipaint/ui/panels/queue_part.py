"""`QueuePart`: the queue with its price and its buttons; hidden while nothing runs or waits."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.money_wording import queue_text
from aipaint.ui.panels.panel import GAP
from aipaint.ui.panels.queue_list import QueueList
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

if TYPE_CHECKING:
    from aipaint.generation.queue_view import QueueView


class QueuePart(QWidget):
    """Says what is wanted; the order itself is the generator's."""

    move_wanted = Signal(str, int)
    pause_wanted = Signal(str, bool)  # job id, hold back or let go
    edit_wanted = Signal(str)
    cancel_wanted = Signal(str)
    pause_all_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel("", Tone.STRONG, wraps=True)
        self.title.setObjectName("queueTitle")
        self.title.setAccessibleName("Queue: total")
        self.list = QueueList()
        self.list.currentRowChanged.connect(self._refresh)
        self.list.move_wanted.connect(self.move_wanted)
        self.list.edit_wanted.connect(self.edit_wanted)
        self.list.cancel_wanted.connect(self.cancel_wanted)
        self.list.pause_wanted.connect(self._on_pause)
        self._make_buttons()
        top, row, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.title, 1)
        top.addWidget(self.pause_all)
        for button in (self.up, self.down, self.pause, self.edit, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addLayout(top)
        column.addWidget(self.list)
        column.addLayout(row)
        self.setVisible(False)

    def show_queue(self, view: "QueueView") -> None:
        words = queue_text(view)
        cost = view.cost_micros
        self.title.setText(f"{words}, together up to {format_usd(cost)}" if cost else words)
        at_once = view.paid_at_once
        self.title.setToolTip(
            f"{'One paid job runs' if at_once == 1 else f'Up to {at_once} paid jobs run'} at once: "
            "Settings, Budget"
        )
        self.pause_all.setChecked(view.is_paused)
        self.list.show_queue(view)
        has_jobs = bool(view.running or view.waiting)
        self.setVisible(has_jobs or view.is_paused)
        for part in (self.list, self.up, self.down, self.pause, self.edit, self.cancel):
            part.setVisible(has_jobs)
        self._refresh()

    def _make_buttons(self) -> None:
        self.up = _button("queueUpButton", "arrow-up", "Start it earlier (Alt+Up)")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down = _button("queueDownButton", "arrow-down", "Start it later (Alt+Down)")
        self.down.clicked.connect(lambda: self._move(1))
        self.pause = _button("queuePauseButton", "pause", "Hold the job back (Space)")
        self.pause.clicked.connect(self._on_pause)
        self.edit = _button("queueEditButton", "file-pen", "Take it back to be edited (Enter)")
        self.edit.clicked.connect(self._on_edit)
        self.cancel = _button("queueCancelButton", "ban", "Cancel the job (Del)")
        self.cancel.clicked.connect(self._on_cancel)
        self.pause_all = _button("queuePauseAllButton", "octagon-pause", "Pause the whole queue")
        self.pause_all.setCheckable(True)
        self.pause_all.clicked.connect(self.pause_all_wanted)

    def _move(self, step: int) -> None:
        job = self.list.current
        if job is not None and self.list.is_current_waiting:
            self.move_wanted.emit(job.id, max(0, self.list.place + step))

    def _on_pause(self) -> None:
        job = self.list.current
        if job is not None and self.list.is_current_waiting:
            self.pause_wanted.emit(job.id, not job.is_paused)

    def _on_edit(self) -> None:
        job = self.list.current
        if job is not None and self.list.is_current_waiting:
            self.edit_wanted.emit(job.id)

    def _on_cancel(self) -> None:
        job = self.list.current
        if job is not None:
            self.cancel_wanted.emit(job.id)

    def _refresh(self) -> None:
        job, is_waiting = self.list.current, self.list.is_current_waiting
        is_held = job is not None and job.is_paused
        self.up.setEnabled(is_waiting and self.list.place > 0)
        self.down.setEnabled(is_waiting and self.list.currentRow() < self.list.count() - 1)
        self.pause.setEnabled(is_waiting)
        self.pause.setIcon(icon("play" if is_held else "pause"))
        words = "Let the job start (Space)" if is_held else "Hold the job back (Space)"
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)
        self.edit.setEnabled(is_waiting)
        self.cancel.setEnabled(job is not None)
        whole = "Let the queue go on" if self.pause_all.isChecked() else "Pause the whole queue"
        self.pause_all.setToolTip(whole)
        self.pause_all.setAccessibleName(whole)


def _button(object_name: str, icon_name: str, label: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(object_name)
    button.setIcon(icon(icon_name))
    button.setAccessibleName(label)
    button.setToolTip(label)
    button.setAutoRepeat(False)
    return button
