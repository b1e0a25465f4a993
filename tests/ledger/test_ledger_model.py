"""The ledger against a model of a few lines, in random walks (hypothesis).

AIPAINT_LEDGER_WALKS says how many and how long ("300x40"); the usual ones are short.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from aipaint.database import open_database
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource, EntryState, Reservation
from aipaint.ledger.errors import BudgetBlocked, BudgetPaused, LedgerError, RateLimited
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.ledger.ledger import Ledger
from tests.ledger.rig import MIGRATIONS, Clock, ask

WALKS, STEPS = (int(part) for part in os.environ.get("AIPAINT_LEDGER_WALKS", "20x25").split("x"))
PROVIDERS, PROJECTS = ("openai", "replicate"), ("", "poster")
FUSE_MINUTES = 10
# Where it makes no difference to the logic, the disk need not turn.
MEMORY = Path("/dev/shm")


@cache
def fresh_file() -> bytes:
    """A migrated database: made once, because migrating is not what is tested here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "aipaint.db"
        open_database(path, MIGRATIONS)
        return path.read_bytes()


@dataclass
class Row:
    day: str
    session: str
    provider: str
    project: str
    held: int
    at: int
    state: str = "reserved"
    spent: int = 0
    is_sent: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in ("reserved", "unknown")

    @property
    def counts(self) -> int:
        return self.held if self.is_open else self.spent


