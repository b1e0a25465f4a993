"""`Ledger`: what may be spent, is held, and was spent; shared by every process on the database."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from aipaint.database import Database, connection, one_view, transaction, utc_micros
from aipaint.errors import StorageError
from aipaint.ledger.admission import Admission
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry, Reservation, SpendRequest
from aipaint.ledger.errors import BooksDisagree, BudgetPaused, LedgerError, NoSuchEntry
from aipaint.ledger.guard import Guard
from aipaint.ledger.guard_journal import GuardNote
from aipaint.ledger.guard_tables import GuardTables
from aipaint.ledger.pause import Pause
from aipaint.ledger.price import Estimate, PriceRequest
from aipaint.ledger.reasons import Past, reasons_to_ask
from aipaint.ledger.report import Receipt, ReportBy, SpendRow
from aipaint.ledger.report_tables import ReportTables
from aipaint.ledger.seen import Seen
from aipaint.ledger.standing_guard import StandingGuard
from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.ledger.tables import LedgerTables
from aipaint.ledger.window import Window, window_at
from aipaint.money import Micros

_LOG = logging.getLogger(__name__)
_MOST_MICROS = 10**15  # a billion dollars: sums stay far inside 64 bits


class Journal(Protocol):
    """A second record beside the database, written after each change of a row is committed."""

    def append(self, entry: LedgerEntry) -> None: ...

    def append_guard(self, notes: Iterable[GuardNote]) -> None: ...


class Ledger:
    """Reserve before a call is sent, settle or release once its outcome is known.

    Each method is one transaction on a connection of its own and may be called from any thread.
    Failures of the database are StorageError: then nothing was reserved and nothing may be sent.
    """

    def __init__(
        self,
        database: Database,
        guard: Guard,
        session_id: str,
        clock: Callable[[], datetime],
        journal: Journal | None = None,
    ) -> None:
        self._database = database
        self._tables = LedgerTables(database)
        self._guard_tables = GuardTables(database)
        self._report_tables = ReportTables(database)
        self._admission = Admission(self._tables, self._guard_tables, session_id)
        self._standing = StandingGuard(guard, self._guard_tables)
        self._session_id = session_id
        self._clock = clock
        self._journal = journal
        self._are_books_good = False

    @property
    def guard(self) -> Guard:
        """The limits in force here."""
        return self._standing.guard

    def set_guard(self, guard: Guard, *, source: str) -> None:
        """Other limits from the next reservation on; what is running is not touched.

        Every limit that differs is logged with its source, and followed by other windows.
        """
        with transaction(self._database):
            logged = self._standing.log(guard, source, utc_micros(self._clock()))
            last_change = self._standing.last_change()
        self._standing.adopt(guard, last_change)
        self._note_guard(logged)

    def reserve(self, ask: SpendRequest) -> Reservation:
        """Hold the upper bound of one call under every cap, in one BEGIN IMMEDIATE transaction.

        Raises BudgetPaused, DuplicateInFlight, BudgetBlocked, RateLimited, BooksDisagree; nothing
        is reserved then. A call that costs nothing passes them all.
        """
        _check_amount(ask.micros)
        if ask.micros:
            self._check_books()
        blown = None
        with transaction(self._database):
            window, now = self._window_and_now()
            if ask.micros:
                blown = self._pause_or_pass(ask, window, now)
            if blown is None:
                entry = self._admit(ask, window, now)
        if blown is not None:
            # Raised here, because the pause has to be committed.
            self._note_guard((blown,))
            raise BudgetPaused(blown)
        reservation = Reservation(entry.id, ask.job_id, ask.micros)
        try:
            self._note(entry)
        except StorageError:
            self.release(reservation)
            raise
        return reservation

    def mark_sent(self, reservation: Reservation) -> None:
        """On disk before the first byte goes out. Again (a retry) changes nothing."""
        with transaction(self._database):
            entry = self._entry(reservation.ledger_id)
            if entry.state is not EntryState.RESERVED:
                raise _cannot("sent", entry)
            if entry.sent_at is not None:
                return
            now = utc_micros(self._clock())
            entry = self._changed(entry, "sent", {"sent_at": now}, (0, 0))
        self._note(entry)

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
            entry = self._closed(entry, EntryState.SETTLED, micros, source)
        self._note_end(entry)

    def release(self, reservation: Reservation) -> None:
        """The call provably cost nothing."""
        with transaction(self._database):
            entry = self._closed(self._entry(reservation.ledger_id), EntryState.RELEASED, 0, None)
        self._note_end(entry)

    def mark_unknown(self, reservation: Reservation) -> None:
        """The call was sent and its outcome is not known: the estimate stays held."""
        with transaction(self._database):
            entry = self._entry(reservation.ledger_id)
            if entry.state is EntryState.UNKNOWN:
                return
            if entry.state is not EntryState.RESERVED:
                raise _cannot("unknown", entry)
            columns = {"state": EntryState.UNKNOWN.value}
            entry = self._changed(entry, "unknown", columns, (0, 0))
        self._note_end(entry)

    def resolve(self, ledger_id: int, charged: bool) -> None:
        """The user says how an unknown or interrupted call ended: at its estimate, or for free."""
        with transaction(self._database):
            entry = self._entry(ledger_id)
            if charged:
                held = entry.reserved_micros
                entry = self._closed(entry, EntryState.SETTLED, held, CostSource.ESTIMATE)
            else:
                entry = self._closed(entry, EntryState.RELEASED, 0, None)
        self._note_end(entry)

    def pause_provider(self, provider: str, reason: str) -> None:
        """Stop paid calls to one provider, in every process, until `resume_spending`.

        `reason` is a sentence: "the provider says that the account has no credit left."
        """
        with transaction(self._database):
            pause = self._guard_tables.pause(reason, provider, utc_micros(self._clock()))
        self._note_guard((pause,))

    def resume_spending(self, provider: str | None = None) -> tuple[Pause, ...]:
        """A person says go on, for one provider or (None) for everything; what was stopped."""
        with transaction(self._database):
            ended = tuple(
                pause
                for pause in self._guard_tables.pauses()
                if provider is None or pause.provider == provider
            )
            now = utc_micros(self._clock())
            self._guard_tables.end_pauses(ended, now)
        self._note_guard(replace(pause, ended_at=now) for pause in ended)
        return ended

    def status(self) -> BudgetStatus:
        """Spent, held, uncertain and left under each cap and envelope, and what is paused."""
        with one_view(self._database):
            window, _ = self._window_and_now()
            return self._admission.status(self._standing.follow(), window)

    def project_status(self, name: str) -> CapStatus:
        """The same for one project over its whole life; unlimited if it has no envelope."""
        with one_view(self._database):
            window, _ = self._window_and_now()
            return self._admission.project_status(name, self._standing.follow(), window)

    def entries(self, limit: int, project: str = "") -> list[LedgerEntry]:
        """The rows of every session, newest first; with a name only those of one project."""
        with connection(self._database):
            return self._tables.recent(limit, project)

    def open_entries(self) -> list[LedgerEntry]:
        """Rows whose money is held or uncertain, of every session, oldest first."""
        with connection(self._database):
            return self._tables.open_rows()

    def entry(self, ledger_id: int) -> LedgerEntry:
        """One row. Raises LedgerError if there is none."""
        with connection(self._database):
            return self._entry(ledger_id)

    def report(
        self, by: ReportBy, since: date | None = None, until: date | None = None
    ) -> list[SpendRow]:
        """Where the money went in these local days, both included: days and months newest first,
        names dearest first."""
        with connection(self._database):
            return self._report_tables.rows(by, since, until)

    def receipts(self, since: date | None = None, until: date | None = None) -> list[Receipt]:
        """Every row of these local days, newest first; together exactly what the meter says."""
        with connection(self._database):
            return self._report_tables.receipts(since, until)

    def seen_costs(self, ask: PriceRequest) -> Seen | None:
        """What the last calls of this model, operation, size and quality cost per picture."""
        with connection(self._database):
            return self._guard_tables.seen(ask.provider, ask.model, ask.operation, ask.priced_as)

    def all_seen(self) -> dict[tuple[str, str, str, str], Seen]:
        """The same for everything that was ever bought, by provider, model, operation and
        `priced_as`."""
        with connection(self._database):
            return self._guard_tables.all_seen()

    def reasons_to_ask(self, estimate: Estimate, ask: PriceRequest) -> tuple[str, ...]:
        """Why a person should be asked before this is bought; sentences, none if there is none."""
        if not estimate.micros:
            return ()
        with connection(self._database):
            past = Past(
                self._guard_tables.has_paid(ask.provider),
                self._guard_tables.last_price(ask.provider, ask.model, ask.operation),
            )
        return reasons_to_ask(estimate, ask, self.guard, past)

    def audit(self) -> tuple[int, ...]:
        """Ids of rows that are not the sum of their append-only entries; empty when all is well."""
        with connection(self._database):
            return self._tables.disagreements()

    def _window_and_now(self) -> tuple[Window, int]:
        now = self._clock()
        return window_at(now, self._tables.latest_day()), utc_micros(now)

    def _check_books(self) -> None:
        """Once per process: what does not add up is not spent on."""
        if not self._are_books_good:
            if wrong := self.audit():
                raise BooksDisagree(wrong)
            self._are_books_good = True

    def _pause_or_pass(self, ask: SpendRequest, window: Window, now: int) -> Pause | None:
        """Raises what refuses the call; a pause if it would blow the fuse."""
        guard = self._standing.follow()
        self._admission.refuse(ask, guard, window, now)
        reason = self._admission.blown(ask, guard.fuse, now)
        return self._guard_tables.pause(reason, "", now) if reason else None

    def _admit(self, ask: SpendRequest, window: Window, now: int) -> LedgerEntry:
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
                "project": ask.project,
                "count": ask.count,
                "priced_as": ask.priced_as,
                "created_at": now,
            }
        )
        self._tables.append(ledger_id, "reserved", (ask.micros, 0), now)
        return self._entry(ledger_id)

    def _closed(
        self, entry: LedgerEntry, state: EntryState, micros: Micros, source: CostSource | None
    ) -> LedgerEntry:
        if not entry.state.is_open:
            raise _cannot(state.value, entry)
        columns = {
            "state": state.value,
            "actual_micros": micros,
            "cost_source": None if source is None else source.value,
            "closed_at": utc_micros(self._clock()),
        }
        return self._changed(entry, state.value, columns, (-entry.reserved_micros, micros))

    def _changed(
        self,
        entry: LedgerEntry,
        event: str,
        columns: Mapping[str, object],
        amounts: tuple[Micros, Micros],
    ) -> LedgerEntry:
        self._tables.change(entry.id, columns)
        self._tables.append(entry.id, event, amounts, utc_micros(self._clock()))
        return self._entry(entry.id)

    def _note(self, entry: LedgerEntry) -> None:
        if self._journal is not None:
            self._journal.append(entry)

    def _note_guard(self, notes: Iterable[GuardNote]) -> None:
        """It is in force already; what is not written down here is caught up at the next start."""
        try:
            if self._journal is not None:
                self._journal.append_guard(notes)
        except StorageError as error:
            _LOG.warning("The journal of limits lacks a line: %s", error.message)

    def _note_end(self, entry: LedgerEntry) -> None:
        """What is done is done: a journal that cannot be written must not hide it. It is caught
        up from the database at the next start."""
        try:
            self._note(entry)
        except StorageError as error:
            _LOG.warning("The spending journal lacks a line: %s", error.message)

    def _entry(self, ledger_id: int) -> LedgerEntry:
        entry = self._tables.entry(ledger_id)
        if entry is None:
            raise NoSuchEntry(ledger_id)
        return entry


def _check_amount(micros: Micros) -> None:
    if type(micros) is not int or not 0 <= micros <= _MOST_MICROS:
        raise ValueError(f"not an amount in micro-dollars: {micros!r}")


def _cannot(event: str, entry: LedgerEntry) -> LedgerError:
    return LedgerError(
        f"Ledger entry {entry.id} is already {entry.state.value} and cannot become {event}.",
        "See: aipaint budget ledger",
    )
