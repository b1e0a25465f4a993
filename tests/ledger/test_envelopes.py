"""Envelopes of projects and providers: what they count, when they end, what they say."""

from datetime import UTC, datetime

import pytest

from aipaint.database import Database
from aipaint.ledger.entry import CostSource
from aipaint.ledger.errors import BudgetBlocked
from aipaint.ledger.guard import Envelope, EnvelopeKind, Guard
from aipaint.ledger.ledger import Ledger
from tests.ledger.rig import Clock, ask, caps

POSTER = Envelope(EnvelopeKind.PROJECT, "poster", 1000)
REPLICATE = Envelope(EnvelopeKind.PROVIDER, "replicate", 1000)


def guarded(database: Database, clock: Clock, *envelopes: Envelope, day: int = 0) -> Ledger:
    return Ledger(database, Guard(caps(day=day), envelopes=envelopes), "session-1", clock)


def test_an_envelope_admits_exactly_up_to_it_and_only_its_own(
    database: Database, clock: Clock
) -> None:
    ledger = guarded(database, clock, POSTER)
    ledger.reserve(ask(600, project="poster"))
    ledger.reserve(ask(5000, project="Poster"))
    ledger.reserve(ask(5000))
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(401, project="poster"))
    found = blocked.value
    assert (found.period, found.name, found.left_micros, found.needed_micros) == (
        "project", "poster", 400, 401,
    )  # fmt: skip
    assert 'the envelope of the project "poster"' in found.message
    assert "raise the envelope (set by: settings)" in found.hint
    assert "wait" not in found.hint  # a project's envelope never ends by itself
    ledger.reserve(ask(400, project="poster"))


def test_a_project_counts_its_whole_life_a_provider_its_month(database: Database) -> None:
    clock = Clock(datetime(2026, 11, 30, 23, 0, tzinfo=UTC))
    ledger = guarded(database, clock, POSTER, REPLICATE)
    held = ledger.reserve(ask(700, provider="replicate", project="poster"))
    ledger.settle(held, 600, CostSource.USAGE)
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(401, provider="replicate"))
    assert blocked.value.period == "provider"
    assert "wait until 2026-12-01 00:00" in blocked.value.hint
    clock.advance(hours=1)
    ledger.reserve(ask(1000, provider="replicate"))
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(401, project="poster"))
    assert (blocked.value.period, blocked.value.left_micros) == ("project", 400)


def test_an_envelope_of_nothing_lets_nothing_through_but_what_is_free(
    database: Database, clock: Clock
) -> None:
    ledger = guarded(database, clock, Envelope(EnvelopeKind.PROVIDER, "openai", 0))
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))
    ledger.reserve(ask(0))
    ledger.reserve(ask(1, provider="replicate"))


def test_the_tightest_limit_is_named(database: Database, clock: Clock) -> None:
    ledger = guarded(database, clock, POSTER, REPLICATE, day=500)
    ledger.reserve(ask(200, project="poster"))
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(900, provider="replicate", project="poster"))
    assert blocked.value.period == "day"


def test_the_status_of_envelopes_adds_up_by_state(database: Database, clock: Clock) -> None:
    ledger = guarded(database, clock, POSTER, REPLICATE)
    ledger.settle(ledger.reserve(ask(100, project="poster")), 90, CostSource.USAGE)
    ledger.mark_unknown(ledger.reserve(ask(20, project="poster")))
    ledger.release(ledger.reserve(ask(50, project="poster")))
    ledger.reserve(ask(3, provider="replicate", project="poster"))
    project, provider = ledger.status().envelopes
    assert (project.period, project.name, project.cap_micros) == ("project", "poster", 1000)
    sums = (project.settled_micros, project.reserved_micros, project.unknown_micros)
    assert (sums, project.left_micros, project.resets_at) == ((90, 3, 20), 887, None)
    assert (provider.name, provider.used_micros, provider.left_micros) == ("replicate", 3, 997)
    assert provider.resets_at is not None
    assert provider.resets_at.startswith("2026-12-01T00:00")


def test_overspending_leaves_nothing_not_less(database: Database, clock: Clock) -> None:
    ledger = guarded(database, clock, POSTER)
    ledger.settle(ledger.reserve(ask(900, project="poster")), 1200, CostSource.PROVIDER)
    assert ledger.status().envelopes[0].left_micros == 0
