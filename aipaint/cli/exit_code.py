"""What the process answers with."""

from enum import IntEnum

from aipaint.errors import AipaintError
from aipaint.providers.errors import Charged, ProviderError


class ExitCode(IntEnum):
    """Stable: scripts rely on these."""

    DONE = 0
    USAGE = 2  # wrong usage or unreadable input
    BLOCKED = 3  # by the budget, the rate limit or a missing --yes
    FAILED = 4  # refused or failed, not charged
    UNKNOWN = 5  # outcome unknown, maybe charged
    CANCELLED = 6
    PAID_FOR_NOTHING = 7  # failed after being charged


_BY_KIND = {
    "usage": ExitCode.USAGE,
    "unreadable": ExitCode.USAGE,
    "settings": ExitCode.USAGE,
    "budget": ExitCode.BLOCKED,
    "rate_limit": ExitCode.BLOCKED,
    "duplicate": ExitCode.BLOCKED,
    "unpriced": ExitCode.BLOCKED,
    "confirmation": ExitCode.BLOCKED,
    "cancelled": ExitCode.CANCELLED,
}
_BY_CHARGE = {
    Charged.NO: ExitCode.FAILED,
    Charged.YES: ExitCode.PAID_FOR_NOTHING,
    Charged.UNKNOWN: ExitCode.UNKNOWN,
}


def exit_code_of(error: AipaintError) -> ExitCode:
    """A provider's failure by what it cost, everything else by its kind."""
    if isinstance(error, ProviderError):
        if error.charged is Charged.NO and error.kind == "cancelled":
            return ExitCode.CANCELLED
        return _BY_CHARGE[error.charged]
    return _BY_KIND.get(error.kind, ExitCode.FAILED)
