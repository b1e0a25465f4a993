"""Money in words: nothing that is left is rounded up, nothing that is spent is rounded down."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.generation.queue_view import QueuedJob, QueueView
from aipaint.ledger.pause import Pause
from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.ui.money_wording import left_text, meter_text, queue_text, up_to


def _cap(cap: int, settled: int = 0, reserved: int = 0, unknown: int = 0) -> CapStatus:
    left = max(0, cap - settled - reserved - unknown) if cap else None
    return CapStatus("day", cap, settled, reserved, unknown, left, None, "settings")


@given(st.integers(0, 10**10))
def test_what_is_left_is_never_more_than_there_is(left: int) -> None:
    shown = left_text(_cap(10**10, 10**10 - left)).split()[0].removeprefix("$")
    assert Decimal(shown) * 10**6 <= left
    step = 10_000 if left >= 100_000 else 1000
    assert left - Decimal(shown) * 10**6 < step


@pytest.mark.parametrize(
    ("cap", "words"),
    [
        (_cap(10_000_000), "Today $0.00 of $10.00"),
        (_cap(10_000_000, 1_240_000, 160_000), "Today $1.24 + $0.16 on hold of $10.00"),
        (_cap(0, 20_000, 0, 80_000), "Today $0.02 + $0.08 uncertain, no limit"),
    ],
)
def test_the_meter(cap: CapStatus, words: str) -> None:
    assert meter_text(BudgetStatus((cap,))) == words
    paused = BudgetStatus((cap,), pauses=(Pause(1, "a reason.", "", 0),))
    assert meter_text(paused) == f"Paused · {words}"


def test_the_queue() -> None:
    job, held = QueuedJob("1", "Edit", "edit", "openai"), QueuedJob("2", "", "", "", is_paused=True)
    assert queue_text(QueueView()) == "No jobs"
    assert queue_text(QueueView(running=(job,), waiting=(job, held))) == "1 running, 2 waiting"
    assert queue_text(QueueView(waiting=(held,))) == "1 paused"
    assert queue_text(QueueView(is_paused=True, waiting=(job,))) == "1 paused"
    assert (up_to(None), up_to(0), up_to(80_000)) == ("", "free", "up to $0.08")
