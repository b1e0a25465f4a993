"""Reports of spending as rows of text, and the model that a view shows them with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from aipaint.money import format_usd
from aipaint.ui.money_wording import at_time

if TYPE_CHECKING:
    from aipaint.ledger.report import Receipt, SpendRow

_ROLES = Qt.ItemDataRole
_STATES = {
    "reserved": "on hold",
    "settled": "spent",
    "released": "not charged",
    "unknown": "uncertain",
}
_USES = {"waiting": "in the inbox", "applied": "kept", "discarded": "discarded"}


@dataclass(frozen=True)
class Table:
    """`amounts`: the columns that hold figures, which stand at the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: frozenset[int]
    sentence: str


def spend_table(by: str, rows: "Sequence[SpendRow]") -> Table:
    """One row per day, month or name."""
    heads = (by.capitalize(), "Calls", "Spent", "On hold", "Uncertain", "Kept", "Discarded")
    return Table(
        heads,
        tuple(
            (
                row.key or "(none)",
                str(row.calls),
                format_usd(row.settled_micros),
                format_usd(row.reserved_micros),
                format_usd(row.unknown_micros),
                format_usd(row.kept_micros),
                format_usd(row.discarded_micros),
            )
            for row in rows
        ),
        frozenset(range(1, len(heads))),
        _sum_of(rows),
    )


def receipt_table(receipts: "Sequence[Receipt]") -> Table:
    """One row per call, the newest first."""
    heads = ("Time", "What", "State", "Estimate", "Actual", "Counts", "Provider's id", "Pictures")
    total = sum(receipt.counts_micros for receipt in receipts)
    calls = "1 call" if len(receipts) == 1 else f"{len(receipts)} calls"
    return Table(
        heads,
        tuple(_receipt_row(receipt) for receipt in receipts),
        frozenset((3, 4, 5)),
        f"{calls}; {format_usd(total)} counts against the limits.",
    )


def _receipt_row(receipt: "Receipt") -> tuple[str, ...]:
    entry, reported = receipt.entry, receipt.reported_micros
    project = f", {entry.project}" if entry.project else ""
    return (
        at_time(entry.created_at),
        f"{entry.operation}, {entry.provider} {entry.model}{project}",
        _STATES[entry.state.value],
        format_usd(entry.reserved_micros),
        "not reported" if reported is None else format_usd(reported),
        format_usd(receipt.counts_micros),
        receipt.remote_id or "",
        _USES.get(receipt.result_use, ""),
    )


def _sum_of(rows: "Sequence[SpendRow]") -> str:
    def together(name: str) -> str:
        return format_usd(sum(getattr(row, name) for row in rows))

    return (
        f"Together {together('counts_micros')} against the limits: "
        f"{together('settled_micros')} spent, {together('reserved_micros')} on hold, "
        f"{together('unknown_micros')} uncertain. "
        f"Kept pictures {together('kept_micros')}, discarded {together('discarded_micros')}."
    )


class TableModel(QAbstractTableModel):
    """Shows a `Table` as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._table = Table((), (), frozenset(), "")

    def show_table(self, table: Table) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._table.heads)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        text = self._table.rows[index.row()][index.column()]
        if role in (_ROLES.DisplayRole, _ROLES.ToolTipRole):
            # A tool tip may take text for markup; names come from outside.
            return text if role == _ROLES.DisplayRole else text.replace("<", "‹")
        if role == _ROLES.AccessibleTextRole:
            return f"{self._table.heads[index.column()]}: {text}"
        return self._align(index.column()) if role == _ROLES.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and section < len(self._table.heads):
            if role == _ROLES.DisplayRole:
                return self._table.heads[section]
            if role == _ROLES.TextAlignmentRole:
                return self._align(section)
        return None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._table.amounts else None
        return (side or Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
