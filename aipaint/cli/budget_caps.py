"""`budget caps`: every limit in force, and what is paused."""

from datetime import UTC, datetime

from aipaint.cli.output import one_line, print_json, usd_or_none
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.pause import Pause
from aipaint.ledger.status import BudgetStatus, CapStatus
from aipaint.money import decimal_usd, format_usd


def budget_caps(ledger: Ledger, *, is_json: bool) -> None:
    """Caps and envelopes with what is left, then the limits that are no sums."""
    status = ledger.status()
    guard = ledger.guard
    if is_json:
        print_json(_as_json(status, guard))
        return
    for cap in (*status.caps, *status.envelopes):
        print(cap_line(cap))
    for line in _other_limits(guard):
        print(line)
    for pause in status.pauses:
        print(pause_line(pause))


def cap_line(cap: CapStatus) -> str:
    """One cap or envelope for people."""
    is_unlimited = cap.left_micros is None
    limit = "unlimited" if is_unlimited else format_usd(cap.cap_micros)
    left = "" if cap.left_micros is None else f", {format_usd(cap.left_micros)} left"
    resets = f", resets {cap.resets_at[:16].replace('T', ' ')}" if cap.resets_at else ""
    return (
        f"{cap.period:<8} {f'{one_line(cap.name)}: ' if cap.name else ''}"
        f"{format_usd(cap.settled_micros)} spent, "
        f"{format_usd(cap.reserved_micros)} on hold, {format_usd(cap.unknown_micros)} uncertain "
        f"of {limit}{left}{resets} (set by: {cap.source})"
    )


def cap_as_json(cap: CapStatus) -> dict[str, object]:
    """One of the three caps, as scripts rely on it."""
    return {
        "period": cap.period,
        "cap_usd": decimal_usd(cap.cap_micros),
        "settled_usd": decimal_usd(cap.settled_micros),
        "reserved_usd": decimal_usd(cap.reserved_micros),
        "unknown_usd": decimal_usd(cap.unknown_micros),
        "left_usd": usd_or_none(cap.left_micros),
        "resets_at": cap.resets_at,
        "source": cap.source,
    }


def pause_line(pause: Pause) -> str:
    what = f"paid calls of {one_line(pause.provider)}" if pause.provider else "all paid calls"
    since = datetime.fromtimestamp(pause.created_at / 1_000_000, UTC).astimezone()
    return (
        f"PAUSED since {since:%Y-%m-%d %H:%M}: {what}: {one_line(pause.reason)} "
        "Go on with: aipaint budget unpause"
    )


def pause_as_json(pause: Pause) -> dict[str, object]:
    return {
        "provider": pause.provider or None,
        "reason": pause.reason,
        "created_at": pause.created_at,
    }


def _other_limits(guard: Guard) -> list[str]:
    fuse = guard.fuse
    fuse_words = f"{format_usd(fuse.micros)} within {fuse.minutes} minutes" if fuse else "off"
    ask_from = format_usd(guard.ask_from_micros) if guard.ask_from_micros else "off"
    return [
        f"fuse     {fuse_words}",
        f"rate     one paid picture every {guard.rate_limit_seconds} s (0 = any)",
        f"tiers    medium from {format_usd(guard.tiers.medium_from_micros)}, "
        f"high from {format_usd(guard.tiers.high_from_micros)}",
        f"asking   from {ask_from} and from {guard.ask_from_count} pictures on (0 = off)",
        f"same     bought again after {guard.dedupe_ttl_seconds} s",
    ]


def _as_json(status: BudgetStatus, guard: Guard) -> dict[str, object]:
    fuse = guard.fuse
    return {
        "caps": [cap_as_json(cap) for cap in status.caps],
        "envelopes": [{**cap_as_json(each), "name": each.name} for each in status.envelopes],
        "pauses": [pause_as_json(pause) for pause in status.pauses],
        "fuse": {"usd": decimal_usd(fuse.micros), "minutes": fuse.minutes} if fuse else None,
        "rate_limit_seconds": guard.rate_limit_seconds,
        "tiers": {
            "medium_from_usd": decimal_usd(guard.tiers.medium_from_micros),
            "high_from_usd": decimal_usd(guard.tiers.high_from_micros),
        },
        "ask_from_usd": usd_or_none(guard.ask_from_micros or None),
        "ask_from_count": guard.ask_from_count,
        "dedupe_ttl_seconds": guard.dedupe_ttl_seconds,
    }
