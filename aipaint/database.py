"""The one SQLite database: opening it, migrating it, connections, and what its failures mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from peewee import PeeweeException, SqliteDatabase

from aipaint.errors import StorageError
from aipaint.write_turn import write_turn

Database: TypeAlias = SqliteDatabase
"""What the rooms above pass around without importing peewee."""

_TIMEOUT_SECONDS = 10
_HISTORY_TABLE = "schema_migration"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def open_database(path: Path, migrations: Path, *, is_thorough: bool = False) -> Database:
    """Open (or create) the database file and bring it up to the scripts in `migrations`.

    An existing database is copied beside itself before it is changed. No connection stays open.
    `is_thorough` reads every page and index, and looks for every table that should be there.
    Raises StorageError with the reason, DamagedDatabase if it cannot be used any more; a database
    of a newer aipaint is refused unchanged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The data folder {path.parent} cannot be created: {error.strerror}.",
            "Choose another folder with --home or AIPAINT_HOME.",
        ) from error
    _migrate(path, migrations, is_thorough=is_thorough)
    return _database(path, foreign_keys=True)


class DamagedDatabase(StorageError):
    """The file is not what was written to it."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The database {path} is damaged.",
            "Nothing is bought until it is repaired: start aipaint again, which sets it aside "
            "and rebuilds the spending records.",
        )


class RefusedChange(StorageError):
    """A rule that stands in the database itself does not allow this change; nothing happened."""


@contextmanager
def connection(db: Database) -> Iterator[None]:
    """The calling thread's own connection, closed at the end; nothing to do if already open.

    Every failure of SQLite inside becomes a StorageError that names the reason.
    """
    is_ours = False
    try:
        is_ours = db.connect(reuse_if_open=True)
        yield
    except (PeeweeException, sqlite3.Error) as error:
        raise _explained(error, str(db.database)) from error
    except UnicodeDecodeError as error:  # what SQLite quotes of a damaged schema is no text
        raise DamagedDatabase(str(db.database)) from error
    finally:
        if is_ours:
            db.close()


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """A connection inside BEGIN IMMEDIATE: what is read in it cannot change before it commits."""
    turn = nullcontext() if db.in_transaction() else write_turn(Path(db.database))
    with turn, connection(db), db.atomic("IMMEDIATE"):
        yield


@contextmanager
def one_view(db: Database) -> Iterator[None]:
    """A connection inside a read transaction: several queries see the same moment."""
    with connection(db), db.atomic("DEFERRED"):
        yield


def utc_micros(moment: datetime) -> int:
    """An aware time as it is stored: microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _database(path: Path, *, foreign_keys: bool) -> Database:
    # WAL before 3.51.3 can corrupt a database that two connections write and checkpoint at once.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
    pragmas: dict[str, Any] = {
        "synchronous": "FULL",
        "fullfsync": 1,  # macOS: really reach the disk; ignored elsewhere
        "journal_mode": journal,
        "foreign_keys": int(foreign_keys),
    }
    return SqliteDatabase(
        str(path),
        pragmas=pragmas,
        timeout=_TIMEOUT_SECONDS,
        lock_type="IMMEDIATE",
        autoconnect=False,
    )


def _migrate(path: Path, migrations: Path, *, is_thorough: bool) -> None:
    ours = sorted(script.stem for script in migrations.glob("[0-9]*.py"))
    if not ours:
        raise StorageError(
            f"The database scripts are missing from {migrations}.", "Install aipaint again."
        )
    # Foreign keys are off here, so that a script may rebuild a table without cascading.
    db = _database(path, foreign_keys=False)
    with connection(db):
        _refuse_damaged(db, path, "integrity_check(1)" if is_thorough else "quick_check(1)")
        applied = _applied(db)
        _refuse_newer(applied, ours, path)
        if not set(ours) <= set(applied):
            if applied:
                _back_up(db, path, max(applied))
            _run_scripts(db, migrations)
        if is_thorough:
            _refuse_incomplete(db, path, migrations)


