"""A data folder on a disk of its own that can be full or read-only, in a process of its own.

`python -m tests.flows.small_disk FOLDER SCENE` prints one JSON object. It runs in a mount
namespace, so that nothing of it is left when it ends.
"""

import contextlib
import errno
import gc
import json
import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from aipaint.app import make_desk, read_settings
from aipaint.errors import AipaintError, StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.inbox import inbox_items
from aipaint.generation.job import Job
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.resume_job import resume_job
from aipaint.generation.second_place import SecondPlace
from aipaint.generation.stored_job import stored_job
from aipaint.pixels.rect import Rect
from tests.generation.workshop import QUIET, do, edit, open_desk, photograph, picture_of, quiet
from tests.ledger.rig import ask
from tests.servers.images_api import ImagesApi

UNSHARE = ("unshare", "--mount", "--user", "--map-root-user")


def can_mount() -> bool:
    """Whether this machine lets us have a disk of our own."""
    try:
        done = subprocess.run(
            [*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def play(folder: Path, scene: str) -> Any:
    """Run a scene in a process of its own; what it printed."""
    words = [*UNSHARE, sys.executable, "-m", "tests.flows.small_disk", str(folder), scene]
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _full_before_a_job(home: Path, api: ImagesApi) -> dict[str, object]:
    desk = open_desk(home, api)
    _fill(home)
    told = _told(lambda: do(_job(), desk))
    return {**told, **_meter(desk, home), "requests": len(api.received)}


def _full_before_sending(home: Path, api: ImagesApi) -> dict[str, object]:
    desk = open_desk(home, api)
    held = desk.ledger.reserve(ask(40_000, "1" * 32))
    _fill(home)
    told = _told(lambda: desk.ledger.mark_sent(held))
    (home / "ballast").unlink()
    desk.ledger.release(held)
    return {**told, **_meter(desk, home), "requests": len(api.received)}


def _full_while_bytes_arrive(home: Path, api: ImagesApi) -> dict[str, object]:
    """The picture that was paid for has no room: the money is counted all the same."""

    def fill_once_sent(step: str) -> None:
        if step == "sent":
            _fill(home)

    desk = replace(open_desk(home, api), reached=fill_once_sent)
    told = _told(lambda: do(_job(), desk))
    return {**told, **_meter(desk, home), "requests": len(api.received)}


def _room_while_it_waits(home: Path, api: ImagesApi) -> dict[str, object]:
    """Nothing else takes the bytes: they wait in memory until the user has made room."""

    def fill_once_sent(step: str) -> None:
        if step == "sent":
            _fill(home)

    warned: list[str] = []

    def make_room(error: AipaintError) -> None:
        warned.append(str(error))
        (home / "ballast").unlink()

    desk = replace(
        open_desk(home, api),
        reached=fill_once_sent,
        second_place=SecondPlace((), home),
        room_pause_seconds=0.05,
    )
    job = _job()
    job.waits_for_turn, job.warn = True, make_room
    outcome = do(job, desk)
    raws = desk.history.images(job.id, "raw")
    return {
        "error": str(outcome.error or ""),
        "warned": warned,
        "pictures": len(outcome.images),
        "raws": [desk.history.absolute(raw).stat().st_size > 0 for raw in raws],
        "row": outcome.actual_micros,
        **_meter(desk, home),
        "requests": len(api.received),
    }


def _elsewhere_until_the_next_start(home: Path, api: ImagesApi) -> dict[str, object]:
    """Nobody waits: another disk has the bytes, and the next start brings them home and settles."""

    def fill_once_sent(step: str) -> None:
        if step == "sent":
            _fill(home)

    desk = replace(_as_started(home, api), reached=fill_once_sent)
    told = _told(lambda: do(_job(), desk))
    elsewhere = [path.name for path in Path.home().rglob("*.png")]
    (home / "ballast").unlink()
    desk.close()
    later = _as_started(home, api)
    for record in recover_jobs(later).resumable:
        resume_job(stored_job(record, later), record, later, quiet)
    items = inbox_items(later)
    return {
        **told,
        "elsewhere": len(elsewhere),
        "left elsewhere": [path.name for path in Path.home().rglob("*.png")],
        "notes": list(later.notes),
        "inbox": [[item.can_open, item.cost_micros > 0] for item in items],
        **_meter(later, home),
        "requests": len(api.received),
    }


def _as_started(home: Path, api: ImagesApi) -> Desk:
    """With the folders that the program itself would choose."""
    environ = {"AIPAINT_HOME": str(home), "AIE_OPENAI_BASE_URL": api.url, **QUIET}
    return make_desk(read_settings(Namespace(), {**environ, "AIE_OPENAI_API_KEY": "sk-test"}))


def _full_at_start(home: Path, api: ImagesApi) -> dict[str, object]:
    _fill(home)
    told = _told(lambda: open_desk(home, api))
    (home / "ballast").unlink()
    return {**told, **_meter(open_desk(home, api), home), "requests": len(api.received)}


def _read_only_at_start(home: Path, api: ImagesApi) -> dict[str, object]:
    open_desk(home, api)
    with _read_only(home):
        told = _told(lambda: open_desk(home, api))
    return {**told, **_meter(open_desk(home, api), home), "requests": len(api.received)}


def _read_only_before_a_job(home: Path, api: ImagesApi) -> dict[str, object]:
    desk = open_desk(home, api)
    with _read_only(home):
        told = _told(lambda: do(_job(), desk))
    return {**told, **_meter(desk, home), "requests": len(api.received)}


_SCENES: dict[str, Callable[[Path, ImagesApi], dict[str, object]]] = {
    "full before a job": _full_before_a_job,
    "full before sending": _full_before_sending,
    "full while bytes arrive": _full_while_bytes_arrive,
    "room while it waits": _room_while_it_waits,
    "elsewhere until the next start": _elsewhere_until_the_next_start,
    "full at start": _full_at_start,
    "read-only at start": _read_only_at_start,
    "read-only before a job": _read_only_before_a_job,
}


def _job() -> Job:
    picture = picture_of(photograph(320, 240), Rect(80, 60, 100, 90))
    return Job(edit("a red barn"), picture)


def _told(call: Callable[[], object]) -> dict[str, object]:
    """The sentence with which it failed, by an outcome or an error."""
    try:
        failure = getattr(call(), "error", None)
    except StorageError as error:
        failure = error
    return {"error": str(failure or "")}


def _meter(desk: Desk, home: Path) -> dict[str, object]:
    (home / "ballast").unlink(missing_ok=True)
    day = next(cap for cap in desk.ledger.status().caps if cap.period == "day")
    return {
        "settled": day.settled_micros,
        "held": day.reserved_micros + day.unknown_micros,
        "audit": list(desk.ledger.audit()),
        "left behind": [path.name for path in home.rglob("*.tmp")],
    }


def _fill(home: Path) -> None:
    """Until not a byte more goes in."""
    with open(home / "ballast", "wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


@contextlib.contextmanager
def _read_only(home: Path) -> Iterator[None]:
    """As after an error of the disk; what is open already stays so."""
    subprocess.run(["mount", "--bind", str(home), str(home)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(home)], check=True)
    try:
        yield
    finally:
        gc.collect()  # an error keeps the frames, and those what they had opened
        subprocess.run(["umount", str(home)], check=True)


def main(folder: Path, scene: str) -> None:
    home, user = folder / "home", folder / "user"
    home.mkdir()
    user.mkdir()
    os.environ["HOME"] = tempfile.tempdir = str(user)  # nothing goes into folders of this machine
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(home)], check=True)
    with ImagesApi() as api:
        sys.stdout.write(json.dumps(_SCENES[scene](home, api)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
