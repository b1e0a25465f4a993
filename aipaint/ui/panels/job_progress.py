"""`JobProgress`: how far the running job is, and the way to stop it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from aipaint.money import format_usd
from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.queue_view import QueuedJob, QueueView


class JobProgress(QWidget):
    """Hidden while nothing runs."""

    cancel_requested = Signal(str)  # job id

    def __init__(self) -> None:
        super().__init__()
        self._job_id = ""
        self.message = PlainLabel("", Tone.MUTED, wraps=True)
        self.message.setObjectName("progressMessage")
        self.bar = QProgressBar()
        self.bar.setObjectName("progressBar")
        self.bar.setAccessibleName("Progress of the job")
        self.bar.setTextVisible(False)
        self.cancel_button = PushButton(icon("ban"), "&Cancel")
        self.cancel_button.setObjectName("cancelButton")
        self.cancel_button.setAccessibleName("Cancel the job")
        self.cancel_button.setToolTip("Stop the job. What was sent already may be charged.")
        self.cancel_button.clicked.connect(self._on_cancel)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.addWidget(self.bar, 0, 0, 1, 2)
        grid.addWidget(self.message, 1, 0)
        grid.addWidget(self.cancel_button, 1, 1)
        grid.setColumnStretch(0, 1)
        self.setVisible(False)

    @property
    def job_id(self) -> str:
        """The job that is shown, "" for none."""
        return self._job_id

    def show_queue(self, view: "QueueView") -> None:
        """Follow one running job to its end, then the next; hide when none runs."""
        job = next((each for each in view.running if each.id == self._job_id), None)
        job = job or next(iter(view.running), None)
        if job is None:
            self._job_id = ""
            self.setVisible(False)
            return
        if job.id != self._job_id:
            self._job_id = job.id
            self.cancel_button.setEnabled(True)
        others = len(view.running) - 1
        more = f" ({others} more {'runs' if others == 1 else 'run'})" if others else ""
        if self.cancel_button.isEnabled():
            self.message.setText(f"{job.message}{more}")
        self.cancel_button.setToolTip(_what_cancel_does(job))
        self._show_share(job.fraction)
        self.setVisible(True)

    def _show_share(self, fraction: float | None) -> None:
        if fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(fraction * 1000))

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.message.setText("Cancelling…")
        self.cancel_requested.emit(self._job_id)


def _what_cancel_does(job: "QueuedJob") -> str:
    """To the job, and to the money."""
    if not job.estimated_micros:
        return "Stop the job."
    most = format_usd(job.estimated_micros)
    return (
        f"Stop the job. What was sent already may still be charged, up to {most}:"
        " it is shown as uncertain until that is known."
    )
