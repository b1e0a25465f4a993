"""The ledger against a model of a few lines, in random walks (hypothesis)."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from aipaint.ledger.entry import CostSource, Reservation
from aipaint.ledger.errors import BudgetBlocked, LedgerError
from aipaint.ledger.guard import Guard
from tests.ledger.rig import Clock, ask, caps, database_in, ledger_on


class Row:
    def __init__(self, day: str, held: int) -> None:
        self.day, self.held, self.spent, self.is_open = day, held, 0, True

    @property
    def counts(self) -> int:
        return self.held if self.is_open else self.spent


class LedgerWalk(RuleBasedStateMachine):
    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.day_cap, self.month_cap = 1000, 2500
        self.rows: dict[int, Row] = {}
        self._open()

    def _open(self) -> None:
        limits = caps(day=self.day_cap, month=self.month_cap)
        self.ledger = ledger_on(database_in(self.folder), limits, self.clock)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def window(self) -> str:
        charged = [row.day for row in self.rows.values() if row.counts]
        return max([self.clock.now.astimezone().date().isoformat(), *charged])

    def used(self, prefix: str) -> int:
        return sum(row.counts for row in self.rows.values() if row.day.startswith(prefix))

    @rule(target=held, micros=st.integers(1, 600))
    def reserve(self, micros: int) -> Reservation | None:
        day = self.window()
        fits = (
            self.used(day) + micros <= self.day_cap
            and self.used(day[:7]) + micros <= self.month_cap
        )
        if not fits:
            with pytest.raises(BudgetBlocked):
                self.ledger.reserve(ask(micros))
            return None
        reservation = self.ledger.reserve(ask(micros))
        self.rows[reservation.ledger_id] = Row(day, micros)
        return reservation

    @rule(reservation=held, micros=st.integers(0, 700))
    def settle(self, reservation: Reservation | None, micros: int) -> None:
        if reservation is None:
            return
        row = self.rows[reservation.ledger_id]
        if not row.is_open and not (row.spent == micros and row.spent):
            if row.spent != micros:
                with pytest.raises(LedgerError):
                    self.ledger.settle(reservation, micros, CostSource.USAGE)
            return
        self.ledger.settle(reservation, micros, CostSource.USAGE)
        row.is_open, row.spent = False, micros

    @rule(reservation=held)
    def release(self, reservation: Reservation | None) -> None:
        if reservation is None:
            return
        row = self.rows[reservation.ledger_id]
        if not row.is_open:
            with pytest.raises(LedgerError):
                self.ledger.release(reservation)
            return
        self.ledger.release(reservation)
        row.is_open = False

    @rule(reservation=held)
    def lose_the_answer(self, reservation: Reservation | None) -> None:
        if reservation is not None and self.rows[reservation.ledger_id].is_open:
            self.ledger.mark_unknown(reservation)

    @rule(hours=st.integers(-60, 60))
    def set_the_clock(self, hours: int) -> None:
        self.clock.now += timedelta(hours=hours)

    @rule(day_cap=st.integers(500, 1500))
    def change_the_cap(self, day_cap: int) -> None:
        self.day_cap = day_cap
        self.ledger.set_guard(Guard(caps(day=day_cap, month=self.month_cap)), source="window")

    @rule()
    def restart(self) -> None:
        self._open()

    @invariant()
    def sums_agree(self) -> None:
        _, day, month = self.ledger.status().caps
        assert day.used_micros == self.used(self.window())
        assert month.used_micros == self.used(self.window()[:7])
        assert self.ledger.audit() == ()


LedgerWalk.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestLedgerWalk = LedgerWalk.TestCase
