"""`SettingsDialog`: a list of pages at the left, the page at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aipaint.ui.icons import icon
from aipaint.ui.settings_pages.page import SettingsPage
from aipaint.ui.widgets.push_button import PushButton

_LIST_WIDTH = 168
_SIZE = QSize(760, 600)


class SettingsDialog(QDialog):
    """OK and Apply save every page that was touched; Cancel forgets what was not applied."""

    resized = Signal(object)  # QSize

    def __init__(self, parent: QWidget, pages: Sequence[SettingsPage], size: QSize | None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle("Settings")
        self.resize((size or _SIZE).boundedTo(parent.screen().availableGeometry().size()))
        self._pages = tuple(pages)
        self._touched: set[SettingsPage] = set()
        self.list = QListWidget()
        self.list.setObjectName("settingsList")
        self.list.setAccessibleName("Pages")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setIconSize(QSize(18, 18))
        self.list.setSpacing(2)
        self.stack = QStackedWidget()
        for page in self._pages:
            self.list.addItem(QListWidgetItem(icon(page.icon_name), page.title))
            self.stack.addWidget(_scrolled(page))
            page.changed.connect(self._on_changed)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self._lay_out()

    def open_at(self, title: str = "") -> None:
        """Show it with the values in force, at the page of that title."""
        for page in self._pages:
            page.load()
        self._touched.clear()
        self.apply_button.setEnabled(False)
        titles = [page.title for page in self._pages]
        if title in titles:
            self.list.setCurrentRow(titles.index(title))
        self.open()
        self.list.setFocus()

    def done(self, result: int) -> None:
        self.resized.emit(self.size())
        super().done(result)

    def _lay_out(self) -> None:
        ok = _button("settingsOkButton", "&OK", "Save and close")
        self.apply_button = _button("settingsApplyButton", "&Apply", "Save and stay here")
        cancel = _button("settingsCancelButton", "&Cancel", "Close without saving (Esc)")
        ok.clicked.connect(self._on_ok)
        self.apply_button.clicked.connect(self._on_apply)
        cancel.clicked.connect(self.reject)
        top, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(16)
        top.addWidget(self.list)
        top.addWidget(self.stack, 1)
        foot.addStretch(1)
        for button in (ok, self.apply_button, cancel):
            foot.addWidget(button)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top, 1)
        column.addLayout(foot)

    def _on_changed(self) -> None:
        page = self.sender()
        if isinstance(page, SettingsPage):
            self._touched.add(page)
        self.apply_button.setEnabled(True)

    def _on_ok(self) -> None:
        if self._save():
            self.accept()

    def _on_apply(self) -> None:
        self._save()

    def _save(self) -> bool:
        """Page after page; the first that cannot is shown."""
        for row, page in enumerate(self._pages):
            if page in self._touched:
                if not page.save():
                    self.list.setCurrentRow(row)
                    return False
                self._touched.discard(page)
        self.apply_button.setEnabled(False)
        return True


def _scrolled(page: SettingsPage) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _button(object_name: str, text: str, tip: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(object_name)
    button.setToolTip(tip)
    # Enter in a field must not save limits of spending.
    button.setAutoDefault(False)
    return button
