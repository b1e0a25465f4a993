"""The words for money in the window: spent, on hold, uncertain, left. Pure functions."""

from datetime import datetime
from typing import TYPE_CHECKING

from aipaint.money import Micros, format_usd

if TYPE_CHECKING:
    from aipaint.generation.queue_view import QueueView
    from aipaint.ledger.guard_change import GuardChange
    from aipaint.ledger.status import BudgetStatus, CapStatus

_LIMITS = {
    "cap session": "Limit of a session",
    "cap day": "Limit of a day",
    "cap month": "Limit of a month",
    "medium from": "Medium from",
    "high from": "Expensive from",
    "ask from": "Ask from",
    "rate limit, seconds": "Seconds between pictures",
    "duplicates, seconds": "Seconds in which an earlier purchase is offered",
    "ask from, pictures": "Pictures from which on you are asked",
}
PERIODS = {"session": "This session", "day": "Today", "month": "This month"}


def cap_text(cap: "CapStatus") -> str:
    """ "$1.20 spent, $0.04 on hold, $0.02 uncertain, $8.74 left of $10.00"."""
    parts = [f"{format_usd(cap.settled_micros)} spent"]
    if cap.reserved_micros:
        parts.append(f"{format_usd(cap.reserved_micros)} on hold")
    if cap.unknown_micros:
        parts.append(f"{format_usd(cap.unknown_micros)} uncertain")
    parts.append(left_text(cap))
    return ", ".join(parts)


def left_text(cap: "CapStatus") -> str:
    """ "$8.76 left of $10.00". Exactly what is left is rounded down: it can be spent."""
    if cap.left_micros is None:
        return "no limit"
    return f"{_floored(cap.left_micros)} left of {format_usd(cap.cap_micros)}"


def limit_name(cap: "CapStatus") -> str:
    """ "Today", "Project Poster"."""
    return PERIODS.get(cap.period) or f"{cap.period.capitalize()} {cap.name}"


def meter_text(status: "BudgetStatus") -> str:
    """The line that is always in sight: "Today $1.24 + $0.16 on hold of $10.00"."""
    today = next((cap for cap in status.caps if cap.period == "day"), None)
    if today is None:
        return ""
    text = f"Today {format_usd(today.settled_micros)}"
    if today.reserved_micros:
        text += f" + {format_usd(today.reserved_micros)} on hold"
    if today.unknown_micros:
        text += f" + {format_usd(today.unknown_micros)} uncertain"
    text += f" of {format_usd(today.cap_micros)}" if today.cap_micros else ", no limit"
    return f"Paused · {text}" if status.pauses else text


def resets_text(cap: "CapStatus") -> str:
    """When the window ends, in the user's own time; "" where it does not."""
    return f"starts anew {cap.resets_at[:16].replace('T', ' ')}" if cap.resets_at else ""


def queue_text(view: "QueueView") -> str:
    """ "1 running, 2 waiting"; "No jobs"."""
    parts = []
    if view.running:
        parts.append(f"{len(view.running)} running")
    if view.waiting:
        held = all(job.is_paused for job in view.waiting) or view.is_paused
        parts.append(f"{len(view.waiting)} {'paused' if held else 'waiting'}")
    nothing = "Queue paused" if view.is_paused else "No jobs"
    return ", ".join(parts) or nothing


def change_text(change: "GuardChange") -> str:
    """ "Limit of a day: $10.00 → $20.00"."""
    what, colon, figures = change.sentence.partition(": ")
    name = _LIMITS.get(what) or what[:1].upper() + what[1:]
    return f"{name}{colon}{figures}".replace("->", "→")


def up_to(micros: Micros | None) -> str:
    """ "up to $0.08", "free", or "" while it is not known."""
    if micros is None:
        return ""
    return f"up to {format_usd(micros)}" if micros else "free"


def at_time(micros: int) -> str:
    """The user's own clock: "14:02" today, "2026-11-20 14:02" before."""
    when = datetime.fromtimestamp(micros // 1_000_000).astimezone()
    is_today = when.date() == datetime.now().astimezone().date()
    return when.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")


def pictures_text(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def _floored(micros: Micros) -> str:
    """Money that is left is never rounded up."""
    shown = format_usd(micros)
    if micros < 100_000:
        return format_usd(micros // 1000 * 1000) if micros >= 1000 else "$0.00"
    return shown if micros % 10_000 == 0 else format_usd(micros // 10_000 * 10_000)
