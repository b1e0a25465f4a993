"""Opening, migrating, connections of threads, and a sentence for each failure of SQLite."""

import contextlib
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from peewee import PeeweeException

from aipaint.database import (
    DamagedDatabase,
    connection,
    one_view,
    open_database,
    transaction,
    utc_micros,
)
from aipaint.errors import StorageError

MIGRATIONS = Path(__file__).parents[1] / "resources" / "migrations"

COLUMNS = {
    "jobs": "id status operation provider model prompt negative_prompt params fingerprint "
    "estimated_micros actual_micros error remote_id session_id created_at started_at completed_at",
    "images": "id job_id role path thumbnail_path width height sha256 created_at",
    "budget_ledger": "id job_id session_id provider model operation state reserved_micros "
    "actual_micros cost_source local_day created_at closed_at",
    "history_snapshots": "id",
    "models_cache": "provider",
    "job_attempts": "id job_id ledger_id number outcome detail http_status started_at ended_at",
    "budget_entries": "id ledger_id event held_micros spent_micros created_at",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "aipaint.db"


@pytest.fixture
def database(path: Path) -> Any:
    return open_database(path, MIGRATIONS)


def test_a_new_database_has_every_column_that_scripts_read(database: Any) -> None:
    with connection(database):
        for table, columns in COLUMNS.items():
            found = [column.name for column in database.get_columns(table)]
            assert found[: len(columns.split())] == columns.split(), table


def test_it_is_durable_and_strict(database: Any) -> None:
    is_wal_safe = sqlite3.sqlite_version_info >= (3, 51, 3)
    with connection(database):
        assert database.pragma("synchronous") == 2
        assert database.pragma("foreign_keys") == 1
        assert database.pragma("journal_mode") == ("wal" if is_wal_safe else "truncate")
        assert database.pragma("busy_timeout") == 10_000
    assert database.is_closed()


def test_opening_again_changes_nothing(database: Any, path: Path) -> None:
    before = path.read_bytes()
    open_database(path, MIGRATIONS)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.bak"))


def test_a_connection_is_the_threads_own_and_reentrant(database: Any) -> None:
    seen = []

    def look() -> None:
        with connection(database):
            seen.append(database.connection())
        assert database.is_closed()

    with connection(database):
        with connection(database):
            assert not database.is_closed()
        outer = database.connection()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert database.connection() is outer
    assert seen
    assert seen[0] is not outer
    assert database.is_closed()


def test_nothing_connects_by_itself(database: Any) -> None:
    with pytest.raises(PeeweeException, match="not opened"):
        database.execute_sql("SELECT 1")


def test_a_transaction_rolls_back_and_closes(database: Any) -> None:
    with pytest.raises(StorageError, match="UNIQUE"), transaction(database):
        _add_models_twice(database)
    assert _count_models(database) == 0
    with transaction(database), transaction(database):
        _add_models(database)
    assert _count_models(database) == 1
    assert database.is_closed()


def test_a_view_stays_at_one_moment(path: Path, database: Any) -> None:
    database.timeout = 0
    with one_view(database), open_other(path) as other:
        assert _count_models(database) == 0
        # In WAL mode the writer is not seen; in rollback mode it cannot commit before the reader.
        with contextlib.suppress(sqlite3.OperationalError):
            other.execute("INSERT INTO models_cache VALUES ('p', '[]', 1)")
        assert _count_models(database) == 0


def test_locked(path: Path, database: Any) -> None:
    database.timeout = 0
    with open_other(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match=r"aipaint\.db is locked") as locked:
            _add_models(database)
        other.execute("ROLLBACK")
    assert "nothing more is bought" in locked.value.hint


def test_full(database: Any) -> None:
    with connection(database):
        pages = database.pragma("page_count")
        database.pragma("max_page_count", pages)
        with pytest.raises(StorageError, match="no space left"), transaction(database):
            _fill(database, 200)
    assert _count_models(database) == 0


def test_read_only(database: Any) -> None:
    with connection(database):
        database.pragma("query_only", 1)
        with pytest.raises(StorageError, match="read-only"), transaction(database):
            _add_models(database)


def test_damaged(path: Path, database: Any) -> None:
    with transaction(database):
        _fill(database, 50)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\x5a" * (len(data) - len(data) // 2)
    path.write_bytes(data)
    with pytest.raises(StorageError, match="is damaged") as damaged:
        open_database(path, MIGRATIONS)
    assert "start aipaint again" in damaged.value.hint
    assert path.read_bytes() == data


def test_not_a_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("this is a shopping list, and it is long enough to be read as a header\n" * 9)
    with pytest.raises(StorageError, match="is damaged"):
        open_database(path, MIGRATIONS)


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (b"CREATE TABLE models_cache", b"CREATE TABLE models_cachf"),
        (b"models TEXT NOT NULL", b"modelz TEXT NOT NULL"),
        (b"TRIGGER budget_ledger_keep", b"TRIGGER budget_ledger_keex"),
    ],
)
def test_a_flipped_bit_in_a_name_is_found_by_a_thorough_look(
    path: Path, database: Any, was: bytes, became: bytes
) -> None:
    del database
    data = path.read_bytes()
    assert data.count(was) == 1
    path.write_bytes(data.replace(was, became))
    with pytest.raises(DamagedDatabase):
        open_database(path, MIGRATIONS, is_thorough=True)


