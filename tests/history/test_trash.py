"""Deleting, taking back and emptying: what happens to rows, to pictures and to shared ones."""

import os
from pathlib import Path

import pytest

from aipaint.history.errors import HistoryError
from aipaint.history.history import History
from aipaint.history.records import JobRecord, JobStatus, JobStep, ResultUse
from aipaint.history.trash import Trash
from tests.history.shelf import NOON, ONE, THREE, TWO, Clock, job

DAY_SECONDS = 24 * 3600


def test_a_deleted_job_is_in_no_list_and_its_pictures_are_in_the_trash(
    history: History, home: Path, clock: Clock
) -> None:
    bought(history, ONE)
    bought(history, TWO)
    history.set_result_use(ONE, ResultUse.WAITING)
    clock.advance(3)
    history.delete(ONE)
    assert [record.id for record in history.jobs()] == [TWO]
    assert history.inbox() == []
    assert history.find_success("abc", NOON) == history.job(TWO)
    kept = history.job(ONE)
    assert kept is not None
    assert kept.deleted_at == NOON + 3_000_000
    raw, result = history.images(ONE, "raw")[0], history.images(ONE, "result")[0]
    assert (home / "trash" / ONE / raw.path).read_bytes() == b"raw" + ONE.encode()
    assert (home / "trash" / ONE / result.path).is_file()
    assert (home / "trash" / ONE / "thumbs" / f"{result.id}.jpg").read_bytes() == b"jpeg"
    assert not (home / "images" / ONE).exists()
    assert history.absolute(history.images(TWO, "raw")[0]).is_file()


def test_taking_back_is_the_exact_opposite(history: History, home: Path) -> None:
    bought(history, ONE)
    before = {path: path.read_bytes() for path in home.rglob("*.*") if "db" not in path.name}
    rows = (history.job(ONE), history.images(ONE))
    history.delete(ONE)
    history.delete(ONE)  # again: nothing left to move
    history.undelete(ONE)
    after = {path: path.read_bytes() for path in home.rglob("*.*") if "db" not in path.name}
    assert after == before
    assert (history.job(ONE), history.images(ONE)) == rows


@pytest.mark.parametrize("status", [JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.UNKNOWN])
def test_an_open_job_is_not_deleted(history: History, home: Path, status: JobStatus) -> None:
    bought(history, ONE, status)
    with pytest.raises(HistoryError, match=f"is {status.value} and cannot be deleted") as refused:
        history.delete(ONE)
    assert "budget resolve" in refused.value.hint
    assert history.clear() == 0
    assert [record.id for record in history.jobs()] == [ONE]
    assert not (home / "trash").exists()


def test_clearing_takes_everything_that_is_over(history: History) -> None:
    for job_id, status in (
        (ONE, JobStatus.SUCCEEDED),
        (TWO, JobStatus.UNKNOWN),
        (THREE, JobStatus.BLOCKED_BUDGET),
    ):
        bought(history, job_id, status)
    assert history.clear() == 2
    assert [record.id for record in history.jobs()] == [TWO]
    assert history.clear() == 0


def test_a_job_that_is_not_there_cannot_be_deleted(history: History) -> None:
    with pytest.raises(HistoryError, match=f"no job {ONE}"):
        history.delete(ONE)


def test_the_trash_is_emptied_of_what_is_old_enough(
    history: History, home: Path, clock: Clock
) -> None:
    bought(history, ONE)
    bought(history, TWO)
    history.delete(ONE)
    clock.advance(10 * DAY_SECONDS)
    history.delete(TWO)
    assert history.empty_trash(older_than_days=30) == 0
    clock.advance(20 * DAY_SECONDS)
    assert history.empty_trash(older_than_days=30) == 1
    assert [path.name for path in (home / "trash").iterdir()] == [TWO]
    assert history.empty_trash(older_than_days=30) == 0
    with pytest.raises(HistoryError, match="removed for good"):
        history.undelete(ONE)
    assert history.jobs() == []
    history.undelete(TWO)
    assert [record.id for record in history.jobs()] == [TWO]


def test_a_crash_between_row_and_files_is_made_good_by_emptying(
    history: History, home: Path
) -> None:
    bought(history, ONE)
    history.delete(ONE)
    Trash(home).take_back(ONE)  # as if the plug had been pulled before the files were moved
    assert history.jobs() == []
    assert history.absolute(history.images(ONE, "raw")[0]).is_file()
    assert history.empty_trash(older_than_days=0) == 1
    assert not (home / "images" / ONE).exists()
    assert not list((home / "thumbs").iterdir())


