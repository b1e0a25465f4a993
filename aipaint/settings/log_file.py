"""`start_log`: what goes wrong is written to a file in the data folder, without any key."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from aipaint.settings.settings import SECRET_NAMES, Settings

_LARGEST_BYTES = 1_000_000
_KEPT_FILES = 3
_LEAST_SECRET_LENGTH = 6


def start_log(settings: Settings) -> None:
    """Log warnings and worse to logs/aipaint.log; a folder that cannot be written is no log."""
    secrets = [getattr(settings, name) for name in SECRET_NAMES]
    try:
        handler = _file_handler(settings.home / "logs" / "aipaint.log")
    except OSError:
        return
    handler.setFormatter(_WithoutKeys([secret for secret in secrets if secret]))
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.addHandler(handler)


def _file_handler(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    # The file is made by the first line that is written to it.
    return RotatingFileHandler(
        path,
        maxBytes=_LARGEST_BYTES,
        backupCount=_KEPT_FILES,
        encoding="utf-8",
        delay=True,
        errors="backslashreplace",  # names of files are in tracebacks, and need not be text
    )


class _WithoutKeys(logging.Formatter):
    """Whatever a message or a traceback holds, the keys are blotted out."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = [secret for secret in secrets if len(secret) >= _LEAST_SECRET_LENGTH]

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[key]")
        return text
