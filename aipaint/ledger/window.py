"""The user's local calendar: which day and month a call belongs to, and when they end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Window:
    """The keys written into a ledger row at admission: ISO day and ISO month."""

    day: str

    @property
    def month(self) -> str:
        return self.day[:7]

    @property
    def day_ends(self) -> str:
        """The local midnight that ends the day, as an ISO time with its offset."""
        return _midnight(date.fromisoformat(self.day) + timedelta(days=1))

    @property
    def month_ends(self) -> str:
        """The local midnight that ends the month, as an ISO time with its offset."""
        day = date.fromisoformat(self.day)
        return _midnight(date(day.year + day.month // 12, day.month % 12 + 1, 1))


def window_at(now: datetime, latest_day: str) -> Window:
    """The window of an aware time in the system's zone; `latest_day` is the last day charged.

    A clock that is set back, or a flight west, stays in the later window: the same money can
    never be spent in two of them.
    """
    return Window(max(now.astimezone().date().isoformat(), latest_day))


def _midnight(day: date) -> str:
    # A naive local time gets the offset that holds at that moment, also across a clock change.
    return datetime(day.year, day.month, day.day).astimezone().isoformat()
