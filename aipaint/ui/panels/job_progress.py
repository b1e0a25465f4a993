"""`JobProgress`: how far the running job is, and the way to stop it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QWidget

from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

if TYPE_CHECKING:
    from aipaint.generation.job import JobView


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
        self.cancel_button = QPushButton(icon("ban"), "&Cancel")
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

    def show_job(self, view: "JobView", *, is_over: bool) -> None:
        """Follow a job; hide when it is over."""
        if is_over:
            if view.id == self._job_id:
                self._job_id = ""
                self.setVisible(False)
            return
        if view.id != self._job_id:
            self._job_id = view.id
            self.cancel_button.setEnabled(True)
        self.message.setText(view.message)
        if view.fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(view.fraction * 1000))
        self.setVisible(True)

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.message.setText("Cancelling…")
        self.cancel_requested.emit(self._job_id)
