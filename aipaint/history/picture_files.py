"""Where picture bytes lie in the data folder, and putting them there so that nothing is lost."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError

_ID = re.compile(r"[0-9a-f]{32}")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")


class PictureFiles:
    """Files of jobs below one folder. Names are made of ids and hashes only, never of input."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def store_input(self, data: bytes, extension: str) -> str:
        """Write input/{sha256}.{ext} unless it is there already; the path relative to home."""
        path = f"input/{sha256_of(data)}.{_safe(extension)}"
        if self._holds(path, data):
            # As young as one just written, so that emptying the trash does not take it now.
            os.utime(self._home / path)
        else:
            self._write(path, data)
        return path

    def store_image(self, job_id: str, image_id: str, data: bytes, extension: str) -> str:
        """Write images/{job_id}/{image_id}.{ext}; the path relative to home."""
        path = f"images/{checked_id(job_id)}/{checked_id(image_id)}.{_safe(extension)}"
        self._write(path, data)
        return path

    def store_thumbnail(self, image_id: str, jpeg: bytes) -> str:
        """Write thumbs/{image_id}.jpg; the path relative to home."""
        path = f"thumbs/{checked_id(image_id)}.jpg"
        self._write(path, jpeg)
        return path

    def stored_images(self) -> Iterator[tuple[str, str, str]]:
        """Every picture that came back and is on disk: ids of job and picture, and its path."""
        for file in sorted((self._home / "images").glob("*/*")):
            job_id, image_id = file.parent.name, file.stem
            if _ID.fullmatch(job_id) and _ID.fullmatch(image_id) and file.is_file():
                yield job_id, image_id, f"images/{job_id}/{file.name}"

    def absolute(self, path: str) -> Path:
        """The file of a stored path. Raises StorageError for one that leads out of home."""
        home = self._home.resolve()
        found = (home / path).resolve()
        if not found.is_relative_to(home):
            raise StorageError(f"The database names a file outside the data folder: {path!r}.")
        return found

    def _holds(self, path: str, data: bytes) -> bool:
        # A file of that name with other bytes is a damaged one and is written again.
        file = self._home / path
        return file.is_file() and file.read_bytes() == data

    def _write(self, path: str, data: bytes) -> None:
        target = self._home / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The folder {target.parent} cannot be created: {error.strerror}.",
                "Check the disk, or choose another data folder with --home.",
            ) from error
        write_atomically(target, data)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def checked_id(identifier: str) -> str:
    """The id itself if it is 32 hexadecimal digits, else ValueError: it becomes a file name."""
    if not _ID.fullmatch(identifier):
        raise ValueError(f"not an id: {identifier!r}")
    return identifier


def _safe(extension: str) -> str:
    plain = extension.lower().removeprefix(".")
    return plain if _EXTENSION.fullmatch(plain) else "bin"
