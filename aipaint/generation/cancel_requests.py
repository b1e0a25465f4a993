"""`CancelRequests`: how one process asks another to cancel a job that runs there.

An empty file beside the lock files: cheap to look for, and it needs no database.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.history.picture_files import checked_id

LOOK_SECONDS = 0.25


class CancelRequests:
    """Of one data folder. Any thread."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "locks"

    def ask(self, job_id: str) -> None:
        """Whoever runs the job cancels it within moments. Raises StorageError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(job_id), b"")

    def take(self, job_id: str) -> bool:
        """Whether somebody asked; the request is used up."""
        path = self._path(job_id)
        if not path.is_file():
            return False
        path.unlink(missing_ok=True)
        return True

    @contextmanager
    def watched(self, job_id: str, cancelled: threading.Event) -> Iterator[None]:
        """While inside, a request for this job sets `cancelled`."""
        done = threading.Event()

        def look() -> None:
            while not done.wait(LOOK_SECONDS):
                if self.take(job_id):
                    cancelled.set()

        watcher = threading.Thread(target=look, name="cancel-requests")
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
            self.take(job_id)

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{checked_id(job_id)}.cancel"
