"""Where the money went: rows of a report, and one receipt per call. Plain frozen values."""

from dataclasses import dataclass
from enum import Enum

from aipaint.ledger.entry import CostSource, LedgerEntry
from aipaint.money import Micros


class ReportBy(Enum):
    """What the rows of a report stand for."""

    DAY = "day"
    MONTH = "month"
    MODEL = "model"
    PROVIDER = "provider"
    PROJECT = "project"
    OPERATION = "operation"


@dataclass(frozen=True)
class SpendRow:
    """`key` is an ISO day or month, or a name ("" for calls without a project).

    Kept and discarded are the parts of what was settled whose pictures were used, or thrown away.
    """

    key: str
    calls: int
    settled_micros: Micros
    unknown_micros: Micros
    reserved_micros: Micros
    released_count: int
    kept_micros: Micros
    discarded_micros: Micros

    @property
    def counts_micros(self) -> Micros:
        """What counts against the caps."""
        return self.settled_micros + self.unknown_micros + self.reserved_micros


@dataclass(frozen=True)
class Receipt:
    """One row of the ledger with what the history knows about it.

    `result_use`: "" nothing yet, waiting, applied, discarded.
    """

    entry: LedgerEntry
    remote_id: str | None
    result_use: str

    @property
    def reported_micros(self) -> Micros | None:
        """What the provider said it cost; None where it did not say."""
        if self.entry.cost_source in (None, CostSource.ESTIMATE):
            return None
        return self.entry.actual_micros

    @property
    def counts_micros(self) -> Micros:
        """What counts against the caps: over all receipts exactly the meter."""
        if self.entry.state.is_open:
            return self.entry.reserved_micros
        return self.entry.actual_micros or 0
