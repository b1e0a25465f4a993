"""The hard limits of spending."""

from dataclasses import dataclass

from aipaint.money import Micros


@dataclass(frozen=True)
class Cap:
    """One limit in micro-dollars (0 = unlimited) and who set it.

    `source` is one of: command line, environment, settings, default.
    """

    limit_micros: Micros
    source: str = "default"


@dataclass(frozen=True)
class Caps:
    """The limits of one session, one local day and one local month."""

    session: Cap
    day: Cap
    month: Cap
