"""The cap under several processes, and what a killed one leaves."""

import subprocess
import sys
from pathlib import Path

from aipaint.ledger.entry import EntryState
from tests.ledger.rig import MIGRATIONS, Clock, ask, caps, database_in, ledger_on

ROOT = Path(__file__).parents[2]

BUYER = """
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from aipaint.database import open_database
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource, SpendRequest
from aipaint.ledger.errors import BudgetBlocked
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger

database = open_database(Path(sys.argv[1]), Path(sys.argv[2]))
caps = Caps(Cap(0), Cap(1_000_000), Cap(0))
ledger = Ledger(database, Guard(caps), sys.argv[3], lambda: datetime.now(UTC))
print("ready", flush=True)
sys.stdin.read()  # until all are
admitted = 0
for number in range(50):
    time.sleep(0.001)  # lets the others in between
    ask = SpendRequest(f"{sys.argv[3]}-{number}", "openai", "m", "edit", 10_000, "", True)
    try:
        held = ledger.reserve(ask)
    except BudgetBlocked:
        continue
    admitted += 1
    if number % 2:
        ledger.settle(held, 10_000, CostSource.USAGE)
print(admitted)
"""

KILLED = (
    BUYER.split("sys.stdin.read()")[0]
    + """
import os, signal
held = ledger.reserve(SpendRequest("job-1", "openai", "m", "edit", 10_000, "", True))
ledger.mark_sent(held)
os.kill(os.getpid(), signal.SIGKILL)
"""
)


def test_four_processes_fill_the_cap_and_never_pass_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "aipaint.db"  # made by whichever process comes first
    buyers = [_start(BUYER, path, f"session-{number}") for number in range(4)]
    answers = _race(buyers)
    assert sum(int(answer) for answer in answers) == 100  # of 200 that were tried
    ledger = ledger_on(database_in(path.parent), caps(), Clock())
    held = sum(entry.reserved_micros for entry in ledger.entries(500))
    assert held == 1_000_000
    assert ledger.audit() == ()


def test_a_killed_process_leaves_what_it_held(tmp_path: Path) -> None:
    victim = _start(KILLED, tmp_path / "aipaint.db", "session-1")
    victim.communicate()
    assert victim.returncode == -9
    clock = Clock()
    ledger = ledger_on(database_in(tmp_path), caps(), clock, "session-2")
    (entry,) = ledger.entries(5)
    assert entry.state is EntryState.RESERVED
    assert entry.sent_at is not None
    ledger.resolve(entry.id, charged=False)
    ledger.reserve(ask())
    assert ledger.audit() == ()


def _start(script: str, path: Path, session: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, str(path), str(MIGRATIONS), session]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _race(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    ended = [(process, *process.communicate()) for process in processes]
    assert [(process.returncode, errors) for process, _, errors in ended] == [(0, "")] * len(ended)
    return [output for _, output, _ in ended]
