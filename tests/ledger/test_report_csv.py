"""Reports as tables: the columns that scripts and spreadsheets read, and nothing that they run."""

import csv
import io

import pytest

from aipaint.ledger.entry import EntryState
from aipaint.ledger.report import Receipt, SpendRow
from aipaint.ledger.report_csv import csv_text, receipt_row, spend_row
from tests.ledger.test_journal import entry, settled

NOON_MICROS = 1_795_176_000_999_999


def test_a_line_of_a_report() -> None:
    row = SpendRow("2026-11", 3, 10_000, 20_000, 30_000, 4, 5_000, 6_000)
    assert spend_row("month", row) == {
        "month": "2026-11",
        "calls": 3,
        "settled_usd": "0.01",
        "unknown_usd": "0.02",
        "reserved_usd": "0.03",
        "released_calls": 4,
        "kept_usd": "0.005",
        "discarded_usd": "0.006",
    }


def test_a_call_that_was_settled() -> None:
    receipt = Receipt(settled(5, micros=39_000), "remote-1", "applied")
    assert receipt_row(receipt) == {
        "id": 5,
        "time": "1970-01-01T00:00:00Z",
        "local_day": "2026-11-20",
        "job_id": "job-5",
        "remote_id": "remote-1",
        "provider": "openai",
        "model": "gpt »ü«",
        "operation": "edit",
        "project": "Harbor",
        "count": 2,
        "state": "settled",
        "estimated_usd": "0.04",
        "reported_usd": "0.039",
        "cost_source": "usage",
        "counts_usd": "0.039",
        "result_use": "applied",
    }


@pytest.mark.parametrize("state", [EntryState.RESERVED, EntryState.UNKNOWN])
def test_a_call_that_is_open_counts_at_its_estimate(state: EntryState) -> None:
    row = receipt_row(Receipt(entry(created_at=NOON_MICROS, state=state), None, ""))
    assert (row["time"], row["state"]) == ("2026-11-20T12:00:00Z", state.value)
    assert (row["reported_usd"], row["cost_source"]) == (None, None)
    assert (row["estimated_usd"], row["counts_usd"]) == ("0.04", "0.04")
    assert (row["remote_id"], row["result_use"]) == (None, "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_becomes_a_formula(sign: str) -> None:
    text = csv_text([{"project": f"{sign}cmd()", "count": -2, "model": f"m{sign}"}])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row == {"project": f"'{sign}cmd()", "count": "-2", "model": f"m{sign}"}


def test_a_table_has_one_header_and_ends_its_lines_as_spreadsheets_do() -> None:
    assert csv_text([]) == ""
    assert csv_text([{"a": 1, "b": "x,y"}, {"a": 2, "b": None}]) == 'a,b\r\n1,"x,y"\r\n2,\r\n'