def test_a_schema_that_is_no_text_is_damage(path: Path, database: Any) -> None:
    del database
    data = path.read_bytes()
    # SQLite quotes the name when it complains about the rest.
    data = data.replace(b"tablemodels_cachemodels", b"tablem\xff\xc9els_cachemodels")
    path.write_bytes(data.replace(b"CREATE TABLE models_cache", b"CREAXE TABLE models_cache"))
    with pytest.raises(DamagedDatabase):
        open_database(path, MIGRATIONS)


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be opened"):
        open_database(path, MIGRATIONS)


def test_a_file_where_the_data_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StorageError, match="cannot be created"):
        open_database(tmp_path / "home" / "aipaint.db", MIGRATIONS)


def test_without_scripts_nothing_is_created(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="scripts are missing"):
        open_database(path, tmp_path)
    assert not path.exists()


def test_other_failures_are_told_in_the_words_of_sqlite(database: Any) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"), transaction(database):
        database.execute_sql(
            "INSERT INTO images (id, job_id, role, path, width, height, sha256, created_at)"
            " VALUES ('i', 'no such job', 'raw', 'p', 0, 0, '', 1)"
        )


def test_a_migration_keeps_the_rows_and_a_copy_of_before(
    database: Any, path: Path, tmp_path: Path
) -> None:
    _add_models(database)
    newer = _with_another(tmp_path, "ALTER TABLE models_cache ADD COLUMN note TEXT")
    upgraded = open_database(path, newer)
    assert _count_models(upgraded) == 1
    with connection(upgraded):
        assert "note" in [column.name for column in upgraded.get_columns("models_cache")]
    (copy,) = path.parent.glob("*.bak")
    assert copy.name == f"aipaint.db.{_newest_script().stem}.1.bak"
    with sqlite3.connect(copy) as old:
        assert len(old.execute("PRAGMA table_info(models_cache)").fetchall()) == 3
        assert old.execute("SELECT count(*) FROM models_cache").fetchone() == (1,)
    old.close()


def test_a_failed_migration_changes_nothing(database: Any, path: Path, tmp_path: Path) -> None:
    newer = _with_another(tmp_path, "DROP TABLE models_cache", "ALTER TABLE nowhere ADD note TEXT")
    with pytest.raises(StorageError, match="nowhere"):
        open_database(path, newer)
    again = open_database(path, MIGRATIONS)
    assert _count_models(again) == 0


def test_a_newer_schema_is_refused_and_not_touched(path: Path, tmp_path: Path) -> None:
    open_database(path, _with_another(tmp_path, "ALTER TABLE models_cache ADD COLUMN note TEXT"))
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"newer aipaint \(9999_another\)") as newer:
        open_database(path, MIGRATIONS)
    assert "Update aipaint" in newer.value.hint
    assert path.read_bytes() == before


def test_two_databases_in_one_process(database: Any, tmp_path: Path) -> None:
    other = open_database(tmp_path / "other.db", MIGRATIONS)
    _add_models(database)
    assert (_count_models(database), _count_models(other)) == (1, 0)


def test_times_are_whole_microseconds_since_1970_in_utc() -> None:
    moment = datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC)
    assert utc_micros(moment) == 1_795_176_000_000_001
    assert utc_micros(moment.astimezone(timezone(timedelta(hours=5)))) == utc_micros(moment)


class open_other:
    """A second program on the same file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _add_models(database: Any) -> None:
    with connection(database):
        database.execute_sql("INSERT INTO models_cache VALUES ('p', '[]', 1)")


def _add_models_twice(database: Any) -> None:
    _add_models(database)
    _add_models(database)


def _fill(database: Any, count: int) -> None:
    for number in range(count):
        row = (f"p{number}", "x" * 4000)
        database.execute_sql("INSERT INTO models_cache VALUES (?, ?, 1)", row)


def _count_models(database: Any) -> int:
    with connection(database):
        return int(database.execute_sql("SELECT count(*) FROM models_cache").fetchone()[0])


def _newest_script() -> Path:
    return max(MIGRATIONS.glob("[0-9]*.py"))


def _with_another(folder: Path, *statements: str) -> Path:
    """The scripts and one more, of an aipaint that does not exist yet."""
    newer = folder / "newer"
    newer.mkdir()
    for script in MIGRATIONS.glob("[0-9]*.py"):
        (newer / script.name).write_text(script.read_text())
    lines = "".join(f"    db.execute_sql({statement!r})\n" for statement in statements)
    (newer / "9999_another.py").write_text(f"def up(migrator, db):\n{lines}")
    return newer
