"""`Admission`: may this call be paid for now? Call inside the transaction that reserves."""

from dataclasses import replace

from aipaint.ledger.entry import EntryState, SpendRequest
from aipaint.ledger.errors import BudgetBlocked, BudgetPaused, DuplicateInFlight, RateLimited
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.ledger.guard_tables import GuardTables
from aipaint.ledger.status import BudgetStatus, CapStatus, cap_status, envelope_status
from aipaint.ledger.tables import LedgerTables
from aipaint.ledger.window import Window
from aipaint.money import Micros, decimal_usd

_MICROS_PER_SECOND = 1_000_000
_SECONDS_PER_MINUTE = 60


class Admission:
    """The guard's questions to the rows of one database, for one session."""

    def __init__(self, tables: LedgerTables, guard_tables: GuardTables, session_id: str) -> None:
        self._tables = tables
        self._guard_tables = guard_tables
        self._session_id = session_id

    def refuse(self, ask: SpendRequest, guard: Guard, window: Window, now: int) -> None:
        """Raises BudgetPaused, DuplicateInFlight, BudgetBlocked or RateLimited."""
        self._refuse_paused(ask)
        self._refuse_duplicate(ask)
        self._refuse_over_limit(ask, guard, window)
        self._refuse_too_soon(ask, guard, now)

    def blown(self, ask: SpendRequest, fuse: Fuse | None, now: int) -> str:
        """Why this call would blow the fuse, "" if it would not.

        The span is of both sides of now: a clock that is set back must neither hide what was
        spent a moment ago nor keep the fuse blown until it has caught up.
        """
        if fuse is None:
            return ""
        span = fuse.minutes * _SECONDS_PER_MINUTE * _MICROS_PER_SECOND
        last_end = self._guard_tables.last_end()
        after = last_end if now - span < last_end <= now else now - span
        spent = self._guard_tables.spent_between(after, now + span)
        if spent + ask.micros <= fuse.micros:
            return ""
        minutes = "minute" if fuse.minutes == 1 else f"{fuse.minutes} minutes"
        return (
            f"${decimal_usd(spent)} within the last {minutes}, and the next call of up to "
            f"${decimal_usd(ask.micros)} would pass the fuse of ${decimal_usd(fuse.micros)}."
        )

    def status(self, guard: Guard, window: Window) -> BudgetStatus:
        """Every cap, envelope and pause."""
        return BudgetStatus(
            self._caps(guard, window),
            tuple(self._envelope(each, window) for each in guard.envelopes),
            self._guard_tables.pauses(),
        )

    def project_status(self, name: str, guard: Guard, window: Window) -> CapStatus:
        """What one project spent over its whole life, and what its envelope leaves."""
        for envelope in guard.envelopes:
            if envelope.kind is EnvelopeKind.PROJECT and envelope.name == name:
                return self._envelope(envelope, window)
        none = Envelope(EnvelopeKind.PROJECT, name, 0, "default")
        used = self._guard_tables.used_of(none, window.month)
        return replace(envelope_status(none, used, None), left_micros=None)

    def _refuse_paused(self, ask: SpendRequest) -> None:
        for pause in self._guard_tables.pauses():
            if pause.provider in ("", ask.provider):
                raise BudgetPaused(pause)

    def _refuse_duplicate(self, ask: SpendRequest) -> None:
        if not ask.fingerprint or ask.is_fresh:
            return
        same = self._tables.open_with_fingerprint(ask.fingerprint, except_job=ask.job_id)
        if same:
            is_unknown = same.state is EntryState.UNKNOWN
            raise DuplicateInFlight(same.job_id, same.id, is_unknown=is_unknown)

    def _refuse_over_limit(self, ask: SpendRequest, guard: Guard, window: Window) -> None:
        limits = self._caps(guard, window) + tuple(
            self._envelope(each, window) for each in guard.envelopes if _is_over(each, ask)
        )
        tight: list[tuple[Micros, CapStatus]] = [
            (limit.left_micros, limit)
            for limit in limits
            if limit.left_micros is not None and limit.left_micros < ask.micros
        ]
        if tight:
            _, tightest = min(tight, key=lambda pair: pair[0])
            raise BudgetBlocked(tightest, ask.micros)

    def _refuse_too_soon(self, ask: SpendRequest, guard: Guard, now: int) -> None:
        if not (ask.is_image_call and guard.rate_limit_seconds):
            return
        pause = guard.rate_limit_seconds * _MICROS_PER_SECOND
        # A call dated far in the future is from a clock that was set back: no reason to wait.
        last = self._tables.last_image_call(after=now - pause, before=now + pause)
        if last is not None:
            wait_seconds = -(-(last + pause - now) // _MICROS_PER_SECOND)
            raise RateLimited(min(wait_seconds, guard.rate_limit_seconds))

    def _caps(self, guard: Guard, window: Window) -> tuple[CapStatus, ...]:
        caps = guard.caps
        session = self._tables.used("session_id", self._session_id)
        day = self._tables.used("local_day", window.day)
        month = self._tables.used("local_month", window.month)
        return (
            cap_status("session", caps.session, session, None),
            cap_status("day", caps.day, day, window.day_ends),
            cap_status("month", caps.month, month, window.month_ends),
        )

    def _envelope(self, envelope: Envelope, window: Window) -> CapStatus:
        used = self._guard_tables.used_of(envelope, window.month)
        is_monthly = envelope.kind is EnvelopeKind.PROVIDER
        return envelope_status(envelope, used, window.month_ends if is_monthly else None)


def _is_over(envelope: Envelope, ask: SpendRequest) -> bool:
    is_project = envelope.kind is EnvelopeKind.PROJECT
    return envelope.name == (ask.project if is_project else ask.provider)
