"""Where the money went: rows and receipts that add up to the meter exactly."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipaint.database import Database, connection, open_database
from aipaint.ledger.entry import CostSource
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.report import ReportBy, SpendRow
from tests.ledger.rig import MIGRATIONS, Clock, ask, caps


@pytest.fixture
def ledger(database: Database, clock: Clock) -> Ledger:
    return Ledger(database, Guard(caps()), "one", clock)


def enter_job(database: Any, job_id: str, use: str, remote_id: str | None = None) -> None:
    """A row of the history, as the job that belongs to a purchase leaves it."""
    with connection(database):
        database.execute_sql(
            "INSERT INTO jobs (id, status, operation, provider, model, prompt, negative_prompt,"
            " params, fingerprint, session_id, created_at, result_use, remote_id)"
            " VALUES (?, 'succeeded', 'edit', 'openai', 'm', 'a barn', '', '{}', '', 'one', 0,"
            " ?, ?)",
            (job_id, use, remote_id),
        )


def buy(ledger: Ledger, micros: int, job_id: str = "job-1", **more: object) -> None:
    ledger.settle(ledger.reserve(ask(micros, job_id, **more)), micros, CostSource.USAGE)


def test_a_row_says_what_became_of_the_money(database: Database, ledger: Ledger) -> None:
    for job_id, use in (("kept", "applied"), ("gone", "discarded"), ("here", "waiting")):
        enter_job(database, job_id, use)
    buy(ledger, 100, "kept")
    buy(ledger, 20, "gone")
    buy(ledger, 3, "here")
    buy(ledger, 4, "never in the history")
    ledger.mark_unknown(ledger.reserve(ask(5000, "kept")))
    ledger.reserve(ask(60_000, "gone"))
    ledger.release(ledger.reserve(ask(700_000, "kept")))
    ledger.reserve(ask(0, "free", provider="offline"))
    (row,) = ledger.report(ReportBy.DAY)
    assert row == SpendRow("2026-11-20", 7, 127, 5000, 60_000, 1, 100, 20)
    assert row.counts_micros == 65_127 == ledger.status().caps[1].used_micros


def test_days_and_months_come_newest_first_names_dearest_first(
    ledger: Ledger, clock: Clock
) -> None:
    buy(ledger, 5, model="b", project="x")
    clock.advance(days=10)
    buy(ledger, 5, model="a", project="y")
    clock.advance(days=1)
    buy(ledger, 90, provider="replicate", model="c", operation="generate")
    keys = {by: [row.key for row in ledger.report(by)] for by in ReportBy}
    assert keys == {
        ReportBy.DAY: ["2026-12-01", "2026-11-30", "2026-11-20"],
        ReportBy.MONTH: ["2026-12", "2026-11"],
        ReportBy.MODEL: ["c", "a", "b"],
        ReportBy.PROVIDER: ["replicate", "openai"],
        ReportBy.PROJECT: ["", "x", "y"],
        ReportBy.OPERATION: ["generate", "edit"],
    }
    assert [row.settled_micros for row in ledger.report(ReportBy.MONTH)] == [90, 10]


def test_both_ends_of_a_span_belong_to_it(ledger: Ledger, clock: Clock) -> None:
    for _ in range(4):
        buy(ledger, 1)
        clock.advance(days=1)
    first, last = date(2026, 11, 21), date(2026, 11, 22)
    assert [row.key for row in ledger.report(ReportBy.DAY, first, last)] == [
        "2026-11-22",
        "2026-11-21",
    ]
    assert [each.entry.local_day for each in ledger.receipts(first, last)] == [
        "2026-11-22",
        "2026-11-21",
    ]
    assert len(ledger.receipts(since=last)) == 2
    assert len(ledger.receipts(until=first)) == 2


def test_a_receipt_says_what_was_reported_and_of_which_work(
    database: Database, ledger: Ledger
) -> None:
    enter_job(database, "kept", "applied", "r8-abc")
    buy(ledger, 90, "kept", project="poster")
    held = ledger.reserve(ask(70, "lost"))
    ledger.settle(held, 70, CostSource.ESTIMATE)
    open_one = ledger.reserve(ask(30, "lost"))
    newest, estimated, reported = ledger.receipts()
    assert (reported.reported_micros, reported.remote_id, reported.result_use) == (
        90, "r8-abc", "applied",
    )  # fmt: skip
    assert reported.entry.project == "poster"
    assert (estimated.reported_micros, estimated.counts_micros) == (None, 70)
    assert (estimated.remote_id, estimated.result_use) == (None, "")
    assert (newest.reported_micros, newest.counts_micros) == (None, 30)
    ledger.release(open_one)
    assert (ledger.receipts()[0].reported_micros, ledger.receipts()[0].counts_micros) == (None, 0)


ENDS = st.sampled_from(["settle", "estimate", "release", "unknown", "hold"])
CALL = st.tuples(
    st.integers(0, 900),
    st.integers(0, 900),
    ENDS,
    st.sampled_from(["", "poster"]),
    st.sampled_from(["openai", "replicate"]),
)


def end(ledger: Ledger, how: str, micros: int, actual: int, **more: str) -> None:
    held = ledger.reserve(ask(micros, **more))
    match how:
        case "settle":
            ledger.settle(held, actual, CostSource.USAGE)
        case "estimate":
            ledger.settle(held, micros, CostSource.ESTIMATE)
        case "release":
            ledger.release(held)
        case "unknown":
            ledger.mark_unknown(held)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CALL, st.integers(0, 40)), max_size=12))
def test_receipts_and_rows_add_up_to_the_meter(calls: list[tuple[Any, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        database = open_database(Path(folder) / "aipaint.db", MIGRATIONS)
        ledger = Ledger(database, Guard(caps()), "one", clock)
        for (micros, actual, how, project, provider), hours in calls:
            end(ledger, how, micros, actual, project=project, provider=provider)
            clock.advance(hours=hours)
        meter = ledger.status().caps[0].used_micros
        assert sum(each.counts_micros for each in ledger.receipts()) == meter
        for by in ReportBy:
            assert sum(row.counts_micros for row in ledger.report(by)) == meter