def _run_scripts(db: Any, migrations: Path) -> None:
    from playhouse import migrations as playhouse

    runner: Any = playhouse
    # What is pending is read inside the write lock: a second process finds nothing left to do.
    with db.atomic("IMMEDIATE"):
        runner.run(db, str(migrations), table_name=_HISTORY_TABLE)


def _applied(db: Any) -> list[str]:
    if not db.table_exists(_HISTORY_TABLE):
        return []
    return [name for (name,) in db.execute_sql(f"SELECT name FROM {_HISTORY_TABLE}")]


def _refuse_newer(applied: list[str], ours: list[str], path: Path) -> None:
    if unknown := sorted(set(applied) - set(ours)):
        raise StorageError(
            f"The database {path} was written by a newer aipaint ({unknown[-1]}).",
            "Update aipaint, or use another data folder with --home.",
        )


def _refuse_damaged(db: Any, path: Path, check: str) -> None:
    finding = db.execute_sql(f"PRAGMA {check}").fetchone()[0]
    if finding != "ok":
        raise DamagedDatabase(str(path))


def _refuse_incomplete(db: Any, path: Path, migrations: Path) -> None:
    """A flipped bit in the name of a table or column is no damage to SQLite."""
    fresh: Any = SqliteDatabase(":memory:")
    with fresh.connection_context():
        _run_scripts(fresh, migrations)
        if _names(fresh) - _names(db):
            raise DamagedDatabase(str(path))


def _names(db: Any) -> set[tuple[str, ...]]:
    things = db.execute_sql("SELECT type, name, tbl_name FROM sqlite_master").fetchall()
    columns = db.execute_sql(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
    ).fetchall()
    return {*things, *columns}


def _back_up(db: Any, path: Path, version: str) -> None:
    """A checked copy beside the database; copies of earlier migrations are kept."""
    target = _unused(path, version)
    with closing(sqlite3.connect(target)) as copy:
        db.connection().backup(copy)
        finding = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if finding != "ok":
        raise DamagedDatabase(str(path))


def _unused(path: Path, version: str) -> Path:
    number = 1
    while (target := path.with_name(f"{path.name}.{version}.{number}.bak")).exists():
        number += 1
    return target


def _explained(error: BaseException, path: str) -> StorageError:
    text = _first_reason(error)
    if _is_rule(error):
        return RefusedChange(f"{text[:1].upper()}{text[1:]}.")
    if any(sign in text for sign in _SIGNS_OF_DAMAGE):
        return DamagedDatabase(path)
    for part, message, hint in _REASONS:
        if part in text:
            return StorageError(message.format(path=path), hint)
    return StorageError(f"The database {path} failed: {text}.", "Nothing more is bought.")


def _is_rule(error: BaseException) -> bool:
    """Whether a trigger of ours refused; peewee keeps the error of SQLite as the context."""
    return any(
        getattr(one, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_TRIGGER"
        for one in (error, error.__context__, error.__cause__)
    )


def _first_reason(error: BaseException) -> str:
    # After a full disk SQLite has rolled back by itself; the ROLLBACK that then fails must not
    # hide the reason.
    before = error.__context__
    if "no transaction is active" in str(error) and before is not None:
        return _first_reason(before)
    return str(error.args[-1] if error.args else error)


_SIGNS_OF_DAMAGE = ("malformed", "not a database", "Could not decode to UTF-8")
_REASONS = (
    (
        "locked",
        "The database {path} is locked by another program.",
        "Close other programs that use it and try again; nothing more is bought until then.",
    ),
    (
        "is full",
        "There is no space left for the database {path}.",
        "Free some space on that disk and try again; nothing more is bought until then.",
    ),
    (
        "readonly",
        "The database {path} is read-only.",
        "Make the data folder writable or choose another one with --home; nothing more is bought.",
    ),
    (
        "unable to open",
        "The database {path} cannot be opened.",
        "Check the folder and its permissions, or choose another one with --home.",
    ),
    (
        "disk I/O error",
        "The disk failed while the database {path} was used.",
        "Check the disk; nothing more is bought until it works.",
    ),
)
