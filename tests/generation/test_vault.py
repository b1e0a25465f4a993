"""Bytes that were bought are not lost when the disk refuses them, and nobody is told wrong things
about their money."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aipaint.cli.exit_code import ExitCode, exit_code_of
from aipaint.errors import AipaintError
from aipaint.generation.bring_home import bring_home
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.inbox import inbox_items
from aipaint.generation.job import Job
from aipaint.generation.recover_jobs import recover_jobs
from aipaint.generation.resume_job import resume_job
from aipaint.generation.run_job import run_job
from aipaint.generation.second_place import SecondPlace
from aipaint.generation.stored_job import stored_job
from aipaint.history.records import JobStatus
from aipaint.ledger.entry import EntryState
from aipaint.pixels.rect import Rect
from aipaint.providers.errors import Charged, ProviderError
from tests.generation.remote_provider import RemoteProvider, remote_desk
from tests.generation.workshop import do, edit, photograph, picture_of, quiet


@pytest.fixture
def provider() -> RemoteProvider:
    made = RemoteProvider()
    made.finish.set()
    return made


@pytest.fixture
def second(tmp_path: Path) -> SecondPlace:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return SecondPlace((tmp_path / "gone", folder), tmp_path / "home")


@pytest.fixture
def desk(provider: RemoteProvider, tmp_path: Path) -> Desk:
    """Without a second place."""
    made = remote_desk(tmp_path / "home", provider)
    return replace(made, second_place=SecondPlace((), made.home), room_pause_seconds=0.02)


def _job(*, waits: bool = True) -> Job:
    picture = picture_of(photograph(96, 80), Rect(30, 20, 24, 20))
    return Job(edit(), picture, waits_for_turn=waits)


def _refuse_pictures(desk: Desk) -> Path:
    """As a disk does that takes nothing: a file is in the place of the folder."""
    images = desk.home / "images"
    images.write_bytes(b"")
    return images


@pytest.fixture
def locker(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Another program at the database; `BEGIN EXCLUSIVE` and `ROLLBACK` as a test likes."""
    desk.ledger._database.timeout = 0.05
    path = desk.home / "aipaint.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as database:
        yield database


def _charge(error: AipaintError | None) -> Charged | None:
    return error.charged if isinstance(error, ProviderError) else None


def test_a_picture_waits_in_memory_until_there_is_room(desk: Desk) -> None:
    blocker = _refuse_pictures(desk)
    said: list[str] = []
    warned: list[AipaintError] = []

    def report(fraction: float | None, message: str) -> None:
        said.append(message)
        if sum("waits in memory" in each for each in said) == 3 and blocker.is_file():
            blocker.unlink()

    job = _job()
    job.warn = warned.append
    enter_job(job, desk)
    outcome = run_job(job, desk, report)
    assert outcome.status is JobStatus.SUCCEEDED
    assert outcome.actual_micros == 31_000
    assert len(desk.history.images(job.id, "raw")) == 1
    assert [entry.state for entry in desk.ledger.entries(9)] == [EntryState.SETTLED]
    assert [str(each) for each in warned] == [
        "The data folder takes nothing: Not a directory. Your picture (paid $0.031) waits in "
        "memory. It goes on by itself."
    ]


def test_where_nobody_waits_it_is_put_down_elsewhere_and_comes_home_at_the_next_start(
    desk: Desk, provider: RemoteProvider, second: SecondPlace, tmp_path: Path
) -> None:
    blocker = _refuse_pictures(desk)
    job = _job(waits=False)
    outcome = do(job, replace(desk, second_place=second))
    assert _charge(outcome.error) is Charged.YES
    assert exit_code_of(outcome.error or AipaintError("")) is ExitCode.PAID_FOR_NOTHING
    (parked,) = second.parked()
    assert parked.job_id == job.id
    assert str(parked.path.parent) in str(outcome.error)
    assert [entry.actual_micros for entry in desk.ledger.entries(9)] == [31_000]
    assert bring_home(second, desk.history, lambda owner: True) == ()  # its process lives
    still = bring_home(second, desk.history, lambda owner: False)
    assert "still waits in" in still[0]
    assert list(second.parked()) == [parked]
    blocker.unlink()
    note = bring_home(second, desk.history, lambda owner: False)
    assert note == ("A picture that the disk had no room for was moved home: look into the inbox.",)
    assert not parked.path.parent.exists()
    assert bring_home(second, desk.history, lambda owner: False) == ()
    (item,) = inbox_items(desk)
    assert (item.job_id, item.cost_micros, item.can_open) == (job.id, 31_000, True)
    assert provider.purchases == 1


def test_a_picture_put_down_by_a_process_that_died_is_settled_after_it_came_home(
    desk: Desk, provider: RemoteProvider, second: SecondPlace, locker: sqlite3.Connection
) -> None:
    """Neither the picture nor its price could be written: both are there after the next start."""
    provider.gives_ids = False

    def refuse(step: str) -> None:
        if step == "sent":
            _refuse_pictures(desk)
        if step == "arrived":
            locker.execute("BEGIN EXCLUSIVE")

    job = _job(waits=False)
    outcome = do(job, replace(desk, second_place=second, reached=refuse))
    assert _charge(outcome.error) is Charged.YES
    locker.execute("ROLLBACK")
    (desk.home / "images").unlink()
    assert [entry.state for entry in desk.ledger.entries(9)] == [EntryState.RESERVED]
    later = replace(desk, session_id="f" * 32, is_alive=lambda owner: False)
    bring_home(second, later.history, lambda owner: False)
    (record,) = recover_jobs(later).resumable
    again = resume_job(stored_job(record, later), record, later, quiet)
    assert again.status is JobStatus.SUCCEEDED
    (entry,) = desk.ledger.entries(9)
    assert entry.state is EntryState.SETTLED
    assert provider.purchases == 1


