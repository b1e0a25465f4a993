"""`guard_of`: the limits that the settings ask for, as the ledger takes them."""

from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.ledger.tiers import Tiers
from aipaint.settings.settings import CapSetting, Settings


def guard_of(settings: Settings) -> Guard:
    """At start, and again whenever the window has changed the settings."""
    fuse = None
    if settings.fuse_micros and settings.fuse_minutes:
        fuse = Fuse(settings.fuse_micros, settings.fuse_minutes)
    return Guard(
        caps=Caps(
            session=_cap(settings.session_cap),
            day=_cap(settings.daily_cap),
            month=_cap(settings.monthly_cap),
        ),
        rate_limit_seconds=settings.rate_limit_seconds,
        envelopes=tuple(
            Envelope(EnvelopeKind(each.kind), each.name, each.micros) for each in settings.envelopes
        ),
        fuse=fuse,
        tiers=Tiers(settings.tier_medium_micros, settings.tier_high_micros),
        dedupe_ttl_seconds=settings.dedupe_ttl_seconds,
        ask_from_micros=settings.ask_from_micros,
        ask_from_count=settings.ask_from_count,
    )


def _cap(setting: CapSetting) -> Cap:
    return Cap(setting.micros, setting.source)
