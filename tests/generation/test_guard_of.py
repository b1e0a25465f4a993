"""The settings as limits: nothing that a user set is lost on the way to the ledger."""

from pathlib import Path

from aipaint.generation.guard_of import guard_of
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.ledger.tiers import Tiers
from aipaint.settings.load_settings import load_settings

TEXT = """
session_cap = 1
daily_cap = 2
monthly_cap = 3
rate_limit_seconds = 4
dedupe_ttl_seconds = 5
fuse = 6
fuse_minutes = 7
tier_medium = 0.08
tier_high = 0.09
ask_from = 0.10
ask_from_count = 11
[envelopes.project]
poster = 12
[envelopes.provider]
replicate = 13
"""


def guard_in(folder: Path, text: str, **environ: str) -> Guard:
    (folder / "settings.toml").write_text(text)
    return guard_of(load_settings({"AIPAINT_HOME": str(folder), **environ}, {}))


def test_every_limit_of_the_settings_is_in_force(tmp_path: Path) -> None:
    million = 1_000_000
    assert guard_in(tmp_path, TEXT, AIE_BUDGET_DAILY_CAP="20") == Guard(
        caps=Caps(
            session=Cap(1 * million, "settings"),
            day=Cap(20 * million, "environment"),
            month=Cap(3 * million, "settings"),
        ),
        rate_limit_seconds=4,
        envelopes=(
            Envelope(EnvelopeKind.PROJECT, "poster", 12 * million),
            Envelope(EnvelopeKind.PROVIDER, "replicate", 13 * million),
        ),
        fuse=Fuse(6 * million, 7),
        tiers=Tiers(80_000, 90_000),
        dedupe_ttl_seconds=5,
        ask_from_micros=100_000,
        ask_from_count=11,
    )


def test_without_settings_the_fuse_is_off_and_the_tiers_are_the_designs(tmp_path: Path) -> None:
    guard = guard_in(tmp_path, "")
    assert (guard.fuse, guard.envelopes) == (None, ())
    assert guard.tiers == Tiers(20_000, 100_000)
    assert (guard.ask_from_micros, guard.ask_from_count) == (0, 4)
