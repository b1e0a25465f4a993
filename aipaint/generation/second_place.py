"""`SecondPlace`: where bought bytes are put down when the data folder takes nothing.

Nothing has to be remembered on the disk that is full: the folder's name tells whose data folder it
belongs to, and the name of a file whose job, so the next start finds them by looking.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError

_NAME = re.compile(r"([0-9a-f]{32})-[0-9a-f]{32}\.([a-z0-9]{1,8})")
_ONLY_MINE = 0o700


@dataclass(frozen=True)
class Parked:
    """One picture that waits outside the data folder."""

    path: Path
    job_id: str
    extension: str


class SecondPlace:
    """`folders`: existing ones, the best first. Any thread."""

    def __init__(self, folders: tuple[Path, ...], home: Path) -> None:
        whose = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
        self._places = tuple(folder / f"aipaint-rescued-{whose}" for folder in folders)

    def park(self, job_id: str, data: bytes, extension: str) -> Path | None:
        """Put the bytes on the first disk that takes them; where they are, None if none does."""
        name = f"{job_id}-{hashlib.sha256(data).hexdigest()[:32]}.{extension}"
        for place in self._places:
            with contextlib.suppress(OSError, StorageError):
                place.mkdir(mode=_ONLY_MINE, exist_ok=True)
                if _is_ours(place):
                    write_atomically(place / name, data)
                    return place / name
            with contextlib.suppress(OSError):
                place.rmdir()  # an empty folder is no use to anybody
        return None

    def parked(self) -> Iterator[Parked]:
        """What earlier sessions had to leave."""
        for place in self._places:
            for path in sorted(place.glob("*")) if _is_ours(place) else ():
                found = _NAME.fullmatch(path.name)
                if found and path.is_file() and not path.is_symlink():
                    yield Parked(path, found[1], found[2])

    def forget(self, path: Path) -> None:
        """It is in the data folder now."""
        with contextlib.suppress(OSError):
            path.unlink()
            path.parent.rmdir()  # refused while something else is in it


def usual_folders() -> tuple[Path, ...]:
    """The user's own folder, then the system's for what passes."""
    folders = [Path(tempfile.gettempdir())]
    with contextlib.suppress(RuntimeError):  # a user without a home
        folders.insert(0, Path.home())
    return tuple(dict.fromkeys(folders))


def _is_ours(place: Path) -> bool:
    """A folder for everybody is a place where somebody else may have put a trap."""
    try:
        found = place.lstat()
    except OSError:
        return False
    is_mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return place.is_dir() and not place.is_symlink() and is_mine
