"""Jobs and pictures: rows, files, the steps of a job, and what is found again."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aipaint.database import Database, connection, open_database
from aipaint.errors import StorageError
from aipaint.history.errors import HistoryError
from aipaint.history.history import History
from aipaint.history.records import ImageRecord, JobRecord, JobStatus
from aipaint.history.transitions import NEXT, is_final

MIGRATIONS = Path(__file__).parents[2] / "resources" / "migrations"
NOON = 1_795_176_000_000_000  # 2026-11-20 12:00 UTC
ONE = "1" * 32
TWO = "2" * 32


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Database:
    return open_database(home / "aipaint.db", MIGRATIONS)


@pytest.fixture
def history(database: Database, home: Path, clock: Clock) -> History:
    return History(database, home, clock)


def job(job_id: str = ONE, **changes: object) -> JobRecord:
    values: dict[str, object] = {
        "id": job_id,
        "operation": "edit",
        "provider": "openai",
        "model": "gpt-image-2.5-flare",
        "fingerprint": "abc",
    }
    return JobRecord(**(values | changes))  # type: ignore[arg-type]


def test_a_job_comes_back_as_it_was_after_a_restart(
    history: History, database: Database, home: Path, clock: Clock
) -> None:
    record = job(
        prompt="a »red« boat 🚤\nwrite HELLO",
        negative_prompt="fog",
        params={"size": "1024x1024", "count": 2, "nested": {"seed": None}},
        estimated_micros=13_490,
        session_id="s",
        created_at=NOON - 5,
    )
    assert history.add_job(record) == record
    history.start(ONE)
    history.set_remote_id(ONE, "remote-1")
    history.describe(ONE, "gpt-image-2", "abd", 14_000)
    clock.advance(7)
    error = {"kind": "bad_answer", "message": "m", "charged": "yes", "hint": "h"}
    history.finish(ONE, JobStatus.FAILED, actual_micros=13_000, error=error)

    again = History(open_database(home / "aipaint.db", MIGRATIONS), home, clock).job(ONE)
    assert again == job(
        status=JobStatus.FAILED,
        model="gpt-image-2",
        fingerprint="abd",
        prompt=record.prompt,
        negative_prompt="fog",
        params=record.params,
        estimated_micros=14_000,
        actual_micros=13_000,
        error=error,
        remote_id="remote-1",
        session_id="s",
        created_at=NOON - 5,
        started_at=NOON,
        completed_at=NOON + 7_000_000,
    )
    assert database.is_closed()


def test_times_are_filled_in_for_a_job_that_is_over_at_once(history: History) -> None:
    stored = history.add_job(job(status=JobStatus.BLOCKED_BUDGET))
    assert (stored.created_at, stored.completed_at) == (NOON, NOON)
    queued = history.add_job(job(TWO))
    assert (queued.created_at, queued.completed_at) == (NOON, None)
    assert history.job(TWO) == queued


@pytest.mark.parametrize("start", JobStatus)
@pytest.mark.parametrize("end", JobStatus)
def test_every_step_of_the_table(history: History, start: JobStatus, end: JobStatus) -> None:
    history.add_job(job(status=start))
    if end is JobStatus.QUEUED:
        assert all(end not in following for following in NEXT.values())
        return
    step = (lambda: history.start(ONE)) if end is JobStatus.RUNNING else None
    if end in NEXT[start]:
        step() if step else history.finish(ONE, end)
        assert _status(history) is end
    else:
        with pytest.raises(HistoryError, match=f"is {start.value} and cannot become"):
            step() if step else history.finish(ONE, end)
        assert _status(history) is start


def test_a_job_finishes_only_in_an_end(history: History) -> None:
    history.add_job(job())
    with pytest.raises(ValueError, match="running"):
        history.finish(ONE, JobStatus.RUNNING)
    assert [status for status in JobStatus if not is_final(status)] == [
        JobStatus.QUEUED,
        JobStatus.RUNNING,
    ]


def test_a_late_answer_keeps_what_was_known(history: History, clock: Clock) -> None:
    history.add_job(job(status=JobStatus.RUNNING))
    history.finish(ONE, JobStatus.UNKNOWN, error={"kind": "timeout"})
    clock.advance(60)
    history.finish(ONE, JobStatus.SUCCEEDED, actual_micros=5)
    found = history.job(ONE)
    assert found is not None
    assert (found.actual_micros, found.completed_at) == (5, NOON + 60_000_000)
    assert found.error == {"kind": "timeout"}


def test_a_job_that_is_not_there(history: History) -> None:
    steps: list[Callable[[], None]] = [
        lambda: history.start(ONE),
        lambda: history.finish(ONE, JobStatus.FAILED),
        lambda: history.set_remote_id(ONE, "r"),
        lambda: history.describe(ONE, "m", "f", 1),
    ]
    for step in steps:
        with pytest.raises(HistoryError, match=f"no job {ONE}"):
            step()
    assert history.job(ONE) is None


def test_a_job_by_the_first_digits_of_its_id(history: History) -> None:
    first, second = "abcdef" + "0" * 26, "abcdef" + "1" * 26
    history.add_job(job(first))
    assert _id(history.job("abcdef")) == first
    history.add_job(job(second))
    assert history.job("abcdef") is None
    assert _id(history.job("abcdef1")) == second
    assert history.job("abcde") is None
    assert history.job("abcde%") is None
    assert history.job("") is None


def test_jobs_newest_first(history: History, clock: Clock) -> None:
    ids = [f"{number:032x}" for number in range(1, 5)]
    for job_id in ids[:2]:
        history.add_job(job(job_id))
    clock.advance(1)
    history.add_job(job(ids[2], status=JobStatus.FAILED))
    clock.advance(-10)  # a clock set back: by time first
    history.add_job(job(ids[3]))
    assert [found.id for found in history.jobs()] == [ids[2], ids[1], ids[0], ids[3]]
    assert [found.id for found in history.jobs(limit=2)] == [ids[2], ids[1]]
    assert [found.id for found in history.jobs(status=JobStatus.FAILED)] == [ids[2]]


def test_half_a_surrogate_pair_does_not_lose_the_job(history: History) -> None:
    history.add_job(job(prompt="caf\udce9", params={"x": "\ud83d"}))
    found = history.job(ONE)
    assert found is not None
    assert found.prompt == "caf?"
    assert found.params == {"x": "\ud83d"}


@pytest.mark.parametrize("bad", ["", "../../etc", "A" * 32, "1" * 33, "1" * 31 + "\n"])
def test_an_id_that_could_be_a_path_is_refused(history: History, home: Path, bad: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        history.add_job(job(bad))
    with pytest.raises(ValueError, match="not an id"):
        history.store_image(bad, "raw", b"x", "png", 1, 1)
    assert not (home / "images").exists()


def test_an_input_is_stored_once_and_listed_for_each_job(history: History, home: Path) -> None:
    history.add_job(job(ONE))
    history.add_job(job(TWO))
    data = b"some picture"
    digest = hashlib.sha256(data).hexdigest()
    first = history.store_input(ONE, "input", data, "PNG", 30, 20)
    second = history.store_input(TWO, "reference", data, ".png", 30, 20)
    assert first.path == second.path == f"input/{digest}.png"
    assert [file.name for file in (home / "input").iterdir()] == [f"{digest}.png"]
    assert (home / first.path).read_bytes() == data
    assert history.images(ONE) == [first]
    assert history.images(TWO) == [second]
    assert first.id != second.id


def test_a_damaged_input_is_written_again(history: History) -> None:
    history.add_job(job())
    record = history.store_input(ONE, "input", b"whole", "png", 1, 1)
    history.absolute(record).write_bytes(b"wh")
    history.store_input(ONE, "mask", b"whole", "png", 1, 1)
    assert history.absolute(record).read_bytes() == b"whole"


def test_a_bought_picture_is_a_file_and_a_row(history: History, home: Path) -> None:
    history.add_job(job())
    raw = history.store_image(ONE, "raw", b"bytes", "webp", 0, 0)
    result = history.store_image(ONE, "result", b"more", "png", 64, 48)
    assert raw == ImageRecord(
        raw.id,
        ONE,
        "raw",
        f"images/{ONE}/{raw.id}.webp",
        None,
        0,
        0,
        hashlib.sha256(b"bytes").hexdigest(),
        NOON,
    )
    assert history.absolute(raw) == home.resolve() / raw.path
    assert history.absolute(raw).read_bytes() == b"bytes"
    assert history.images(ONE) == [raw, result]
    assert history.images(ONE, "result") == [result]


def test_an_extension_from_outside_is_never_part_of_a_path(history: History, home: Path) -> None:
    history.add_job(job())
    record = history.store_image(ONE, "raw", b"x", "/../../x", 0, 0)
    assert record.path == f"images/{ONE}/{record.id}.bin"
    assert history.absolute(record).is_relative_to(home.resolve())


def test_bytes_are_on_disk_even_if_the_row_cannot_be_written(
    history: History, database: Database, home: Path
) -> None:
    history.add_job(job())
    with connection(database):
        database.pragma("query_only", 1)
        with pytest.raises(StorageError, match="read-only"):
            history.store_image(ONE, "raw", b"bought", "png", 0, 0)
    (file,) = (home / "images" / ONE).iterdir()
    assert file.read_bytes() == b"bought"


def test_a_thumbnail_belongs_to_its_picture(history: History, home: Path) -> None:
    history.add_job(job())
    image = history.store_image(ONE, "result", b"x", "png", 1, 1)
    updated = history.store_thumbnail(image.id, b"jpeg")
    assert updated.thumbnail_path == f"thumbs/{image.id}.jpg"
    assert (home / "thumbs" / f"{image.id}.jpg").read_bytes() == b"jpeg"
    assert history.images(ONE) == [updated]
    with pytest.raises(HistoryError, match="no picture"):
        history.store_thumbnail("f" * 32, b"jpeg")


def test_a_row_that_leads_out_of_the_data_folder_is_refused(history: History, home: Path) -> None:
    outside = ImageRecord("i", ONE, "raw", "../secret.png", None, 0, 0, "", 0)
    with pytest.raises(StorageError, match="outside the data folder"):
        history.absolute(outside)
    home.joinpath("link").symlink_to(os.path.dirname(home))
    through = ImageRecord("i", ONE, "raw", "link/secret.png", None, 0, 0, "", 0)
    with pytest.raises(StorageError, match="outside the data folder"):
        history.absolute(through)


def test_the_same_success_is_found_until_it_is_too_old(history: History, clock: Clock) -> None:
    history.add_job(job(ONE, status=JobStatus.SUCCEEDED))
    clock.advance(10)
    history.add_job(job(TWO, status=JobStatus.SUCCEEDED))
    history.add_job(job("3" * 32, status=JobStatus.FAILED))
    assert _id(history.find_success("abc", NOON)) == TWO
    assert _id(history.find_success("abc", NOON + 10_000_000)) == TWO
    assert history.find_success("abc", NOON + 10_000_001) is None
    assert history.find_success("ABC", NOON) is None
    assert history.find_success("", NOON) is None


def test_a_success_whose_pictures_are_gone_is_not_offered(history: History, clock: Clock) -> None:
    for job_id in (ONE, TWO):
        history.add_job(job(job_id, status=JobStatus.SUCCEEDED))
        history.store_image(job_id, "raw", b"x", "png", 1, 1)
        clock.advance(1)
    history.absolute(history.images(TWO)[0]).unlink()
    assert _id(history.find_success("abc", NOON)) == ONE


def test_listed_models_are_remembered_for_a_while(history: History, clock: Clock) -> None:
    assert history.cached_models("openai", 60) is None
    history.cache_models("openai", ["old"], clock.now)
    history.cache_models("openai", ["a", {"id": "b"}], clock.now)
    clock.advance(60)
    assert history.cached_models("openai", 60) == ["a", {"id": "b"}]
    assert history.cached_models("replicate", 60) is None
    clock.advance(1)
    assert history.cached_models("openai", 60) is None


def _status(history: History) -> JobStatus:
    found = history.job(ONE)
    assert found is not None
    return found.status


def _id(found: JobRecord | None) -> str | None:
    return None if found is None else found.id
