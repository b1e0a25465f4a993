"""A crowd of processes on one ledger: those that fill a cap, and those that are killed.

`python -m tests.soak.crowd '{"scene": "fill", "home": …, "processes": 8, "each": 500}'`
`python -m tests.soak.crowd '{"scene": "killed", "home": …, "kills": 1000, "pause": 0.3}'`
"""

import json
import os
import random
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aipaint.database import open_database
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource, EntryState, Reservation, SpendRequest
from aipaint.ledger.errors import BudgetBlocked, LedgerError
from aipaint.ledger.guard import Guard
from aipaint.ledger.journal import SpendJournal
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.open_books import open_books
from aipaint.process_lock import ProcessLock, is_alive
from tests.ledger.rig import MIGRATIONS
from tests.soak.forked import ended_well, fork, kill

_PRICE = 5_000
_BUYERS = 8
_CAP_PER_KILL = 1_000  # so that the cap is reached before the end, and its edge is tried as well


def main() -> None:
    asked = json.loads(sys.argv[1])
    home = Path(asked["home"])
    scene = _fill if asked["scene"] == "fill" else _killed
    sys.stdout.write(f"{json.dumps(scene(home, asked))}\n")


def ledger_in(home: Path, cap_micros: int, session: str) -> Ledger:
    """A ledger with its journal, as the program has it."""
    journal = SpendJournal(home / "journal" / "spend.jsonl")
    guard = Guard(Caps(Cap(0), Cap(cap_micros), Cap(0)))
    database = open_database(home / "aipaint.db", MIGRATIONS)
    return Ledger(database, guard, session, _now, journal)


def _fill(home: Path, asked: dict[str, Any]) -> dict[str, object]:
    """Everybody asks for more than there is, together."""
    processes, each = asked["processes"], asked["each"]
    cap = processes * each * _PRICE * 4 // 5
    ledger_in(home, cap, "first")
    started = time.monotonic()
    children = [fork(lambda i=i: _ask(home, cap, f"s{i}", each)) for i in range(processes)]  # type: ignore[misc]
    died = sum(not ended_well(child) for child in children)
    ledger = ledger_in(home, cap, "last")
    used = ledger.status().caps[1].used_micros
    return {
        "cap": cap,
        "used": used,
        "died": died,
        "audit": len(ledger.audit()),
        "seconds": time.monotonic() - started,
    }


def _ask(home: Path, cap: int, session: str, each: int) -> None:
    ledger = ledger_in(home, cap, session)
    for number in range(each):
        try:
            held = ledger.reserve(_wish(f"{session}-{number}", _PRICE))
        except BudgetBlocked:
            continue
        if number % 4 == 1:
            ledger.settle(held, _PRICE, CostSource.USAGE)
        elif number % 4 == 3:
            ledger.mark_unknown(held)


def _killed(home: Path, asked: dict[str, Any]) -> dict[str, object]:
    """Buyers are killed at random; what a provider charged is in a file of its own."""
    cap = asked["kills"] * _CAP_PER_KILL
    ledger_in(home, cap, "first")
    chance = random.Random(asked.get("seed", 1))
    started, born = time.monotonic(), _BUYERS
    living = [fork(lambda i=i: _buy(home, cap, f"b{i}")) for i in range(_BUYERS)]  # type: ignore[misc]
    for _ in range(asked["kills"]):
        time.sleep(chance.uniform(0.0, asked["pause"]))
        kill(living.pop(chance.randrange(len(living))))
        living.append(fork(lambda i=born: _buy(home, cap, f"b{i}")))  # type: ignore[misc]
        born += 1
    for child in living:
        kill(child)
    return _reckoning(home, cap) | {"seconds": time.monotonic() - started}


def _buy(home: Path, cap: int, session: str) -> None:
    """For ever. Each charge is one line in a file that only the provider knows."""
    chance = random.Random(session)
    lock = ProcessLock(home / "locks" / f"{session}.lock")
    ledger = ledger_in(home, cap, session)
    _recover(ledger, home)
    charges = os.open(home / "charges", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    number = 0
    while lock is not None:
        number += 1
        try:
            held = ledger.reserve(_wish(f"{session}-{number}", chance.randint(300, 3_000)))
        except BudgetBlocked:
            time.sleep(0.02)
            continue
        if chance.random() < 0.2:
            ledger.release(held)
            continue
        ledger.mark_sent(held)
        actual = chance.randint(1, held.micros)
        os.write(charges, f"{held.job_id} {actual}\n".encode())
        if chance.random() < 0.05:
            ledger.mark_unknown(held)
        else:
            ledger.settle(held, actual, CostSource.USAGE)


def _recover(ledger: Ledger, home: Path) -> None:
    """As the program does for sessions whose process is gone."""
    for listed in ledger.open_entries():
        if is_alive(home / "locks", listed.session_id):
            continue
        entry = ledger.entry(listed.id)  # as it is now that nobody changes it any more
        if entry.state is not EntryState.RESERVED:
            continue
        held = Reservation(entry.id, entry.job_id, entry.reserved_micros)
        try:
            if entry.sent_at is None:
                ledger.release(held)
            else:
                ledger.mark_unknown(held)
        except LedgerError:
            continue  # another one came first


def _reckoning(home: Path, cap: int) -> dict[str, object]:
    with closing(sqlite3.connect(home / "aipaint.db")) as database:
        is_whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    books = open_books(home, MIGRATIONS, _now)
    ledger = ledger_in(home, cap, "last")
    _recover(ledger, home)
    rows = {receipt.entry.job_id: receipt for receipt in ledger.receipts()}
    charges = [line.split() for line in (home / "charges").read_text().splitlines()]
    uncounted = [
        job for job, micros in charges if job not in rows or rows[job].counts_micros < int(micros)
    ]
    used = sum(receipt.counts_micros for receipt in rows.values())
    states = [receipt.entry.state for receipt in rows.values()]
    return {
        "charges": len(charges),
        "uncounted": len(uncounted),
        "over": max(0, used - cap),
        "filled": used / cap,
        "unknown": states.count(EntryState.UNKNOWN),
        "released": states.count(EntryState.RELEASED),
        "audit": len(ledger.audit()),
        "is_whole": is_whole,
        "note": books.note,
    }


def _wish(job_id: str, micros: int) -> SpendRequest:
    return SpendRequest(job_id, "openai", "m", "edit", micros, "", True)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
