"""Writing a file so that after any crash either the old or the new content is there, whole."""

import contextlib
import errno
import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import IO

from aipaint.errors import StorageError

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    errno.EDQUOT: (
        "your share of the disk is used up",
        "Free some space and try again.",
    ),
    errno.EFBIG: (
        "the disk takes no file this large",
        "Choose a folder on another disk.",
    ),
    errno.EACCES: ("there is no permission to write there", "Choose another folder."),
    errno.EPERM: ("there is no permission to write there", "Choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose a folder on another disk."),
    errno.ENOENT: (
        "the folder does not exist",
        "Create the folder or choose another one.",
    ),
    errno.ENOTDIR: (
        "the folder does not exist",
        "Create the folder or choose another one.",
    ),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk reported an error", "Choose a folder on another disk."),
}
_REPLACE_PAUSES_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_FOLDER_NEEDS_NO_FSYNC = (errno.EINVAL, errno.ENOTSUP)


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, replacing what is there; a symbolic link keeps pointing at it.

    The content is on the disk when this returns. Permissions of a replaced file are kept. Raises
    StorageError with the reason; the old file is untouched then and nothing is left beside it.
    """
    write_atomically_by(path, lambda file: _write_all(file, data))


def write_atomically_by(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """The same for content too large to be in memory at once: `write` puts it into an open file,
    and may raise errors of its own."""
    if "\0" in str(path):
        raise StorageError("Could not save: the name holds a NUL character.", "Use another name.")
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".aipaint-{uuid.uuid4().hex}.tmp")
    try:
        mode = _mode_of_existing(target)
        _write_synced(temporary, write, mode)
        _replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        _discard(temporary)
        raise _as_storage_error(path, error) from error
    except BaseException:
        _discard(temporary)
        raise


def _write_all(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk: a rename or a new file is durable after it."""
    if sys.platform == "win32":  # folders cannot be opened there; the rename is journaled
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_NEEDS_NO_FSYNC:
            raise
    finally:
        os.close(handle)


def _mode_of_existing(target: Path) -> int | None:
    if not target.exists():
        return None
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not target.is_file():  # a device or a pipe would be replaced by a plain file
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    return target.stat().st_mode & 0o7777


def _write_synced(temporary: Path, write: Callable[[IO[bytes]], None], mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        os.chmod(temporary, mode)


def _replace(temporary: Path, target: Path) -> None:
    """Rename over the target; on Windows a scanner may hold it for a moment, so wait a little."""
    pauses = _REPLACE_PAUSES_SECONDS if sys.platform == "win32" else ()
    for pause_seconds in pauses:
        try:
            os.replace(temporary, target)
            return
        except PermissionError:
            time.sleep(pause_seconds)
    os.replace(temporary, target)


def _discard(temporary: Path) -> None:
    with contextlib.suppress(OSError):  # the first error is the one to tell
        temporary.unlink(missing_ok=True)


def _as_storage_error(path: Path, error: OSError) -> StorageError:
    reason, hint = _REASONS.get(
        error.errno or 0,
        (error.strerror or "the disk refused", "Choose another folder."),
    )
    return StorageError(f"Could not save {path}: {reason}.", hint)
