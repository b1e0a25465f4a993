"""Lines of JSON that carry their own checksum, added to a file so that they are on the disk.

A torn or damaged line is passed over instead of believed.
"""

import errno
import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aipaint.atomic_file import sync_folder

_HEAD_BYTES = len('{"crc": "00000000", ')


def line_of(row: Mapping[str, object]) -> bytes:
    """One JSON object whose first member is the checksum of the rest of the line."""
    rest = json.dumps(row, sort_keys=True).encode()[1:]
    return _head(rest) + rest + b"\n"


def row_of(line: bytes) -> dict[str, Any] | None:
    """What a line holds; None for one that is torn, damaged or of another program."""
    rest = line[_HEAD_BYTES:]
    if line[:_HEAD_BYTES] != _head(rest):
        return None
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def append_lines(path: Path, lines: bytes) -> None:
    """On the disk when this returns. Any process: lines of two do not mix. Raises OSError."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    # One write at the end of the file.
    with open(path, "ab", buffering=0) as file:
        if _is_torn(path):
            lines = b"\n" + lines
        written = file.write(lines)
        if written != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def _head(rest: bytes) -> bytes:
    return b'{"crc": "%08x", ' % zlib.crc32(rest)


def _is_torn(path: Path) -> bool:
    """Whether the last line was cut off by a crash: the next one must not be glued to it."""
    with open(path, "rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
