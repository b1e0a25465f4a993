"""Copies for a bad day: made once a day, found again, and only good ones put in place."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from aipaint.atomic_file import sync_folder
from aipaint.database import connection
from aipaint.errors import StorageError
from aipaint.ledger.rescue import has_copy, keep_copy, restore_newest, set_aside
from tests.ledger.rig import NOON, Clock, ask, caps, database_in, ledger_on


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ledger_on(database_in(tmp_path), caps(), Clock()).reserve(ask(77))
    return tmp_path / "aipaint.db"


def held(path: Path) -> int:
    database = sqlite3.connect(path)
    try:
        return int(database.execute("SELECT sum(reserved_micros) FROM budget_ledger").fetchone()[0])
    finally:
        database.close()


def test_one_copy_a_day_and_the_newest_few_are_kept(path: Path) -> None:
    old = path.with_name("aipaint.db.0001_first.1.bak")
    old.write_bytes(b"made before a migration")
    os.utime(old, (1, 1))
    for day in range(6):
        now = NOON + timedelta(days=day)
        keep_copy(path, now)
        keep_copy(path, now + timedelta(hours=1))
        copy = path.with_name(f"aipaint.db.{now:%Y%m%d}.bak")
        assert held(copy) == 77
    assert sorted(file.name for file in path.parent.glob("*.bak")) == [
        "aipaint.db.0001_first.1.bak",
        "aipaint.db.20261123.bak",
        "aipaint.db.20261124.bak",
        "aipaint.db.20261125.bak",
    ]
    assert not path.with_name("aipaint.db.copying").exists()


def test_a_copy_of_the_last_24_hours_is_enough(path: Path) -> None:
    keep_copy(path, NOON)
    (copy,) = path.parent.glob("*.bak")
    ledger_on(database_in(path.parent), caps(), Clock()).reserve(ask(3))
    for hours, sum_micros in ((1, 77), (11, 77), (23, 77), (24, 80)):
        keep_copy(path, NOON + timedelta(hours=hours))
        newest = max(path.parent.glob("*.bak"), key=lambda file: file.stat().st_mtime)
        assert held(newest) == sum_micros
        assert (newest == copy) == (hours < 24)


def test_new_names_are_on_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def watched(folder: Path) -> None:
        seen.append(sorted(file.name for file in folder.glob("aipaint.db*")))
        sync_folder(folder)

    monkeypatch.setattr("aipaint.ledger.rescue.sync_folder", watched)
    keep_copy(path, NOON)
    set_aside(path, NOON)
    copied, moved = seen
    assert "aipaint.db.20261120.bak" in copied
    assert "aipaint.db.damaged-20261120T120000Z" in moved
    assert "aipaint.db" not in moved


def test_each_damaged_database_keeps_a_name_of_its_own(path: Path) -> None:
    names = []
    for _ in range(4):
        path.write_bytes(b"damaged")
        names.append(set_aside(path, NOON).name.removeprefix("aipaint.db.damaged-20261120T120000Z"))
    assert names == ["", ".2", ".3", ".4"]


def test_no_room_for_a_copy_is_no_reason_to_stop(path: Path) -> None:
    path.with_name("aipaint.db.copying").write_bytes(b"left by a crash, and no database" * 9)
    keep_copy(path, NOON)
    assert not path.with_name("aipaint.db.copying").exists()
    assert not has_copy(path)
    keep_copy(path, NOON)
    assert has_copy(path)


def test_a_disk_that_refuses_even_to_clean_up_is_no_reason_to_stop(path: Path) -> None:
    in_the_way = path.with_name("aipaint.db.copying")
    in_the_way.mkdir()  # can neither be written nor removed like a file
    keep_copy(path, NOON)
    assert in_the_way.is_dir()
    assert held(path) == 77


def test_a_damaged_database_is_moved_with_everything_beside_it(path: Path) -> None:
    data = path.read_bytes()
    for suffix in ("-journal", "-wal", "-shm"):
        Path(f"{path}{suffix}").write_bytes(suffix.encode())
    aside = set_aside(path, NOON)
    assert aside.name == "aipaint.db.damaged-20261120T120000Z"
    assert aside.read_bytes() == data
    for suffix in ("-journal", "-wal", "-shm"):
        assert Path(f"{aside}{suffix}").read_bytes() == suffix.encode()
        assert not Path(f"{path}{suffix}").exists()
    assert not path.exists()
    path.write_bytes(b"again")
    assert set_aside(path, NOON).read_bytes() == b"again"
    assert aside.read_bytes() == data


def test_the_newest_good_copy_is_put_in_place(path: Path) -> None:
    keep_copy(path, NOON)
    good = path.with_name("aipaint.db.20261120.bak")
    newer = path.with_name("aipaint.db.20261121.bak")
    newer.write_bytes(good.read_bytes()[:9_000])
    for file, day in ((good, 0), (newer, 1)):
        os.utime(file, ((NOON + timedelta(days=day)).timestamp(),) * 2)
    set_aside(path, NOON)
    assert restore_newest(path) == NOON
    assert held(path) == 77
    assert good.exists()
    with connection(database_in(path.parent)):
        pass


def test_without_a_good_copy_nothing_is_put_in_place(path: Path) -> None:
    path.with_name("aipaint.db.20261121.bak").write_text("not a database at all\n" * 99)
    path.unlink()
    assert restore_newest(path) is None
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "aipaint.db.damaged-20261120T120000Z-journal"
    target.mkdir()
    (target / "full").touch()
    Path(f"{path}-journal").touch()
    with pytest.raises(StorageError, match="cannot be set aside"):
        set_aside(path, NOON)
    assert held(path) == 77
