"""`Figure`: one measured promise, with its limit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A row of the table. `is_ok`: the measured figure keeps the limit."""

    name: str
    measured: str
    limit: str
    is_ok: bool


def exactly(name: str, measured: int, limit: int = 0) -> Figure:
    """A count that must be this one."""
    return Figure(name, f"{measured:,}", f"{limit:,}", measured == limit)


def at_most(name: str, measured: float, limit: float, unit: str = "") -> Figure:
    """A measure that must not be larger."""
    return Figure(name, f"{measured:,.4g}{unit}", f"<= {limit:,.4g}{unit}", measured <= limit)


def at_least(name: str, measured: float, limit: float, unit: str = "") -> Figure:
    """A measure that must not be smaller."""
    return Figure(name, f"{measured:,.4g}{unit}", f">= {limit:,.4g}{unit}", measured >= limit)
