"""What becomes of a refine call whose process ended after it was answered."""

from collections.abc import Mapping
from typing import Any

from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.resume_job import held_by
from aipaint.history.records import JobRecord, JobStatus
from aipaint.ledger.entry import CostSource, LedgerEntry
from aipaint.money import Usage
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.request import Operation


def is_answered_refine(record: JobRecord) -> bool:
    """Its answer was there; nobody was left to read it."""
    return record.operation == Operation.REFINE.value and "answer" in (record.plan or {})


def close_refine(record: JobRecord, entry: LedgerEntry | None, desk: Desk) -> None:
    """Settle what is held by what the answer counted, and end the job. Raises StorageError."""
    actual = record.actual_micros
    if entry is not None:
        said: Mapping[str, Any] = (record.plan or {}).get("answer") or {}  # type: ignore[assignment]
        counted = said.get("usage")
        usage = None if counted is None else Usage(**counted)
        cost, source = said.get("cost_micros"), CostSource.PROVIDER
        if cost is None and usage is not None:
            cost, source = (
                desk.prices.cost_of(record.provider, record.model, usage),
                CostSource.USAGE,
            )
        if cost is None:
            cost, source = entry.reserved_micros, CostSource.ESTIMATE
        desk.ledger.settle(held_by(entry), cost, source)
        actual = cost
    error = ProviderError(
        "The program ended before the words could be shown.",
        kind="interrupted",
        charged=Charged.YES,
        hint="Ask again: the same question is a new purchase.",
    )
    desk.history.finish(
        record.id, JobStatus.FAILED, actual_micros=actual, error=error_record(error)
    )
