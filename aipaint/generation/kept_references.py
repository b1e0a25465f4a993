"""Reference pictures of jobs, kept on disk and read back: without them something else would be
bought."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from aipaint.document.recipe import Recipe
from aipaint.errors import StorageError, UnreadableFileError, UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.decode import read_file
from aipaint.providers.request import InputImage, InputRole, Size

_KEPT = "references"
_ASK_ANEW = "Ask for it anew, with pictures to go by of your own."


def keep_references(options: GenerateOptions, desk: Desk) -> dict[str, object]:
    """They are on disk then; the part of a job's plan that names them. Raises StorageError."""
    kept = [
        [desk.history.keep_input(image.png, "png"), image.size.width, image.size.height]
        for image in options.references
    ]
    return {_KEPT: kept} if kept else {}


def kept_references(plan: Mapping[str, Any], desk: Desk) -> tuple[InputImage, ...]:
    """Those of a job's plan. Raises StorageError where one is gone."""
    return _read(plan.get(_KEPT) or (), desk)


def references_of(recipe: Recipe, desk: Desk) -> tuple[InputImage, ...]:
    """Those that a layer's job was sent with. On a worker: they are read from the disk.

    Raises UsageError and StorageError where some are gone: on another computer, or deleted.
    """
    sent = _sent_with(recipe.job_id, desk)
    wanted = _count_of(recipe)
    if wanted > len(sent):
        raise UsageError(f"{_of(wanted)} this layer was made with {_is_gone(wanted)}.", _ASK_ANEW)
    return _read(sent, desk)


def _sent_with(job_id: str, desk: Desk) -> list[Any]:
    """Of its plan, which names each once; else of the rows of what was sent."""
    record = desk.history.job(job_id) if job_id else None
    if record is None:
        return []
    kept = (record.plan or {}).get(_KEPT)
    if isinstance(kept, list):
        return kept
    rows = desk.history.images(record.id, InputRole.REFERENCE.value)
    return [[row.path, row.width, row.height] for row in rows]


def _count_of(recipe: Recipe) -> int:
    """How many there were; 0 where an older recipe does not say."""
    try:
        return int(json.loads(recipe.asked).get(_KEPT) or 0)
    except (ValueError, TypeError, AttributeError):
        return 0


def _read(kept: Iterable[Any], desk: Desk) -> tuple[InputImage, ...]:
    found = []
    for path, width, height in kept:
        try:
            png = read_file(desk.history.kept_input(str(path)))
        except UnreadableFileError as error:
            gone = "A reference picture that this was made with is gone."
            raise StorageError(gone, _ASK_ANEW) from error
        found.append(InputImage(InputRole.REFERENCE, png, Size(int(width), int(height))))
    return tuple(found)


def _of(count: int) -> str:
    return "The reference picture" if count == 1 else f"The {count} reference pictures"


def _is_gone(count: int) -> str:
    return "is gone" if count == 1 else "are gone"