class LedgerWalk(RuleBasedStateMachine):
    """Two windows on one database; the model knows nothing of SQL, entries or transactions."""

    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        (self.folder / "aipaint.db").write_bytes(fresh_file())
        self.clock = Clock()
        self.guard = Guard(Caps(Cap(1500), Cap(1000), Cap(2500)))
        self.rows: dict[int, Row] = {}
        self.pauses: list[str] = []
        self.resumed_at = 0
        self.opened = 0
        self.windows = [self._open(), self._open()]

    def _open(self) -> tuple[Ledger, str]:
        self.opened += 1
        session = f"session-{self.opened}"
        database = open_database(self.folder / "aipaint.db", MIGRATIONS)
        ledger = Ledger(database, self.guard, session, self.clock)
        ledger.status()  # from here on it follows what others change
        return ledger, session

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # what the model says

    def now(self) -> int:
        return int(self.clock.now.timestamp()) * 1_000_000

    def window(self) -> str:
        charged = [row.day for row in self.rows.values() if row.counts]
        return max([self.clock.now.astimezone().date().isoformat(), *charged])

    def sum_of(self, **same: str) -> int:
        return sum(
            row.counts
            for row in self.rows.values()
            if all(getattr(row, name).startswith(value) for name, value in same.items())
        )

    def limits(self, session: str, provider: str, project: str) -> list[tuple[int, int]]:
        """Each limit with what counts against it."""
        day, caps = self.window(), self.guard.caps
        pairs = [
            (caps.session.limit_micros, self.sum_of(session=session)),
            (caps.day.limit_micros, self.sum_of(day=day)),
            (caps.month.limit_micros, self.sum_of(day=day[:7])),
        ]
        pairs = [pair for pair in pairs if pair[0]]
        for each in self.guard.envelopes:
            if each.kind is EnvelopeKind.PROJECT and each.name == project:
                pairs.append((each.limit_micros, self.sum_of(project=project)))
            if each.kind is EnvelopeKind.PROVIDER and each.name == provider:
                used = self.sum_of(provider=provider, day=day[:7])
                pairs.append((each.limit_micros, used))
        return pairs

    def burned(self) -> int:
        span = FUSE_MINUTES * 60_000_000
        after = self.now() - span
        if after < self.resumed_at <= self.now():
            after = self.resumed_at
        return sum(r.counts for r in self.rows.values() if after < r.at < self.now() + span)

    def is_too_soon(self, seconds: int) -> bool:
        times = [r.at for r in self.rows.values() if r.state != "released" and r.held]
        return bool(seconds) and any(abs(at - self.now()) < seconds * 1_000_000 for at in times)

    def refusal(self, micros: int, session: str, provider: str, project: str) -> object:
        if "" in self.pauses or provider in self.pauses:
            return BudgetPaused
        limits = self.limits(session, provider, project)
        if any(used + micros > limit for limit, used in limits):
            return BudgetBlocked
        if self.is_too_soon(self.guard.rate_limit_seconds):
            return RateLimited
        if self.guard.fuse and self.burned() + micros > self.guard.fuse.micros:
            self.pauses.append("")
            return BudgetPaused
        return None

    # what happens

    @rule(
        target=held,
        micros=st.integers(1, 600),
        which=st.integers(0, 1),
        provider=st.sampled_from(PROVIDERS),
        project=st.sampled_from(PROJECTS),
    )
    def reserve(self, micros: int, which: int, provider: str, project: str) -> Reservation | None:
        ledger, session = self.windows[which]
        wish = ask(micros, provider=provider, project=project)
        day = self.window()
        refusal = self.refusal(micros, session, provider, project)
        if refusal is not None:
            with pytest.raises(refusal):  # type: ignore[call-overload]
                ledger.reserve(wish)
            return None
        reservation: Reservation = ledger.reserve(wish)
        at = self.now()
        self.rows[reservation.ledger_id] = Row(day, session, provider, project, micros, at)
        return reservation

    @rule(reservation=held, which=st.integers(0, 1))
    def mark_sent(self, reservation: Reservation | None, which: int) -> None:
        if reservation is None:
            return
        row = self.rows[reservation.ledger_id]
        if row.state != "reserved":
            with pytest.raises(LedgerError):
                self.windows[which][0].mark_sent(reservation)
            return
        self.windows[which][0].mark_sent(reservation)
        row.is_sent = True

    @rule(reservation=held, micros=st.integers(0, 700), which=st.integers(0, 1))
    def settle(self, reservation: Reservation | None, micros: int, which: int) -> None:
        if reservation is None:
            return
        row, ledger = self.rows[reservation.ledger_id], self.windows[which][0]
        if not row.is_open and (row.state, row.spent) != ("settled", micros):
            with pytest.raises(LedgerError):
                ledger.settle(reservation, micros, CostSource.USAGE)
            return
        ledger.settle(reservation, micros, CostSource.USAGE)
        row.state, row.spent = "settled", micros

    @rule(reservation=held, is_charged=st.booleans())
    def settle_by_hand(self, reservation: Reservation | None, is_charged: bool) -> None:
        if reservation is None:
            return
        row, ledger = self.rows[reservation.ledger_id], self.windows[0][0]
        if not row.is_open:
            with pytest.raises(LedgerError):
                ledger.resolve(reservation.ledger_id, is_charged)
            return
        ledger.resolve(reservation.ledger_id, is_charged)
        row.state = "settled" if is_charged else "released"
        row.spent = row.held if is_charged else 0

    @rule(reservation=held, which=st.integers(0, 1))
    def release(self, reservation: Reservation | None, which: int) -> None:
        if reservation is None:
            return
        row, ledger = self.rows[reservation.ledger_id], self.windows[which][0]
        if not row.is_open:
            with pytest.raises(LedgerError):
                ledger.release(reservation)
            return
        ledger.release(reservation)
        row.state = "released"

    @rule(reservation=held)
    def lose_the_answer(self, reservation: Reservation | None) -> None:
        if reservation is None:
            return
        row, ledger = self.rows[reservation.ledger_id], self.windows[0][0]
        if not row.is_open:
            with pytest.raises(LedgerError):
                ledger.mark_unknown(reservation)
            return
        ledger.mark_unknown(reservation)
        row.state = "unknown"

    @rule(seconds=st.one_of(st.integers(1, 700), st.integers(-60 * 3600, 60 * 3600)))
    def set_the_clock(self, seconds: int) -> None:
        self.clock.now += timedelta(seconds=seconds)

    @rule(
        which=st.integers(0, 1),
        limits=st.tuples(*[st.sampled_from([0, 500, 900, 1500])] * 3),
        project=st.none() | st.integers(0, 800),
        provider=st.none() | st.integers(0, 800),
        fuse=st.none() | st.integers(300, 1200),
    )
    def change_the_limits(
        self,
        which: int,
        limits: tuple[int, int, int],
        project: int | None,
        provider: int | None,
        fuse: int | None,
    ) -> None:
        envelopes = []
        if project is not None:
            envelopes.append(Envelope(EnvelopeKind.PROJECT, "poster", project))
        if provider is not None:
            envelopes.append(Envelope(EnvelopeKind.PROVIDER, "replicate", provider))
        self.guard = Guard(
            Caps(*(Cap(limit) for limit in limits)),
            self.guard.rate_limit_seconds,
            tuple(envelopes),
            None if fuse is None else Fuse(fuse, FUSE_MINUTES),
        )
        self.windows[which][0].set_guard(self.guard, source="window")

    @rule(seconds=st.sampled_from([0, 0, 30]))
    def change_the_rate_limit(self, seconds: int) -> None:
        self.guard = replace(self.guard, rate_limit_seconds=seconds)
        for ledger, _ in self.windows:
            ledger.set_guard(self.guard, source="window")

    @rule(provider=st.sampled_from(PROVIDERS))
    def run_out_of_money(self, provider: str) -> None:
        self.windows[0][0].pause_provider(provider, "the account is empty.")
        if provider not in self.pauses:
            self.pauses.append(provider)

    @rule(which=st.integers(0, 1))
    def go_on(self, which: int) -> None:
        ended = self.windows[which][0].resume_spending()
        assert sorted(pause.provider for pause in ended) == sorted(self.pauses)
        if "" in self.pauses:
            self.resumed_at = max(self.resumed_at, self.now())
        self.pauses = []

    @rule(which=st.integers(0, 1))
    def crash_and_start_again(self, which: int) -> None:
        """What was held by a process that is gone stays held, under its own session."""
        self.windows[which] = self._open()

    @invariant()
    def both_windows_say_what_the_model_says(self) -> None:
        for ledger, session in self.windows:
            status = ledger.status()
            own, day, month = status.caps
            assert own.used_micros == self.sum_of(session=session)
            assert day.used_micros == self.sum_of(day=self.window())
            assert month.used_micros == self.sum_of(day=self.window()[:7])
            assert [cap.cap_micros for cap in status.caps] == [
                cap.limit_micros
                for cap in (self.guard.caps.session, self.guard.caps.day, self.guard.caps.month)
            ]
            assert sorted(pause.provider for pause in status.pauses) == sorted(self.pauses)
        assert ledger.audit() == ()

    @invariant()
    def the_rows_are_the_models(self) -> None:
        receipts = self.windows[0][0].receipts()
        assert sum(receipt.counts_micros for receipt in receipts) == self.sum_of()
        found = {
            r.entry.id: (r.entry.state, r.entry.sent_at is not None, r.entry.local_day)
            for r in receipts
        }
        assert found == {
            number: (EntryState(row.state), row.is_sent, row.day)
            for number, row in self.rows.items()
        }


LedgerWalk.TestCase.settings = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestLedgerWalk = LedgerWalk.TestCase
