"""`Ledger`: what may be spent, is held, and was spent; shared by every process on the database."""

from collections.abc import Callable
from datetime import datetime

from aipaint.database import Database, connection, one_view, transaction, utc_micros
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry, Reservation, SpendRequest
from aipaint.ledger.errors import BudgetBlocked, DuplicateInFlight, LedgerError, RateLimited
from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.ledger.tables import LedgerTables
from aipaint.ledger.window import Window, window_at
from aipaint.money import Micros

_MICROS_PER_SECOND = 1_000_000
_MOST_MICROS = 10**15  # a billion dollars: sums stay far inside 64 bits


class Ledger:
    """Reserve before a call is sent, settle or release once its outcome is known.

    Each method is one transaction on a connection of its own and may be called from any thread.
    Failures of the database are StorageError: then nothing was reserved and nothing may be sent.
    """

    def __init__(
        self,
        database: Database,
        caps: Caps,
        rate_limit_seconds: int,
        session_id: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._tables = LedgerTables(database)
        self._caps = caps
        self._rate_limit_seconds = rate_limit_seconds
        self._session_id = session_id
        self._clock = clock

    def set_caps(self, caps: Caps) -> None:
        """Other limits from the next reservation on; what is running is not touched."""
        self._caps = caps

    def reserve(self, ask: SpendRequest) -> Reservation:
        """Hold the upper bound of one call under every cap, in one BEGIN IMMEDIATE transaction.

        Raises DuplicateInFlight, BudgetBlocked, RateLimited; nothing is written then. A call
        that costs nothing passes all three.
        """
        _check_amount(ask.micros)
        with transaction(self._database):
            now = self._clock()
            window = window_at(now, self._tables.latest_day())
            if ask.micros:
                self._refuse_duplicate(ask)
                self._refuse_over_cap(ask, window)
                self._refuse_too_soon(ask, utc_micros(now))
            ledger_id = self._admit(ask, window, utc_micros(now))
        return Reservation(ledger_id, ask.job_id, ask.micros)

    def mark_sent(self, reservation: Reservation) -> None:
        """On disk before the first byte goes out. Again (a retry) changes nothing."""
        with transaction(self._database):
            entry = self._entry(reservation.ledger_id)
            if entry.state is not EntryState.RESERVED:
                raise _cannot("sent", entry)
            if entry.sent_at is None:
                now = utc_micros(self._clock())
                self._tables.change(entry.id, {"sent_at": now})
                self._tables.append(entry.id, "sent", (0, 0), now)

    def settle(self, reservation: Reservation, micros: Micros, source: CostSource) -> None:
        """The call cost this much, also if that is more than was held.

        Settling again with the same amount is a no-op; anything else on a resolved row is a
        LedgerError.
        """
        _check_amount(micros)
        with transaction(self._database):
            entry = self._entry(reservation.ledger_id)
            if entry.state is EntryState.SETTLED and entry.actual_micros == micros:
                return
            self._close(entry, EntryState.SETTLED, micros, source)

    def release(self, reservation: Reservation) -> None:
        """The call provably cost nothing."""
        with transaction(self._database):
            self._close(self._entry(reservation.ledger_id), EntryState.RELEASED, 0, None)

    def mark_unknown(self, reservation: Reservation) -> None:
        """The call was sent and its outcome is not known: the estimate stays held."""
        with transaction(self._database):
            entry = self._entry(reservation.ledger_id)
            if entry.state is EntryState.UNKNOWN:
                return
            if entry.state is not EntryState.RESERVED:
                raise _cannot("unknown", entry)
            self._tables.change(entry.id, {"state": EntryState.UNKNOWN.value})
            self._tables.append(entry.id, "unknown", (0, 0), utc_micros(self._clock()))

    def resolve(self, ledger_id: int, charged: bool) -> None:
        """The user says how an unknown or interrupted call ended: at its estimate, or for free."""
        with transaction(self._database):
            entry = self._entry(ledger_id)
            if charged:
                self._close(entry, EntryState.SETTLED, entry.reserved_micros, CostSource.ESTIMATE)
            else:
                self._close(entry, EntryState.RELEASED, 0, None)

    def status(self) -> BudgetStatus:
        """Spent, held, uncertain and left under each cap, at one moment."""
        with one_view(self._database):
            window = window_at(self._clock(), self._tables.latest_day())
            return BudgetStatus(self._cap_statuses(window))

    def entries(self, limit: int) -> list[LedgerEntry]:
        """The rows of every session, newest first."""
        with connection(self._database):
            return self._tables.recent(limit)

    def audit(self) -> tuple[int, ...]:
        """Ids of rows that are not the sum of their append-only entries; empty when all is well."""
        with connection(self._database):
            return self._tables.disagreements()

    def _refuse_duplicate(self, ask: SpendRequest) -> None:
        if not ask.fingerprint or ask.is_fresh:
            return
        same = self._tables.open_with_fingerprint(ask.fingerprint, except_job=ask.job_id)
        if same:
            is_unknown = same.state is EntryState.UNKNOWN
            raise DuplicateInFlight(same.job_id, same.id, is_unknown=is_unknown)

    def _refuse_over_cap(self, ask: SpendRequest, window: Window) -> None:
        tight: list[tuple[Micros, CapStatus]] = [
            (cap.left_micros, cap)
            for cap in self._cap_statuses(window)
            if cap.left_micros is not None and cap.left_micros < ask.micros
        ]
        if tight:
            _, tightest = min(tight, key=lambda pair: pair[0])
            raise BudgetBlocked(tightest, ask.micros)

    def _refuse_too_soon(self, ask: SpendRequest, now: int) -> None:
        if not (ask.is_image_call and self._rate_limit_seconds):
            return
        pause = self._rate_limit_seconds * _MICROS_PER_SECOND
        # A call dated far in the future is from a clock that was set back: no reason to wait.
        last = self._tables.last_image_call(after=now - pause, before=now + pause)
        if last is not None:
            wait_seconds = -(-(last + pause - now) // _MICROS_PER_SECOND)
            raise RateLimited(min(wait_seconds, self._rate_limit_seconds))

    def _admit(self, ask: SpendRequest, window: Window, now: int) -> int:
        ledger_id = self._tables.insert(
            {
                "job_id": ask.job_id,
                "session_id": self._session_id,
                "provider": ask.provider,
                "model": ask.model,
                "operation": ask.operation,
                "state": EntryState.RESERVED.value,
                "reserved_micros": ask.micros,
                "local_day": window.day,
                "local_month": window.month,
                "fingerprint": ask.fingerprint,
                "is_image_call": int(ask.is_image_call),
                "created_at": now,
            }
        )
        self._tables.append(ledger_id, "reserved", (ask.micros, 0), now)
        return ledger_id

    def _close(
        self, entry: LedgerEntry, state: EntryState, micros: Micros, source: CostSource | None
    ) -> None:
        if not entry.state.is_open:
            raise _cannot(state.value, entry)
        now = utc_micros(self._clock())
        columns = {
            "state": state.value,
            "actual_micros": micros,
            "cost_source": None if source is None else source.value,
            "closed_at": now,
        }
        self._tables.change(entry.id, columns)
        self._tables.append(entry.id, state.value, (-entry.reserved_micros, micros), now)

    def _entry(self, ledger_id: int) -> LedgerEntry:
        entry = self._tables.entry(ledger_id)
        if entry is None:
            raise LedgerError(
                f"There is no ledger entry {ledger_id}.", "See: aipaint budget ledger"
            )
        return entry

    def _cap_statuses(self, window: Window) -> tuple[CapStatus, ...]:
        caps = self._caps
        session = self._tables.used("session_id", self._session_id)
        day = self._tables.used("local_day", window.day)
        month = self._tables.used("local_month", window.month)
        return (
            _cap_status("session", caps.session, session, None),
            _cap_status("day", caps.day, day, window.day_ends),
            _cap_status("month", caps.month, month, window.month_ends),
        )


def _cap_status(
    period: str, cap: Cap, used: dict[EntryState, Micros], resets_at: str | None
) -> CapStatus:
    settled = used.get(EntryState.SETTLED, 0)
    reserved = used.get(EntryState.RESERVED, 0)
    unknown = used.get(EntryState.UNKNOWN, 0)
    left = max(0, cap.limit_micros - settled - reserved - unknown) if cap.limit_micros else None
    return CapStatus(
        period, cap.limit_micros, settled, reserved, unknown, left, resets_at, cap.source
    )


def _check_amount(micros: Micros) -> None:
    if type(micros) is not int or not 0 <= micros <= _MOST_MICROS:
        raise ValueError(f"not an amount in micro-dollars: {micros!r}")


def _cannot(event: str, entry: LedgerEntry) -> LedgerError:
    return LedgerError(
        f"Ledger entry {entry.id} is already {entry.state.value} and cannot become {event}.",
        "See: aipaint budget ledger",
    )
