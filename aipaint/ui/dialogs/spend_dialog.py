"""`SpendDialog`: where the money went, by day, model, provider, project; every receipt; CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.dialogs.spend_tables import Table, TableModel, receipt_table, spend_table
from aipaint.ui.icons import icon
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.empty_hint import EmptyHint
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.ledger.ledger import Ledger
    from aipaint.ledger.report import Receipt, SpendRow

_RECEIPTS = "call"
_VIEWS = (
    ("By day", "day"),
    ("By month", "month"),
    ("By model", "model"),
    ("By provider", "provider"),
    ("By project", "project"),
    ("By operation", "operation"),
    ("Every call, with its receipt", _RECEIPTS),
)
_SPANS = (("Today", 0), ("Last 7 days", 6), ("Last 31 days", 30), ("Everything", None))


@dataclass(frozen=True)
class _Answer:
    """What was asked for: `by` "call" brings receipts, else rows of a report."""

    by: str
    rows: "Sequence[SpendRow]" = ()
    receipts: "Sequence[Receipt]" = ()


class SpendDialog(QDialog):
    """Stays open beside the window; asks the ledger on a worker."""

    def __init__(self, parent: QWidget, ledger: "Ledger", background: Background) -> None:
        super().__init__(parent)
        self.setObjectName("spendDialog")
        self.setWindowTitle("Spending")
        self.resize(860, 520)
        self._ledger = ledger
        self._background = background
        self._answer = _Answer("")
        self.by = _combo("spendByCombo", "Show spending", _VIEWS)
        self.span = _combo("spendSpanCombo", "Time", _SPANS)
        self.span.setCurrentIndex(len(_SPANS) - 1)
        self.export = PushButton(icon("file-output"), "&Export CSV…")
        self.export.setObjectName("spendExportButton")
        self.export.setToolTip("Write what is shown to a file for a spreadsheet")
        self.export.clicked.connect(self._on_export)
        self.model = TableModel()
        self.table = _view(self.model)
        self.empty_hint = EmptyHint(self.table, "receipt-text", "Nothing was bought in this time.")
        self.total = PlainLabel("", Tone.STRONG, wraps=True)
        self.total.setObjectName("spendTotal")
        self.total.setAccessibleName("Together")
        self._lay_out()
        self.by.currentIndexChanged.connect(self.refresh)
        self.span.currentIndexChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Ask anew for what is chosen."""
        by, days = str(self.by.currentData()), self.span.currentData()
        today = datetime.now().astimezone().date()
        since = today - timedelta(days=days) if days is not None else None
        self.total.setText("Adding up…")
        self._background.start(Work(lambda: self._asked(by, since), self._show, self._on_failed))

    def _asked(self, by: str, since: date | None) -> _Answer:
        """On a worker."""
        from aipaint.ledger.report import ReportBy

        if by == _RECEIPTS:
            return _Answer(by, receipts=self._ledger.receipts(since))
        return _Answer(by, rows=self._ledger.report(ReportBy(by), since))

    def _show(self, answer: _Answer) -> None:
        if answer.by != self.by.currentData():
            return  # something else was chosen meanwhile
        self._answer = answer
        is_receipts = answer.by == _RECEIPTS
        table = receipt_table(answer.receipts) if is_receipts else _table_of(answer)
        self.model.show_table(table)
        self.total.setText(table.sentence)
        self.export.setEnabled(bool(table.rows))
        header = self.table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1 if is_receipts else 0, QHeaderView.ResizeMode.Stretch)
        self.empty_hint.refresh()

    def _on_failed(self, error: AipaintError) -> None:
        self.total.setText(str(error))

    def _on_export(self) -> None:
        dialog = QFileDialog(self, "Export spending", "", "CSV table (*.csv)")
        dialog.setObjectName("fileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("aipaint-spending.csv")
        names = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        if names:
            self.write_csv(Path(names[0]))

    def write_csv(self, path: Path) -> None:
        """What is shown, to a file; told when it is there."""
        answer = self._answer

        def written(_: object) -> None:
            self.total.setText(f"Written to {path}.")

        def failed(error: AipaintError) -> None:
            show_error(self, "Not exported", error)

        self._background.start(Work(lambda: _write(answer, path), written, failed, "Exporting"))

    def _lay_out(self) -> None:
        close = PushButton("&Close")
        close.setObjectName("spendCloseButton")
        close.clicked.connect(self.close)
        top, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.by, 1)
        top.addWidget(self.span)
        top.addStretch(1)
        top.addWidget(self.export)
        foot.addWidget(self.total, 1)
        foot.addWidget(close)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        for button in (self.export, close):
            button.setAutoDefault(False)


def _table_of(answer: _Answer) -> Table:
    return spend_table(answer.by, answer.rows)


def _write(answer: _Answer, path: Path) -> None:
    """On a worker. Raises StorageError."""
    from aipaint.atomic_file import write_atomically
    from aipaint.ledger.report_csv import csv_text, receipt_row, spend_row

    rows = [spend_row(answer.by, row) for row in answer.rows]
    rows += [receipt_row(receipt) for receipt in answer.receipts]
    write_atomically(path, csv_text(rows).encode("utf-8"))


def _combo(object_name: str, label: str, entries: Sequence[tuple[str, object]]) -> ComboBox:
    combo = ComboBox(object_name, label)
    combo.setToolTip(label)
    combo.setMinimumContentsLength(12)
    for text, value in entries:
        combo.addItem(text, value)
    return combo


def _view(model: TableModel) -> QTreeView:
    view = QTreeView()
    view.setObjectName("spendTable")
    view.setAccessibleName("Spending")
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setModel(model)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.header().setStretchLastSection(False)
    return view
