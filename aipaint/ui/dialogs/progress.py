"""`ProgressDialog`: long work in a box of its own, with a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

_POLL_MILLISECONDS = 60
_PATIENCE_MILLISECONDS = 400
_WIDTH = 340


class ProgressDialog(QProgressDialog):
    """Shows itself once the work takes longer than a moment; nothing else can be done meanwhile.
    `share` is asked for how much is done, 0..1."""

    def __init__(self, parent: QWidget, text: str, share: Callable[[], float]) -> None:
        super().__init__(f"{text}…", "Cancel", 0, 100, parent)
        self.setObjectName("progressDialog")
        self.setWindowTitle(text)
        self.setMinimumWidth(_WIDTH)
        bar = QProgressBar()
        bar.setAccessibleName("Progress")
        bar.setTextVisible(False)  # it is lower than any letter
        self.setBar(bar)
        self.setRange(0, 100)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(_PATIENCE_MILLISECONDS)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self._share = share
        self._clock = QTimer(self)
        self._clock.setInterval(_POLL_MILLISECONDS)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
        self.setValue(0)

    def end(self) -> None:
        """The work is over."""
        self._clock.stop()
        self.reset()
        self.deleteLater()

    def _on_clock(self) -> None:
        self.setValue(round(self._share() * 100))
