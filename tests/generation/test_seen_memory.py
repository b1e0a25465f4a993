"""What calls cost lately, remembered: the same as the ledger says, without waiting for it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.generation.seen_memory import SeenMemory
from aipaint.ledger.entry import CostSource
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price_book import PriceRequest
from tests.ledger.rig import Clock, ask, caps, database_in

_WISHES = tuple(
    PriceRequest("openai", model, "edit", 1024, 1024, quality)
    for model in ("one", "two")
    for quality in ("low", "high")
)
_CALLS = st.lists(
    st.tuples(
        st.sampled_from(_WISHES),
        st.integers(1, 90_000),
        st.integers(1, 3),
        st.sampled_from(tuple(CostSource)),
    ),
    max_size=30,
)


def _ledger(folder: Path) -> Ledger:
    return Ledger(database_in(folder), Guard(caps()), "one", Clock())


def _buy(
    ledger: Ledger, wish: PriceRequest, micros: int, count: int = 1, source: str = "usage"
) -> None:
    spend = ask(90_000, model=wish.model, operation="edit", priced_as=wish.priced_as, count=count)
    ledger.settle(ledger.reserve(spend), micros, CostSource(source))


@settings(max_examples=25, deadline=None)
@given(calls=_CALLS)
def test_what_is_remembered_is_what_the_ledger_says(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[PriceRequest, int, int, CostSource]]
) -> None:
    ledger = _ledger(tmp_path_factory.mktemp("seen"))
    for wish, micros, count, source in calls:
        _buy(ledger, wish, micros, count, source.value)
    memory = SeenMemory(ledger)
    memory.load()
    assert [memory.known(wish) for wish in _WISHES] == [ledger.seen_costs(w) for w in _WISHES]


def test_it_waits_for_no_disk_and_learns_when_it_is_asked(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path)
    wish, other = _WISHES[0], _WISHES[1]
    _buy(ledger, wish, 40_000)
    memory = SeenMemory(ledger)
    memory.load()
    (tmp_path / "aipaint.db").rename(tmp_path / "away.db")
    known = memory.known(wish)
    assert known is not None
    assert known.highest_micros == 40_000
    assert memory.known(other) is None
    (tmp_path / "away.db").rename(tmp_path / "aipaint.db")
    _buy(ledger, wish, 55_000)
    assert memory.known(wish) == known
    assert memory.ask(wish) == replace(known, calls=2, highest_micros=55_000)
    assert memory.known(wish) == memory.ask(wish)
