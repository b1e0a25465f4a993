"""Purchases on a disk that fails at every call in turn, and what is left after a new start.

`python -m tests.soak.faulty_disk '{"folder": …, "story": "ledger", "error": 28, "every": 1}'`

Each point is a fork of one process that has loaded everything, on a data folder of its own.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aipaint.errors import AipaintError
from aipaint.generation.job import Job
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.history.records import JobStatus
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.guard import Guard
from aipaint.ledger.journal import rank
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.open_books import open_books
from aipaint.pixels.rect import Rect
from tests.generation.workshop import do, edit, open_desk, opened, photograph, picture_of
from tests.ledger.rig import MIGRATIONS, ask
from tests.servers.images_api import ImagesApi
from tests.soak.disk_faults import Disk, Fault
from tests.soak.forked import fork

_PRICE = 40_000
_CHARGED = 39_000


@dataclass
class Story:
    """What the program was told, and what the provider knows."""

    acknowledged: dict[int, tuple[int, EntryState]] = field(default_factory=dict)
    charged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def tell(self, what: Callable[[], object]) -> bool:
        """Whether it worked; anything but a sentence is a fault of ours."""
        try:
            what()
        except AipaintError:
            return False
        except Exception as error:
            self.faults.append("".join(traceback.format_exception(error)[-3:]))
            return False
        return True


def main() -> None:
    asked = json.loads(sys.argv[1])
    folder, every = Path(asked["folder"]), asked["every"]
    disk = Disk()
    story = {"ledger": _ledger_point, "job": _job_point}[asked["story"]]
    template = folder / "template"
    _template(template)
    calls = _point(lambda: story(_copy(template, folder, "count"), disk, None))["calls"]
    found: dict[str, Any] = {"points": 0, "calls": calls, "failed": 0, "problems": []}
    for is_lasting in (False, True):
        for number in range(1, calls + 1, every):
            fault = Fault(number, asked["error"], is_lasting)
            home = _copy(template, folder, "home")
            one = _point(lambda home=home, fault=fault: story(home, disk, fault))  # type: ignore[misc]
            found["points"] += 1
            found["failed"] += bool(one["failed"])
            if one["problems"]:
                found["problems"].append([vars(fault), one["problems"]])
    sys.stdout.write(f"{json.dumps(found)}\n")


def _template(home: Path) -> None:
    """A data folder with a past: one call of each kind of end."""
    ledger = _ledger(home)
    for number in range(3):
        held = ledger.reserve(ask(_PRICE, f"past-{number}"))
        ledger.mark_sent(held)
        if number:
            ledger.settle(held, _CHARGED, CostSource.USAGE)


def _copy(template: Path, folder: Path, name: str) -> Path:
    shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(template, folder / name)
    return folder / name


def _point(work: Callable[[], dict[str, object]]) -> dict[str, Any]:
    """What it says, from a process of its own."""
    reading, writing = os.pipe()

    def told() -> None:
        os.write(writing, json.dumps(work()).encode())

    child = fork(told)
    os.close(writing)
    with open(reading, "rb") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(text or '{"failed": 0, "problems": ["it died"]}')
    return found


def _ledger_point(home: Path, disk: Disk, fault: Fault | None) -> dict[str, object]:
    story = Story()
    with disk.failing(fault):
        ledgers: list[Ledger] = []
        if story.tell(lambda: ledgers.append(_ledger(home))):
            for number in range(4):
                _buy(ledgers[0], number, story)
    return {"calls": disk.calls, "failed": disk.failed, "problems": _judged(home, story)}


def _buy(ledger: Ledger, number: int, story: Story) -> None:
    """As the program does; it ends at the first step that fails."""
    wish = ask(_PRICE, f"job-{number}")
    try:
        held = ledger.reserve(wish)
        story.acknowledged[held.ledger_id] = (0, EntryState.RESERVED)
        if number == 3:
            ledger.release(held)
            story.acknowledged[held.ledger_id] = (3, EntryState.RELEASED)
            return
        ledger.mark_sent(held)
        story.acknowledged[held.ledger_id] = (1, EntryState.RESERVED)
        story.charged.append(wish.job_id)
        if number == 2:
            ledger.mark_unknown(held)
            story.acknowledged[held.ledger_id] = (2, EntryState.UNKNOWN)
        else:
            ledger.settle(held, _CHARGED, CostSource.USAGE)
            story.acknowledged[held.ledger_id] = (3, EntryState.SETTLED)
    except AipaintError:
        return
    except Exception as error:
        story.faults.append(repr(error))


def _judged(home: Path, story: Story) -> list[str]:
    """What is wrong after a new start on a disk that works."""
    problems = list(story.faults)
    ledger = _ledger(home, problems)
    rows = {receipt.entry.id: receipt for receipt in ledger.receipts()}
    jobs = {receipt.entry.job_id: receipt for receipt in rows.values()}
    for ledger_id, (least, state) in story.acknowledged.items():
        entry = rows[ledger_id].entry if ledger_id in rows else None
        if entry is None or rank(entry) < least or (least == 3 and entry.state is not state):
            problems.append(f"lost: {ledger_id} was {state.value}, now {entry}")
    for job in (*story.charged, "past-0", "past-1", "past-2"):
        if job not in jobs or jobs[job].entry.sent_at is None:
            problems.append(f"sent without a word: {job}")
        elif jobs[job].counts_micros < _CHARGED:
            problems.append(f"not counted: {job}")
    if wrong := ledger.audit():
        problems.append(f"does not add up: {wrong}")
    return problems


def _job_point(home: Path, disk: Disk, fault: Fault | None) -> dict[str, object]:
    """A whole job with pictures, over HTTP. What was bought waits for room on the disk; where that
    never comes, the user gives up."""
    story = Story()
    with ImagesApi() as api:
        desk = replace(open_desk(home, api), room_pause_seconds=0.02)
        job = Job(edit("a red barn"), picture_of(photograph(64, 48), Rect(10, 10, 20, 20)))
        if fault is not None and fault.is_lasting:
            job.warn = lambda _told: job.cancelled.set()
        outcomes: list[Any] = []
        with disk.failing(fault):
            story.tell(lambda: outcomes.append(do(job, desk)))
        calls, failed = disk.calls, disk.failed
        story.charged = [job.id for _ in api.paid]
        after = open_desk(home, api)
        story.tell(lambda: recover_jobs(after))
        problems = [] if len(api.paid) <= 1 else [f"bought {len(api.paid)} times"]
    if outcomes and outcomes[0].status is JobStatus.SUCCEEDED:
        for role in ("raw", "result"):
            images = after.history.images(job.id, role)
            if len(images) != 1 or not opened(home / images[0].path).size:
                problems.append(f"no {role} picture of a job that was said to be done")
    return {"calls": calls, "failed": failed, "problems": problems + _judged_job(home, story)}


def _judged_job(home: Path, story: Story) -> list[str]:
    rows = {r.entry.job_id: r for r in _ledger(home).receipts()}
    problems = list(story.faults)
    for job in story.charged:
        if job not in rows or rows[job].entry.sent_at is None or not rows[job].counts_micros:
            problems.append(f"a POST without a row that counts: {rows.get(job)}")
    return problems


def _ledger(home: Path, problems: list[str] | None = None) -> Ledger:
    def now() -> datetime:
        return datetime.now(UTC)

    books = open_books(home, MIGRATIONS, now)
    if books.note and problems is not None:
        problems.append(books.note)
    guard = Guard(Caps(Cap(0), Cap(10_000_000), Cap(0)))
    return Ledger(books.database, guard, "session", now, books.journal)


if __name__ == "__main__":
    main()
