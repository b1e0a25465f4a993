"""`read_wanted`: the files of models inside what a user hands over, a bare file or an archive.

Nothing in such a file is trusted: no name or path out of an archive is used, a file is told by its
size and hash, and everything is counted while it is read.
"""

import gzip
import io
import os
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, TypeVar

from aipaint.errors import CancelledError, UnreadableFileError, UsageError

MOST_BYTES = 1024**3
"""Of a file, and of what is unpacked from an archive."""
_MOST_MEMBERS = 100_000
_CHUNK_BYTES = 1024 * 1024
_BLOCK_BYTES = 512  # of a tar archive
_DIRECTORY_BYTES = 8 * 1024 * 1024  # of a zip archive
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_SIZE_FIELD, _KIND_FIELD = slice(124, 136), slice(156, 157)

# What damaged archives really make the readers raise.
_READER_ERRORS = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    NotImplementedError,
    MemoryError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)

Taker = Callable[[int, Iterator[bytes]], None]
"""Given the size of a file and its bytes, which it has to read to the end."""
_M = TypeVar("_M")


def read_wanted(
    path: Path, sizes: Collection[int], take: Taker, cancelled: threading.Event
) -> None:
    """Hand every part of `path` that has one of the `sizes` to `take`: the file itself, or what a
    .tgz or a .whl (.zip) has in it.

    Raises UnreadableFileError, UsageError for what is too large, CancelledError.
    """
    try:
        if not path.is_file():  # a pipe would never end
            what = "is not a file" if path.exists() else "does not exist"
            raise UnreadableFileError(f"{path} {what}.", "Check the name and the folder.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(path.name)
        with path.open("rb") as file:
            head = file.read(len(_ZIP))
            file.seek(0)
            reader = _Reader(path.name, sizes, take, cancelled)
            if head.startswith(_GZIP):
                reader.read_tar(file)
            elif head == _ZIP:
                reader.read_zip(file)
            else:
                reader.offer(file, size)
    except _READER_ERRORS as error:
        raise _damaged(path.name) from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Reader:
    def __init__(
        self, name: str, sizes: Collection[int], take: Taker, cancelled: threading.Event
    ) -> None:
        self._name = name
        self._sizes = frozenset(sizes)
        self._take = take
        self._cancelled = cancelled
        self._left = MOST_BYTES

    def offer(self, content: _Readable, size: int) -> bool:
        """Whether it has a size that is wanted, and so was read."""
        if size not in self._sizes:
            return False
        self._take(size, self._chunks(content, size))
        return True

    def read_zip(self, file: IO[bytes]) -> None:
        with zipfile.ZipFile(_Sipped(file)) as archive:
            for member in self._counted(archive.infolist()):
                if member.file_size in self._sizes:
                    with archive.open(member) as content:
                        self.offer(content, member.file_size)

    def read_tar(self, file: IO[bytes]) -> None:
        """By hand: the standard reader keeps headers of any length in memory."""
        with gzip.GzipFile(fileobj=file) as content:
            for header in self._counted(self._headers(content)):
                size = _size_in(header)
                is_file = header[_KIND_FIELD] in (b"0", b"\0")
                if not (is_file and self.offer(content, size)):
                    self._skip(content, size)
                self._skip(content, -size % _BLOCK_BYTES)

    def _headers(self, content: _Readable) -> Iterator[bytes]:
        while any(header := b"".join(self._chunks(content, _BLOCK_BYTES))):
            yield header

    def _chunks(self, content: _Readable, size: int) -> Iterator[bytes]:
        while size > 0:
            if self._cancelled.is_set():
                raise CancelledError("Adding the model was cancelled.")
            try:
                chunk = content.read(min(size, _CHUNK_BYTES))
            except _READER_ERRORS as error:  # here, or it would look like a failure to write
                raise _damaged(self._name) from error
            if not chunk:
                raise _damaged(self._name)
            size -= len(chunk)
            self._left -= len(chunk)
            if self._left < 0:
                raise _too_large(self._name)
            yield chunk

    def _skip(self, content: _Readable, size: int) -> None:
        for _ in self._chunks(content, size):
            pass

    def _counted(self, members: Iterable[_M]) -> Iterator[_M]:
        for number, member in enumerate(members):
            if number >= _MOST_MEMBERS:
                raise _too_large(self._name)
            yield member


class _Sipped(io.RawIOBase):
    """A file that is never read in one large draught: a zip archive says itself how large its
    directory is, and would be believed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        wished = self._size - self._file.tell() if size < 0 else size
        if wished > _DIRECTORY_BYTES:
            raise ValueError("the directory of the archive is too large")
        return self._file.read(wished)


def _size_in(header: bytes) -> int:
    """Raises ValueError for what is no tar header."""
    total = sum(header[:148]) + sum(header[156:]) + 8 * ord(" ")
    if int(header[148:156].strip(b"\0 ") or b"0", 8) != total:
        raise ValueError("the archive is damaged")
    size = int(header[_SIZE_FIELD].strip(b"\0 ") or b"0", 8)
    if size < 0:
        raise ValueError("the archive is damaged")
    return size


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"{name} is damaged or incomplete.", "Fetch it again.")


def _too_large(name: str) -> UsageError:
    return UsageError(
        f"{name} is larger than any model that is known.",
        "aipaint offline-models list says which files there are.",
    )
