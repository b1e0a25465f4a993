"""`Trash`: where the pictures of deleted jobs lie until it is emptied."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from aipaint.errors import StorageError
from aipaint.history.picture_files import checked_id

_YOUNG_SECONDS = 24 * 3600


class Trash:
    """Files of jobs, moved below `trash/{job_id}/` of the data folder with their paths kept."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / "trash"

    def put(self, job_id: str, thumbnails: Iterable[str]) -> None:
        """Move a job's pictures and these thumbnails in. Files that are not there are passed over.

        Raises StorageError; what was not moved stays where it is and can be moved again.
        """
        pictures = self._home / "images" / checked_id(job_id)
        found = [path.relative_to(self._home) for path in pictures.glob("*")]
        for relative in (*found, *map(Path, thumbnails)):
            self._move(self._home / relative, self._folder / job_id / relative)
        if pictures.is_dir() and not any(pictures.iterdir()):
            pictures.rmdir()

    def take_back(self, job_id: str) -> None:
        """Move everything of a job back to where it was. Raises StorageError."""
        folder = self._folder / checked_id(job_id)
        for path in folder.rglob("*"):
            if path.is_file():
                self._move(path, self._home / path.relative_to(folder))
        self._remove(folder)

    def empty(self, job_id: str) -> bool:
        """Remove a job's files for good; whether there were any. Raises StorageError."""
        folder = self._folder / checked_id(job_id)
        if not folder.is_dir():
            return False
        self._remove(folder)
        return True

    def remove_inputs(self, paths: Iterable[str], now_seconds: float) -> None:
        """Remove sent pictures that no job refers to any more.

        A young file stays: a job that is just being entered may have found it there already.
        """
        for path in paths:
            file = self._home / path
            if file.is_file() and now_seconds - file.stat().st_mtime > _YOUNG_SECONDS:
                file.unlink(missing_ok=True)

    def _move(self, source: Path, target: Path) -> None:
        if not source.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
        except OSError as error:
            raise StorageError(
                f"{source} could not be moved to {target.parent}: {error.strerror}.",
                "Close programs that show the picture and try again.",
            ) from error

    def _remove(self, folder: Path) -> None:
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError(
                f"{folder} could not be removed: {error.strerror}.",
                "Close programs that use it and try again.",
            ) from error
