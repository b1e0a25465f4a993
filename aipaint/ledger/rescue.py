"""Copies of the database for a bad day, and what is done with a damaged one."""

import contextlib
import logging
import os
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from aipaint.atomic_file import sync_folder, write_atomically
from aipaint.errors import StorageError

_LOG = logging.getLogger(__name__)
_DAY_SECONDS = 24 * 3600
_KEPT_COPIES = 3
_DAILY = re.compile(r".*\.\d{8}\.bak")
_SIDE_FILES = ("-journal", "-wal", "-shm")


def keep_copy(path: Path, now: datetime) -> None:
    """Copy a good database beside itself unless there is a copy of the last 24 hours.

    The newest few of these are kept; those made before a migration are never removed. A disk that
    has no room for one is no reason to stop: it is logged.
    """
    copies = _copies(path)
    if copies and now.timestamp() - _age(copies[0]) < _DAY_SECONDS:
        return
    target = path.with_name(f"{path.name}.{now:%Y%m%d}.bak")
    temporary = path.with_name(f"{path.name}.copying")
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as database,
            contextlib.closing(sqlite3.connect(temporary)) as copy,
        ):
            database.backup(copy)
        os.utime(temporary, (now.timestamp(), now.timestamp()))
        os.replace(temporary, target)
        sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        _LOG.info("No copy of the database was made: %s", error)
        _remove(temporary)
        return
    daily = [copy for copy in _copies(path) if _DAILY.fullmatch(copy.name)]
    for old in daily[_KEPT_COPIES:]:
        _remove(old)


def has_copy(path: Path) -> bool:
    """Whether there is anything to put in the place of a database that is gone."""
    return bool(_copies(path))


def set_aside(path: Path, moment: datetime) -> Path:
    """Rename the database and what SQLite keeps beside it; where it is now.

    Raises StorageError if the disk refuses: then the database is still in its place.
    """
    target = _unused(path.with_name(f"{path.name}.damaged-{moment:%Y%m%dT%H%M%SZ}"))
    try:
        # The journals first: one that is left behind would be played into the next database.
        for suffix in (*_SIDE_FILES, ""):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{path}{suffix}", f"{target}{suffix}")
        sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"The damaged database {path} cannot be set aside: {error.strerror}.",
            "Close other programs that use it, or choose another data folder with --home.",
        ) from error
    return target


def restore_newest(path: Path) -> datetime | None:
    """Put the newest good copy in the place of the missing database; when it was made.

    None if there is no good copy. Raises StorageError if the disk refuses.
    """
    for copy in _copies(path):
        if _is_good(copy):
            made_at = datetime.fromtimestamp(_age(copy), UTC)
            write_atomically(path, copy.read_bytes())
            return made_at
    return None


def _copies(path: Path) -> list[Path]:
    """Newest first."""
    return sorted(path.parent.glob(f"{path.name}.*.bak"), key=_age, reverse=True)


def _remove(path: Path) -> None:
    # A disk that has just refused one thing may refuse this as well.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _is_good(copy: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _unused(path: Path) -> Path:
    number, target = 1, path
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.{number}")
    return target
