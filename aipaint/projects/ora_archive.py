"""`OraArchive`: members of a zip file from outside, read by name and counted while read."""

import stat
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from aipaint.errors import UnreadableFileError

_MOST_MEMBERS = 20_000
_MOST_BYTES_IN_ALL = 16 * 1024**3
_CHUNK_BYTES = 1024 * 1024
_ENCRYPTED = 0x1


class OraArchive:
    """Nothing is ever unpacked to disk; sizes the file claims are not believed.

    Raises UnreadableFileError wherever the file is missing, damaged or hostile.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._left = _MOST_BYTES_IN_ALL
        self._zip = _open(path)
        try:
            self._members = self._checked_members()
        except UnreadableFileError:
            self._zip.close()
            raise

    def __enter__(self) -> "OraArchive":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str, most_bytes: int) -> bytes:
        """The content of one member."""
        entry = self._members.get(member)
        if entry is None:
            raise UnreadableFileError(
                f"{self.name} is incomplete: {member!r:.80} is missing from it.",
                "Open another copy of it.",
            )
        limit = min(most_bytes, self._left)
        try:
            data = self._read_counted(entry, limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self._damaged() from error
        except (NotImplementedError, RuntimeError) as error:  # a compression or password of others
            raise self._damaged() from error
        if len(data) > limit:
            raise UnreadableFileError(
                f"{self.name} unpacks to more than any painting holds.", "Do not trust this file."
            )
        self._left -= len(data)
        return data

    def _read_counted(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        parts, size = [], 0
        with self._zip.open(entry) as member:
            while size <= limit and (part := member.read(min(_CHUNK_BYTES, limit + 1 - size))):
                parts.append(part)
                size += len(part)
        return b"".join(parts)

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        members = {entry.filename: entry for entry in entries}
        places = {entry.header_offset for entry in entries}
        if len(members) != len(entries) or len(places) != len(entries):
            raise UnreadableFileError(
                f"{self.name} holds two members of one name or place.", "Do not trust this file."
            )
        if len(entries) > _MOST_MEMBERS or any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise self._damaged()
        return members

    def _damaged(self) -> UnreadableFileError:
        return UnreadableFileError(
            f"{self.name} is damaged or no OpenRaster document.", "Open another copy of it."
        )


def _open(path: Path) -> zipfile.ZipFile:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFileError(f"{path} is not a file.", "Name an .ora file.")
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise UnreadableFileError(
            f"{path} does not exist.", "Check the name and the folder."
        ) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, LookupError) as error:
        raise UnreadableFileError(
            f"{path.name} is damaged or no OpenRaster document.", "Open another copy of it."
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            f"{path} cannot be read: {error.strerror or 'the disk refused'}.",
            "Check that you may open it, or copy it elsewhere.",
        ) from error
