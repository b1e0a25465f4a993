"""Where results are written: decided and checked before anything is bought."""

import os
from dataclasses import dataclass
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.errors import UsageError
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.decode import read_image
from aipaint.pixels.encode import encode_image
from aipaint.providers.request import Operation

_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_WITHOUT_ALPHA = (".jpg", ".jpeg")


@dataclass(frozen=True)
class ResultFiles:
    """`first` is where the first result goes; the second goes to NAME-2 and so on."""

    first: Path

    @staticmethod
    def planned(
        output: str | None, picture: Path | None, options: GenerateOptions
    ) -> "ResultFiles":
        """Raises UsageError if nothing could be written there."""
        if output is not None:
            path = Path(output)
        else:
            stem = picture.stem if picture is not None else "aipaint"
            folder = picture.parent if picture is not None else Path()
            path = _unused(folder / f"{stem}-{options.operation.value}.png", options.count)
        if path.suffix.lower() not in _SUFFIXES:
            raise UsageError(
                f"{path} does not end in a kind of picture we write.",
                f"Use one of {', '.join(_SUFFIXES)}.",
            )
        if options.operation is Operation.CUTOUT and path.suffix.lower() in _WITHOUT_ALPHA:
            raise UsageError(
                f"{path} could not hold what is cut out: JPEG has no transparency.", "Use .png."
            )
        if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
            raise UsageError(f"{path} cannot be written.", "Choose a folder that is there.")
        return ResultFiles(path)

    def write(self, number: int, composite: Path) -> Path:
        """Write a stored composite (PNG) as the result with that number, counted from 1."""
        path = _numbered(self.first, number)
        if path.suffix.lower() == ".png":
            write_atomically(path, composite.read_bytes())
        else:
            write_atomically(path, encode_image(read_image(composite).rgba, path.suffix.lower()))
        return path


def _numbered(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def _unused(path: Path, count: int) -> Path:
    """A name nobody has yet: what we choose ourselves never overwrites."""
    candidate, number = path, 2
    while any(_numbered(candidate, step).exists() for step in range(1, max(count, 1) + 1)):
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate
