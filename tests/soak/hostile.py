"""A provider that means harm, in some fifty ways, over both adapters."""

import tempfile
from typing import Any

from tests.soak.figure import Figure, at_least, at_most, exactly
from tests.soak.forked import play
from tests.soak.hostile_server import WAYS, hostile_server

_KEY = "r8_canary0123456789abcdefABCDEF9876"
_MOST_MEGABYTES = 64
_GRACE_SECONDS = 2.5  # decoding, the disk and a busy machine


def hostile(is_quick: bool) -> list[Figure]:
    """Nothing leaks, nothing hangs, nothing swells, and the ledger knows what happened."""
    found, elsewhere, deadline = measured(is_quick)
    ends = [case for case in found if case["fault"] or not (case["text"].strip() or _is_good(case))]
    wrong = [case for case in found if not _is_ledger_right(case)]
    slow = max(case["seconds"] for case in found)
    widest = max(found, key=lambda case: float(case["megabytes"]))
    most = _MOST_MEGABYTES + (16 if is_quick else 0)
    grace = 30 if is_quick else _GRACE_SECONDS
    return [
        at_least("hostile answers over two adapters", len(found), 16 if is_quick else 80),
        exactly("keys seen at another origin", sum(_KEY.encode() in heard for heard in elsewhere)),
        exactly("requests to an address of the inner network", len(elsewhere)),
        exactly(
            f"keys in errors, files, rows{_named(found, 'leaks')}",
            sum(bool(c["leaks"]) for c in found),
        ),
        exactly(f"ends without a sentence{_of(ends)}", len(ends)),
        exactly(f"ledgers that are wrong{_of(wrong)}", len(wrong)),
        at_most(f"memory over base ({widest['way']})", widest["megabytes"], most, " MB"),
        at_most(f"slowest, with a deadline of {deadline} s", slow, deadline + grace, " s"),
    ]


def measured(is_quick: bool) -> tuple[list[dict[str, Any]], list[bytes], float]:
    """Every case, what another origin heard, and the deadline in seconds."""
    deadline = 1.5 if is_quick else 4
    ways = list(WAYS)[::6] if is_quick else list(WAYS)
    with (
        hostile_server(_KEY) as elsewhere,
        hostile_server(_KEY, elsewhere.origin) as server,
        tempfile.TemporaryDirectory() as home,
    ):
        cases = [
            (way, adapter, server.base(way, adapter))
            for way in ways
            for adapter in ("openai", "replicate")
        ]
        asked = {"home": home, "key": _KEY, "deadline": deadline, "cases": cases}
        found = play("hostile_client", asked)
        return found, list(elsewhere.heard), deadline


def _is_good(case: dict[str, Any]) -> bool:
    return bool(case["status"] == "succeeded")


def _is_ledger_right(case: dict[str, Any]) -> bool:
    """One row; released only where the provider said no, settled where it said yes."""
    expected = {"no": ["released"], "yes": ["settled"], "unknown": ["unknown"]}
    is_sane = all(amount is None or amount >= 0 for amount in case["amounts"])
    return bool(case["states"] == expected[case["charged"]] and is_sane and not case["audit"])


def _named(found: list[dict[str, Any]], what: str) -> str:
    return _of([case for case in found if case[what]])


def _of(cases: list[dict[str, Any]]) -> str:
    names = [f"{case['way']} ({case['adapter']})" for case in cases]
    return f": {', '.join(names[:6])}" if names else ""
