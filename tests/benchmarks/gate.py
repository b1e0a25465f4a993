"""What a gate is, and how two pieces of work are compared on a noisy machine.

Peer and ours run in one process in turn (A B A B), CPU time is taken, not the clock on the wall,
and medians are compared; the collector of garbage rests meanwhile. A gate that misses its limit is
measured up to three times before it counts as missed. See "How to benchmark on noisy machines".
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

ATTEMPTS = 3


@dataclass(frozen=True)
class Gate:
    """A figure to hold: ours divided by the peer's, smaller is better."""

    name: str
    ratio: float
    limit: float
    peer: str
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.ratio <= self.limit

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "ratio": round(self.ratio, 4),
            "limit": self.limit,
            "peer": self.peer,
            "ok": self.ok,
            "note": self.note,
        }


@dataclass(frozen=True)
class Race:
    """Two pieces of work, each called so often per turn that a turn takes about as long."""

    ours: Callable[[], object]
    peer: Callable[[], object]
    ours_calls: int = 1
    peer_calls: int = 1
    pairs: int = 15
    overhead: Callable[[], object] | None = None  # what calling the peer costs, taken off
    tidy: Callable[[], object] | None = None  # after ours, and not measured


def best_of(measure: Callable[[], Gate]) -> Gate:
    """The first measurement within the limit, or the best of three."""
    best = measure()
    for _ in range(ATTEMPTS - 1):
        if best.ok:
            break
        again = measure()
        best = again if again.ratio < best.ratio else best
    return best


def run_race(name: str, limit: float, peer: str, race: Race) -> Gate:
    """Ours against the peer, by medians of CPU time."""
    race.ours(), race.peer()  # warm: caches filled, memory touched
    tidy = race.tidy or _nothing
    tidy()
    ours: list[float] = []
    theirs: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(race.pairs):
            theirs.append(_seconds(race.peer, race.peer_calls))
            if race.overhead is not None:
                theirs[-1] -= _seconds(race.overhead, race.peer_calls)
            ours.append(_seconds(race.ours, race.ours_calls))
            tidy()
    finally:
        gc.enable()
    mine, its = statistics.median(ours), statistics.median(theirs)
    note = f"{mine * 1e3:.3f} ms against {its * 1e3:.3f} ms"
    return Gate(name, mine / its, limit, peer, note)


def noted(gate: Gate, note: str) -> Gate:
    """The gate with more to say."""
    return replace(gate, note=f"{gate.note}; {note}" if gate.note else note)


def _seconds(work: Callable[[], object], calls: int) -> float:
    begun = time.process_time()
    for _ in range(calls):
        work()
    return (time.process_time() - begun) / calls


def _nothing() -> None:
    """There is nothing to put back."""
