"""Proofs that are tests already, in their long form: crashes at every step, random walks."""

import os
import re
import subprocess
import sys

from tests.soak.figure import Figure, at_least, exactly
from tests.soak.forked import ROOT

_STEPS = "tests/generation/test_crashes.py"
_WALKS = "tests/ledger/test_ledger_model.py"


def steps(is_quick: bool) -> list[Figure]:
    """SIGKILL at every named step with every provider: bought once, and nothing lost."""
    if is_quick:
        return []  # the gate runs that file itself
    passed, failed = _pytest(_STEPS)
    return [
        at_least("kills at named steps, and what a start makes of them", passed, 20),
        exactly("bought twice, lost or miscounted", failed),
    ]


def walks(is_quick: bool) -> list[Figure]:
    """300 random walks of 40 steps through the ledger, beside a model of it."""
    if is_quick:
        return []  # the gate runs shorter ones
    passed, failed = _pytest(_WALKS, AIPAINT_LEDGER_WALKS="300x40")
    return [
        exactly("300 x 40 walks that were made", 300 * passed, 300),
        exactly("walks on which ledger and model differ", failed),
    ]


def _pytest(path: str, **environ: str) -> tuple[int, int]:
    """How many tests passed, and how many did not."""
    words = [sys.executable, "-m", "pytest", path, "-q", "-p", "no:randomly", "--timeout", "3000"]
    run = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )
    counts = {
        word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", run.stdout)
    }
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
