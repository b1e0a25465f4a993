"""Many processes on one ledger: the cap is filled and never passed, and no kill loses a charge."""

import tempfile
from pathlib import Path

from tests.soak.figure import Figure, at_least, exactly
from tests.soak.forked import play


def reservations(is_quick: bool) -> list[Figure]:
    """8 processes × 500 reservations."""
    each = 25 if is_quick else 500
    with tempfile.TemporaryDirectory() as home:
        found = play("crowd", {"scene": "fill", "home": home, "processes": 8, "each": each})
    cap, used = found["cap"], found["used"]
    return [
        exactly(f"8 x {each} reservations: micro-dollars over the cap", max(0, used - cap)),
        exactly("micro-dollars of the cap left unused", max(0, cap - used)),
        exactly("processes that gave up", found["died"]),
        exactly("rows that do not add up", found["audit"]),
    ]


def kills(is_quick: bool) -> list[Figure]:
    """1,000 random kill -9 against a file of charges that only the provider knows."""
    count = 60 if is_quick else 1_000
    pause = 0.15 if is_quick else 0.6
    with tempfile.TemporaryDirectory() as home:
        found = play("crowd", {"scene": "killed", "home": home, "kills": count, "pause": pause})
        assert not list(Path(home).glob("*.damaged-*"))
    return [
        exactly(f"{count:,} kills, charges that are not counted", found["uncounted"]),
        at_least("charges of the provider", found["charges"], count // 10),
        exactly("micro-dollars over the cap", found["over"]),
        exactly("rows that do not add up", found["audit"]),
        exactly("databases that are not whole", 0 if found["is_whole"] else 1),
        exactly("repairs that were needed at the start after it", 1 if found["note"] else 0),
    ]
