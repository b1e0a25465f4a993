"""Pictures of jobs: rows and files, and what is found again."""

import hashlib
import os
from pathlib import Path

import pytest

from aipaint.database import Database, connection
from aipaint.errors import StorageError
from aipaint.history.errors import HistoryError
from aipaint.history.history import History
from aipaint.history.records import ImageRecord, JobRecord, JobStatus
from tests.history.shelf import NOON, ONE, TWO, Clock, job


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


def _id(found: JobRecord | None) -> str | None:
    return None if found is None else found.id


def test_a_composite_is_replaced_and_what_was_bought_is_not(history: History) -> None:
    history.add_job(job())
    raw = history.store_image(ONE, "raw", b"bought", "png", 4, 3)
    result = history.store_image(ONE, "result", b"made", "png", 4, 3)
    changed = history.replace_image(result.id, b"made anew")
    assert changed.path == result.path
    assert history.absolute(changed).read_bytes() == b"made anew"
    assert changed.sha256 == hashlib.sha256(b"made anew").hexdigest()
    assert history.images(ONE) == [raw, changed]
    for no_composite in (raw.id, "0" * 32):
        with pytest.raises(HistoryError, match="no composite"):
            history.replace_image(no_composite, b"other")
    assert history.absolute(raw).read_bytes() == b"bought"