def test_a_picture_of_a_lost_database_comes_home_into_the_inbox(
    desk: Desk, second: SecondPlace
) -> None:
    assert second.park("a" * 32, b"\x89PNG bytes", "png") is not None
    assert len(bring_home(second, desk.history, lambda owner: False)) == 1
    (item,) = inbox_items(desk)
    assert item.job_id == "a" * 32
    assert item.pictures[0].read_bytes() == b"\x89PNG bytes"


def test_giving_up_says_that_it_was_paid_and_is_lost(desk: Desk) -> None:
    _refuse_pictures(desk)
    job = _job()

    def report(fraction: float | None, message: str) -> None:
        if "waits in memory" in message:
            job.cancelled.set()

    enter_job(job, desk)
    outcome = run_job(job, desk, report)
    assert _charge(outcome.error) is Charged.YES
    assert "it is lost" in str(outcome.error)
    assert [entry.actual_micros for entry in desk.ledger.entries(9)] == [31_000]


def test_a_window_waits_until_the_price_can_be_written_down(
    desk: Desk, locker: sqlite3.Connection
) -> None:
    def lock(step: str) -> None:
        if step == "fetched":
            locker.execute("BEGIN EXCLUSIVE")

    def unlock(error: AipaintError) -> None:
        assert "is locked" in error.message
        locker.execute("ROLLBACK")

    job = _job()
    job.warn = unlock
    outcome = do(job, replace(desk, reached=lock))
    assert outcome.status is JobStatus.SUCCEEDED
    assert [entry.actual_micros for entry in desk.ledger.entries(9)] == [31_000]


def test_without_a_window_an_unwritten_price_is_no_uncharged_failure(
    desk: Desk, locker: sqlite3.Connection
) -> None:
    def lock(step: str) -> None:
        if step == "fetched":
            locker.execute("BEGIN EXCLUSIVE")

    outcome = do(_job(waits=False), replace(desk, reached=lock))
    locker.execute("ROLLBACK")
    assert _charge(outcome.error) is Charged.YES
    assert "what it cost could not be written down" in str(outcome.error)
    assert [entry.state for entry in desk.ledger.entries(9)] == [EntryState.RESERVED]


@pytest.mark.parametrize(
    ("charged", "code"),
    [
        (Charged.UNKNOWN, ExitCode.UNKNOWN),
        (Charged.YES, ExitCode.PAID_FOR_NOTHING),
        (Charged.NO, ExitCode.FAILED),
    ],
)
def test_a_failure_keeps_its_cost_when_the_ledger_cannot_be_written(
    desk: Desk,
    provider: RemoteProvider,
    locker: sqlite3.Connection,
    charged: Charged,
    code: ExitCode,
) -> None:
    provider.gives_ids = False
    provider.error = ProviderError("It broke.", kind="server", charged=charged)

    def lock(step: str) -> None:
        if step == "sent":
            locker.execute("BEGIN EXCLUSIVE")

    outcome = do(_job(waits=False), replace(desk, reached=lock))
    locker.execute("ROLLBACK")
    assert outcome.error is not None
    assert _charge(outcome.error) is charged
    assert exit_code_of(outcome.error) is code
    assert "It broke." in str(outcome.error)


def test_an_id_that_cannot_be_written_down_does_not_end_the_work(
    desk: Desk, locker: sqlite3.Connection
) -> None:
    unlocked = threading.Event()

    def step(name: str) -> None:
        if name == "sent":
            locker.execute("BEGIN EXCLUSIVE")
        if name == "accepted" and not unlocked.is_set():
            unlocked.set()
            locker.execute("ROLLBACK")

    outcome = do(_job(), replace(desk, reached=step))
    assert unlocked.is_set()
    assert outcome.status is JobStatus.SUCCEEDED


def test_a_place_that_somebody_else_prepared_is_not_used(tmp_path: Path) -> None:
    folder, trap = tmp_path / "temp", tmp_path / "trap"
    folder.mkdir()
    trap.mkdir()
    place = SecondPlace((folder,), tmp_path / "home")
    assert place.park("a" * 32, b"mine", "png") is not None
    (inside,) = folder.iterdir()
    assert inside.stat().st_mode & 0o077 == 0
    for file in inside.iterdir():
        file.unlink()
    inside.rmdir()
    inside.symlink_to(trap, target_is_directory=True)
    assert place.park("a" * 32, b"mine", "png") is None
    (trap / f"{'a' * 32}-{'b' * 32}.png").write_bytes(b"planted")
    assert list(place.parked()) == []


def test_only_files_with_the_name_of_a_job_are_taken(tmp_path: Path) -> None:
    place = SecondPlace((tmp_path,), tmp_path / "home")
    path = place.park("a" * 32, b"mine", "png")
    assert path is not None
    for name in ("notes.txt", f"{'a' * 32}.png", f".aipaint-{'c' * 32}.tmp"):
        (path.parent / name).write_bytes(b"")
    assert [parked.path for parked in place.parked()] == [path]
    assert [one.job_id for one in SecondPlace((tmp_path,), tmp_path / "other").parked()] == []
