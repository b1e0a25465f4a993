"""`GuardChange`: one limit that was set to another value, and how limits of two guards differ."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.money import Micros, format_usd

_CAPS = ("session", "day", "month")
_FIXED_SOURCES = ("command line", "environment")


@dataclass(frozen=True)
class GuardChange:
    """`what` names the limit ("cap day", "envelope project Poster"); amounts are None where there
    is no limit, and where the limit is not an amount (then `what` says the figures)."""

    what: str
    before_micros: Micros | None
    after_micros: Micros | None
    is_raise: bool

    @property
    def sentence(self) -> str:
        """For the confirmation of a raise, and for the log."""
        if self.before_micros is None and self.after_micros is None:
            return self.what
        return f"{self.what}: {_amount(self.before_micros)} -> {_amount(self.after_micros)}"


@dataclass(frozen=True)
class LoggedChange:
    """A change as the log has it. `source` says who made it, the time is UTC microseconds."""

    what: str
    before_micros: Micros | None
    after_micros: Micros | None
    source: str
    created_at: int


def changes_between(before: Guard, after: Guard) -> tuple[GuardChange, ...]:
    """Every limit that differs; `is_raise` where more can be spent, or sooner, than before."""
    old, new = _limits(before), _limits(after)
    amounts = [
        GuardChange(what, old.get(what), new.get(what), _is_more(old.get(what), new.get(what)))
        for what in {**old, **new}
        if old.get(what) != new.get(what)
    ]
    return (*amounts, *_figures(before, after))


def followed(guard: Guard, changes: Iterable[GuardChange]) -> Guard:
    """The guard with the caps, envelopes and fuse that another window set since; what the command
    line or the environment fixes for this process stays."""
    for change in changes:
        kind, _, name = change.what.partition(" ")
        if kind == "cap" and name in _CAPS:
            cap = getattr(guard.caps, name)
            if cap.source not in _FIXED_SOURCES:
                new = replace(cap, limit_micros=change.after_micros or 0, source="settings")
                guard = replace(guard, caps=replace(guard.caps, **{name: new}))
        elif kind == "envelope":
            guard = _with_envelope(guard, name, change.after_micros)
        elif kind == "fuse":
            guard = _with_fuse(guard, int(name.split()[1]), change.after_micros)
    return guard


def _with_envelope(guard: Guard, text: str, limit: Micros | None) -> Guard:
    kind, _, name = text.partition(" ")
    key = (EnvelopeKind(kind), name)
    kept = tuple(each for each in guard.envelopes if (each.kind, each.name) != key)
    if limit is not None:
        kept = (*kept, Envelope(*key, limit))
    return replace(guard, envelopes=kept)


def _with_fuse(guard: Guard, minutes: int, limit: Micros | None) -> Guard:
    """Another span is logged as the end of one fuse and the beginning of another."""
    if limit is not None:
        return replace(guard, fuse=Fuse(limit, minutes))
    is_ours = guard.fuse is not None and guard.fuse.minutes == minutes
    return replace(guard, fuse=None) if is_ours else guard


def _limits(guard: Guard) -> dict[str, Micros | None]:
    """None: no limit. A cap of 0 is none, an envelope of 0 lets nothing through."""
    limits: dict[str, Micros | None] = {
        f"cap {name}": getattr(guard.caps, name).limit_micros or None for name in _CAPS
    }
    for envelope in guard.envelopes:
        limits[f"envelope {envelope.kind.value} {envelope.name}"] = envelope.limit_micros
    if guard.fuse:
        limits[f"fuse within {guard.fuse.minutes} minutes"] = guard.fuse.micros
    limits["medium from"] = guard.tiers.medium_from_micros
    limits["high from"] = guard.tiers.high_from_micros
    limits["ask from"] = guard.ask_from_micros or None
    return limits


def _figures(before: Guard, after: Guard) -> list[GuardChange]:
    """What is counted in seconds, minutes and pictures: the words carry the figures."""
    figures = (
        ("rate limit, seconds", before.rate_limit_seconds, after.rate_limit_seconds, False),
        ("duplicates, seconds", before.dedupe_ttl_seconds, after.dedupe_ttl_seconds, False),
        ("ask from, pictures", before.ask_from_count, after.ask_from_count, True),
    )
    return [
        GuardChange(f"{what}: {old} -> {new}", None, None, (not new) or (new > old) == is_more)
        for what, old, new, is_more in figures
        if old != new
    ]


def _is_more(before: Micros | None, after: Micros | None) -> bool:
    return before is not None and (after is None or after > before)


def _amount(micros: Micros | None) -> str:
    return "no limit" if micros is None else format_usd(micros)