def test_a_sent_picture_stays_as_long_as_a_job_needs_it(
    history: History, home: Path, clock: Clock
) -> None:
    for job_id in (ONE, TWO):
        bought(history, job_id)
        history.store_input(job_id, "input", b"both", "png", 1, 1)
        history.store_input(job_id, "mask", job_id.encode(), "png", 1, 1)
    planned = history.keep_input(b"planned", "png")
    history.set_plan(ONE, {"picture": planned})
    history.set_plan(TWO, {"picture": history.keep_input(b"both", "png")})
    for file in (home / "input").iterdir():
        os.utime(file, (NOON / 1e6 - 2 * DAY_SECONDS,) * 2)
    history.delete(ONE)
    history.empty_trash(older_than_days=0)
    assert sorted(file.read_bytes() for file in (home / "input").iterdir()) == [
        TWO.encode(),
        b"both",
    ]
    history.delete(TWO)
    history.keep_input(b"both", "png")  # a new job is being entered, its plan is not there yet
    os.utime(_path_of(home, b"both"), (NOON / 1e6,) * 2)
    history.empty_trash(older_than_days=0)
    assert [file.read_bytes() for file in (home / "input").iterdir()] == [b"both"]


def test_an_input_found_again_is_as_young_as_a_new_one(history: History, home: Path) -> None:
    path = home / history.keep_input(b"data", "png")
    os.utime(path, (1, 1))
    history.keep_input(b"data", "png")
    assert path.stat().st_mtime > 1


def test_pictures_without_a_row_wait_in_the_inbox(history: History, home: Path) -> None:
    """Left by a crash between file and row, of a known job, and by a lost database."""
    bought(history, ONE, JobStatus.UNKNOWN)
    lost = home / "images" / TWO
    lost.mkdir()
    for folder in (home / "images" / ONE, lost):
        (folder / f"{'a' if folder is lost else 'b'}{'0' * 31}.png").write_bytes(b"bytes")
    (lost / ".aipaint-1.tmp").write_bytes(b"half")
    assert history.adopt_orphans(lambda owner: False) == [ONE, TWO]
    assert [record.id for record in history.inbox()] == [TWO, ONE]
    (image,) = history.images(TWO)
    assert (image.role, history.absolute(image).read_bytes()) == ("raw", b"bytes")
    record = history.job(TWO)
    assert record is not None
    assert record.error is not None
    assert (record.status, record.error["charged"]) == (JobStatus.FAILED, "unknown")
    assert len(history.images(ONE, "raw")) == 2
    assert history.adopt_orphans(lambda owner: False) == []


def test_a_composite_without_a_row_is_not_taken_for_what_was_bought(
    history: History, home: Path
) -> None:
    for job_id, step in ((ONE, JobStep.FETCHED), (TWO, JobStep.ACCEPTED)):
        history.add_job(job(job_id, status=JobStatus.RUNNING, step=step, owner="dead"))
        history.store_image(job_id, "raw", b"first", "png", 1, 1)
        (home / "images" / job_id / f"{'d' * 31}{job_id[0]}.png").write_bytes(b"second")
    assert history.adopt_orphans(lambda owner: False) == [ONE, TWO]
    assert [image.role for image in history.images(ONE)] == ["raw", "result"]
    assert [image.role for image in history.images(TWO)] == ["raw", "raw"]


def test_pictures_of_a_live_process_and_of_a_deleted_job_are_left_alone(
    history: History, home: Path
) -> None:
    history.add_job(job(ONE, status=JobStatus.RUNNING, owner="alive"))
    bought(history, TWO)
    history.delete(TWO)
    for job_id in (ONE, TWO):
        folder = home / "images" / job_id
        folder.mkdir(parents=True)
        (folder / f"{'c' * 32}.png").write_bytes(b"being stored")
    assert history.adopt_orphans(lambda owner: owner == "alive") == []
    assert history.images(ONE) == []


def bought(history: History, job_id: str, status: JobStatus = JobStatus.SUCCEEDED) -> JobRecord:
    record = history.add_job(job(job_id, status=status))
    history.store_image(job_id, "raw", b"raw" + job_id.encode(), "png", 1, 1)
    result = history.store_image(job_id, "result", b"result", "png", 1, 1)
    history.store_thumbnail(result.id, b"jpeg")
    return record


def _path_of(home: Path, data: bytes) -> Path:
    (path,) = [file for file in (home / "input").iterdir() if file.read_bytes() == data]
    return path
