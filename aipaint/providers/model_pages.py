"""`ModelPages`: what a service said about models, kept so that it is known after a restart."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError

FRESH = timedelta(days=7)
"""How long a page is believed; authors publish new versions."""
_MAX_BYTES = 32 * 1024 * 1024


class ModelPages:
    """One file per model in a folder that may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, model_id: str, page: bytes) -> None:
        """A page that cannot be kept is fetched again next time."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(model_id), page)
        except (OSError, StorageError):
            return

    def recall(self, model_id: str, now: datetime) -> bytes | None:
        """The page as it was kept; None where there is none that is fresh and readable."""
        path = self._path(model_id)
        try:
            stat = path.stat()
            if stat.st_size > _MAX_BYTES or now.timestamp() - stat.st_mtime > FRESH.total_seconds():
                return None
            return path.read_bytes()
        except OSError:
            return None

    def _path(self, model_id: str) -> Path:
        """Names of models are no file names on every system."""
        return self._folder / f"{hashlib.sha256(model_id.encode()).hexdigest()[:32]}.json"
