"""`AdjustDialog`: the frame around every adjustment: preview, reset, progress, Apply, Cancel."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.ui.dialogs.adjust_form import AdjustForm
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.named_buttons import name_buttons

_MARGIN = 24


class AdjustDialog(QDialog):
    """Says what the user wants; whoever opened it does the work and closes it. Does not block the
    window: to judge sharpness one zooms, and moves the view."""

    previewed = Signal(bool)  # show the adjustment as it is now, or the layer without it
    applied = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget, form: AdjustForm) -> None:
        super().__init__(parent)
        self.form = form
        self.setObjectName("adjustDialog")
        self.setWindowTitle(form.title)
        self._is_working = False
        self.preview = CheckBox("&Preview")
        self.preview.setObjectName("adjustPreviewCheck")
        self.preview.setToolTip("Show the picture with and without the adjustment")
        self.preview.setChecked(True)
        self.preview.toggled.connect(self._on_changed)
        self.progress = QProgressBar()
        self.progress.setObjectName("adjustProgress")
        self.progress.setAccessibleName("Progress")
        self.progress.setRange(0, 100)
        self.progress.setVisible(False)
        form.changed.connect(self._on_changed)
        self._buttons = self._made_buttons()
        self._build()

    @property
    def is_working(self) -> bool:
        """Applied, and not yet done."""
        return self._is_working

    def start_work(self) -> None:
        """From now on only Cancel is of use."""
        self._is_working = True
        self.form.setEnabled(False)
        self.preview.setEnabled(False)
        self.apply_button.setEnabled(False)
        self.reset_button.setEnabled(False)

    def show_progress(self, share: float) -> None:
        """0..1."""
        self.progress.setVisible(True)
        self.progress.setValue(round(share * 100))

    def reject(self) -> None:
        """Esc, Cancel and the window's own button: whoever opened it takes everything back."""
        super().reject()
        self.given_up.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and not event.spontaneous():
            # At the upper right, so that what is adjusted can be seen.
            corner = parent.mapToGlobal(parent.rect().topRight())
            width = max(self.width(), self.sizeHint().width())
            self.move(corner.x() - width - _MARGIN, corner.y() + _MARGIN)

    def _made_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Apply | kinds.Cancel | kinds.Reset)
        name_buttons(buttons)
        self.apply_button: QPushButton = buttons.button(kinds.Apply)
        self.apply_button.setObjectName("adjustApplyButton")
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self._on_apply)
        self.reset_button: QPushButton = buttons.button(kinds.Reset)
        self.reset_button.setObjectName("adjustResetButton")
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._on_reset)
        cancel = buttons.button(kinds.Cancel)
        cancel.setObjectName("adjustCancelButton")
        cancel.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops add pictures of their own
        return buttons

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.preview)
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(self.form)
        column.addLayout(row)
        column.addWidget(self._buttons)

    def _on_changed(self) -> None:
        if not self._is_working:
            self.previewed.emit(self.preview.isChecked())

    def _on_reset(self) -> None:
        self.form.reset()
        self._on_changed()

    def _on_apply(self) -> None:
        if not self._is_working:
            self.applied.emit()
