"""`BrushFiles`: the brushes that are shipped and the user's own, one TOML file each."""

import re
import threading
import unicodedata
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import AipaintError, StorageError, UnreadableFileError, UsageError
from aipaint.pixels.brush_preset import LONGEST_NAME, BrushPreset, is_same_name
from aipaint.settings.brush_toml import MOST_BYTES, name_problem, preset_text, read_preset

SUFFIX = ".toml"
_MOST_FILES = 1000
_DELETED, _LAST_USED = "deleted", "last-used"
# Names that Windows gives to devices, whatever their suffix.
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


@dataclass(frozen=True)
class StoredBrush:
    """A brush and where it comes from. `is_changed`: an own file stands before a shipped one."""

    preset: BrushPreset
    is_own: bool
    is_changed: bool = False


@dataclass(frozen=True)
class StoredBrushes:
    """In the order in which they are shown; `problems` are sentences about files left out.
    `last_used` holds the values that brushes had when they were used last, by the same names."""

    brushes: tuple[StoredBrush, ...]
    problems: tuple[str, ...] = ()
    last_used: tuple[BrushPreset, ...] = ()


class BrushFiles:
    """Reads and writes; keeps nothing. Every method may take a moment: call it on a worker.

    An own brush of the same name stands before a shipped one. Errors are AipaintErrors.
    """

    def __init__(self, shipped: Path, own: Path) -> None:
        self._shipped = shipped
        self._own = own
        # Two workers may each look for a free name.
        self._one_at_a_time = threading.RLock()

    def load(self) -> StoredBrushes:
        """Everything there is. A bad file is left out and told about."""
        problems: list[str] = []
        own = self._read_folder(self._own, problems)
        brushes: list[StoredBrush] = []
        for preset in self._read_folder(self._shipped, problems).values():
            mine = next(
                (key for key, one in own.items() if is_same_name(one.name, preset.name)), None
            )
            if mine is None:
                brushes.append(StoredBrush(preset, is_own=False))
            else:
                brushes.append(StoredBrush(own.pop(mine), is_own=True, is_changed=True))
        others = sorted(own.values(), key=lambda preset: preset.name.casefold())
        seen: list[StoredBrush] = []
        for preset in others:
            if not any(is_same_name(one.preset.name, preset.name) for one in (*brushes, *seen)):
                seen.append(StoredBrush(preset, is_own=True))
        # What was used last is a convenience: a damaged file of these is no news.
        last_used = self._read_folder(self._own / _LAST_USED, [])
        return StoredBrushes((*brushes, *seen), tuple(problems), tuple(last_used.values()))

    def save(self, preset: BrushPreset) -> None:
        """Write it as the user's own, over the own file of that name if there is one."""
        with self._one_at_a_time:
            preset = _well_named(preset, preset.name)
            path = self._own_path(preset.name) or self._free_path(preset.name)
            self._write(path, preset)

    def remember(self, preset: BrushPreset) -> None:
        """Keep the values a brush is used with; the brush itself stays as it is saved."""
        with self._one_at_a_time:
            folder = self._own / _LAST_USED
            path = self._path_of(preset.name, folder) or _free_in(folder, _file_stem(preset.name))
            self._write(path, preset)

    def forget(self, name: str) -> None:
        """The brush is as it is saved again."""
        with self._one_at_a_time:
            path = self._path_of(name, self._own / _LAST_USED)
            if path is not None:
                _remove(path)

    def rename(self, name: str, new_name: str) -> BrushPreset:
        """Raises UsageError for a shipped brush, a name that is taken or one that cannot be."""
        with self._one_at_a_time:
            path = self._own_path(name)
            if path is None or self._is_shipped(name):
                raise UsageError(
                    f"“{name}” comes with aipaint and keeps its name.",
                    "Duplicate it; the copy can have any name.",
                )
            preset = _well_named(self._read(path), new_name)
            if not is_same_name(name, preset.name):
                self._refuse_taken(preset.name)
            target = path if is_same_name(name, preset.name) else self._free_path(preset.name)
            self._write(target, preset)
            if target != path:
                _remove(path)
            return preset

    def duplicate(self, preset: BrushPreset) -> BrushPreset:
        """A copy under a name of its own."""
        with self._one_at_a_time:
            copy = replace(preset, name=self._free_name(f"{preset.name} copy"))
            self.save(copy)
            return copy

    def delete(self, name: str) -> None:
        """Puts the own file aside, into the folder “deleted”; a shipped brush under it comes back.
        Raises UsageError for a shipped one."""
        with self._one_at_a_time:
            path = self._own_path(name)
            if path is None:
                raise UsageError(f"“{name}” comes with aipaint and cannot be deleted.")
            folder = self._own / _DELETED
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path.rename(_free_in(folder, path.stem))
            except OSError as error:
                raise StorageError(
                    f"“{name}” could not be deleted: {error.strerror or 'the disk refused'}.",
                    "See whether the data folder can be written to.",
                ) from error

    def import_file(self, path: Path) -> BrushPreset:
        """Read a file from anywhere and keep a copy, under a name that is free."""
        with self._one_at_a_time:
            preset = self._read(path)
            preset = replace(preset, name=self._free_name(preset.name))
            self.save(preset)
            return preset

    def export(self, preset: BrushPreset, path: Path) -> Path:
        """Write a brush anywhere; the file always ends in `.toml`. Returns where it is."""
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        write_atomically(path, preset_text(preset).encode())
        return path

    def _read_folder(self, folder: Path, problems: list[str]) -> dict[Path, BrushPreset]:
        presets: dict[Path, BrushPreset] = {}
        try:
            paths = sorted(folder.glob(f"*{SUFFIX}"))
        except OSError as error:
            problems.append(f"The brushes in “{folder}” cannot be read: {error.strerror}.")
            return {}
        if len(paths) > _MOST_FILES:
            problems.append(f"Only the first {_MOST_FILES} brushes of “{folder}” are shown.")
        for path in paths[:_MOST_FILES]:
            try:
                presets[path] = self._read(path)
            except AipaintError as error:
                problems.append(error.message)
        return presets

    def _read(self, path: Path) -> BrushPreset:
        try:
            # A pipe or a device would never end.
            if not path.is_file():
                raise UnreadableFileError(f"“{path.name}” is not a file.", "Choose a brush file.")
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            reason = error.strerror or "the disk refused"
            raise UnreadableFileError(
                f"The brush file “{path.name}” cannot be read: {reason}.", "Choose another one."
            ) from error
        return read_preset(data, path.name)

    def _write(self, path: Path, preset: BrushPreset) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The folder for brushes cannot be made: {error.strerror or 'the disk refused'}.",
                "See whether the data folder can be written to.",
            ) from error
        write_atomically(path, preset_text(preset).encode())

    def _own_path(self, name: str) -> Path | None:
        return self._path_of(name, self._own)

    def _path_of(self, name: str, folder: Path) -> Path | None:
        found = self._read_folder(folder, []).items()
        return next((path for path, one in found if is_same_name(one.name, name)), None)

    def _is_shipped(self, name: str) -> bool:
        shipped = self._read_folder(self._shipped, []).values()
        return any(is_same_name(one.name, name) for one in shipped)

    def _refuse_taken(self, name: str) -> None:
        if self._own_path(name) is not None or self._is_shipped(name):
            raise UsageError(f"There is a brush “{name}” already.", "Choose another name.")

    def _free_name(self, wanted: str) -> str:
        taken = [stored.preset.name for stored in self.load().brushes]
        for number in count(1):
            ending = "" if number == 1 else f" {number}"
            name = wanted[: LONGEST_NAME - len(ending)].rstrip() + ending
            if not any(is_same_name(name, other) for other in taken):
                return name
        raise AssertionError  # the count never ends

    def _free_path(self, name: str) -> Path:
        return _free_in(self._own, _file_stem(name))


def _well_named(preset: BrushPreset, name: str) -> BrushPreset:
    problem = name_problem(name)
    if problem:
        raise UsageError(problem, "Choose another name.")
    return replace(preset, name=name.strip())


def _file_stem(name: str) -> str:
    """Only plain letters, digits and dashes: a file name that every system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"brush-{stem}".rstrip("-") if not stem or _DEVICES.match(stem) else stem


def _free_in(folder: Path, stem: str) -> Path:
    for number in count(1):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}{SUFFIX}"
        if not path.exists():
            return path
    raise AssertionError  # the count never ends


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The old file “{path.name}” could not be removed: {error.strerror or 'unknown'}.",
            "See whether the data folder can be written to.",
        ) from error
