"""`StandingGuard`: the limits in force in this process, and how they follow those of others."""

from aipaint.ledger.guard import Guard
from aipaint.ledger.guard_change import LoggedChange, changes_between, followed
from aipaint.ledger.guard_tables import GuardTables


class StandingGuard:
    """Call inside a transaction. A limit lowered in one window holds in every other from the next
    reservation on, without a restart."""

    def __init__(self, guard: Guard, tables: GuardTables) -> None:
        self.guard = guard
        self._tables = tables
        self._last_change: int | None = None

    def follow(self) -> Guard:
        """The guard with what other processes changed since this one began to look."""
        if self._last_change is None:
            self._last_change = self._tables.last_change()
        newer = self._tables.changes_after(self._last_change)
        if newer:
            self.guard = followed(self.guard, [change for _, change in newer])
            self._last_change = newer[-1][0]
        return self.guard

    def log(self, after: Guard, source: str, now: int) -> tuple[LoggedChange, ...]:
        """Write down every limit that will differ."""
        changes = changes_between(self.follow(), after)
        return tuple(self._tables.log(change, source, now) for change in changes)

    def last_change(self) -> int:
        """The newest in the log; hand it to `adopt`."""
        return self._tables.last_change()

    def adopt(self, guard: Guard, last_change: int) -> None:
        """Once what `log` wrote is committed: our own changes are not followed again."""
        self._last_change = last_change
        self.guard = guard
