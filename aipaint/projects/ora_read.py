"""Opening OpenRaster files: ours exactly, those of Krita, GIMP and MyPaint as well as possible."""

import json
from dataclasses import dataclass
from pathlib import Path

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.errors import UnreadableFileError
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import (
    MAX_FILE_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    decode_image,
    read_coverage,
)
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.projects import ora_names
from aipaint.projects.opened import Opened
from aipaint.projects.ora_archive import OraArchive
from aipaint.projects.ora_stack import Stack, StackLayer, parse_stack

_MOST_TEXT_BYTES = 16 * 1024**2
_MOST_LAYERS = 2_000
_MOST_PIXELS_IN_ALL = 1_000_000_000
_FARTHEST = 10_000_000


@dataclass(frozen=True)
class _Beside:
    """What `aipaint/document.json` says; empty for files of other programs."""

    frame: Rect = EMPTY_RECT
    masks: tuple[tuple[str, int, int], ...] = ()
    active_layer: int = -1


def read_ora(path: Path) -> Opened:
    """The document at `path`. What could not be taken over is said in the notes.

    Any thread. Raises UnreadableFileError.
    """
    with OraArchive(path) as archive:
        _check_mimetype(archive)
        stack = parse_stack(archive.read(ora_names.STACK, _MOST_TEXT_BYTES), archive.name)
        if len(stack.layers) > _MOST_LAYERS:
            raise UnreadableFileError(
                f"{archive.name} has more than {_MOST_LAYERS} layers.", "Merge some of them first."
            )
        beside, notes = _read_beside(archive)
        reader = _LayerReader(archive, beside.frame)
        layers = [reader.read(entry) for entry in stack.layers]
        mask = reader.read_mask(beside)
    picture = _picture(stack, beside, layers, mask)
    if picture is None:
        raise UnreadableFileError(
            f"No layer of {path.name} can be read.", "Open another copy of it."
        )
    return Opened(picture, (*stack.notes, *notes, *dict.fromkeys(reader.notes)))


def _picture(
    stack: Stack, beside: _Beside, layers: list[Layer | None], mask: TileMap
) -> Picture | None:
    """None if there were layers and none of them could be read."""
    readable = [layer for layer in layers if layer is not None]
    if layers and not readable:
        return None
    bounds = EMPTY_RECT
    for layer in readable:
        bounds = bounds.united(layer.tiles.bounds())
    frames = (beside.frame, Rect(0, 0, stack.width, stack.height), bounds, Rect(0, 0, 1, 1))
    picture = Picture(readable, next(frame for frame in frames if _is_usable(frame)), mask)
    selected = [index for index, entry in enumerate(stack.layers) if entry.is_selected]
    for index in (beside.active_layer, *selected):
        active = layers[index] if 0 <= index < len(layers) else None
        if active is not None:
            picture.active_layer_id = active.id
            break
    return picture


def _is_usable(frame: Rect) -> bool:
    is_small_enough = max(frame.width, frame.height) <= MAX_SIDE and frame.area <= MAX_PIXELS
    return not frame.is_empty and is_small_enough


class _LayerReader:
    def __init__(self, archive: OraArchive, origin: Rect) -> None:
        self.notes: list[str] = []
        self._archive = archive
        self._origin = origin
        self._pixels_left = _MOST_PIXELS_IN_ALL

    def read(self, entry: StackLayer) -> Layer | None:
        """The layer, or None with a note: the others are worth having without it."""
        tiles = TileMap(TileFormat.COLOR)
        try:
            for piece in entry.pieces:
                data = self._archive.read(piece.source, MAX_FILE_BYTES)
                decoded = decode_image(data, piece.source)
                self.notes.extend(decoded.notes)
                pixels = premultiplied(decoded.rgba)
                self._count(pixels.shape[0] * pixels.shape[1])
                x, y = piece.x + self._origin.x, piece.y + self._origin.y
                place = Rect(x, y, pixels.shape[1], pixels.shape[0])
                tiles.swap(tiles.with_pixels(place, pixels))
        except UnreadableFileError as error:
            if self._pixels_left < 0:
                raise
            self.notes.append(f"The layer {entry.style.name!r} was left out: {error.message}")
            return None
        return Layer(entry.style, tiles)

    def read_mask(self, beside: _Beside) -> TileMap:
        mask = TileMap(TileFormat.COVERAGE)
        try:
            for source, x, y in beside.masks:
                coverage = read_coverage(self._archive.read(source, MAX_FILE_BYTES), source)
                place = Rect(x, y, coverage.shape[1], coverage.shape[0])
                mask.swap(mask.with_pixels(place, coverage))
        except UnreadableFileError as error:
            self.notes.append(f"The mask was left out: {error.message}")
        return mask

    def _count(self, pixels: int) -> None:
        self._pixels_left -= pixels
        if self._pixels_left < 0:
            raise UnreadableFileError(
                f"The layers of {self._archive.name} are too large together.",
                f"At most {_MOST_PIXELS_IN_ALL // 10**6} megapixels can be opened.",
            )


def _check_mimetype(archive: OraArchive) -> None:
    if "mimetype" in archive:
        kind = archive.read("mimetype", 1000).strip()
        if kind != ora_names.MIMETYPE.encode():
            raise UnreadableFileError(
                f"{archive.name} is not an OpenRaster document.",
                "Save it as OpenRaster (.ora) or PNG in the program it comes from.",
            )


def _read_beside(archive: OraArchive) -> tuple[_Beside, tuple[str, ...]]:
    if ora_names.DOCUMENT not in archive:
        return _Beside(), ()
    try:
        document = json.loads(archive.read(ora_names.DOCUMENT, _MOST_TEXT_BYTES))
        frame = Rect(*(_whole(number) for number in document["frame"]))
        masks = tuple(
            (str(mask["src"]), _whole(mask["x"]), _whole(mask["y"])) for mask in document["masks"]
        )
        return _Beside(frame, masks, _whole(document["active_layer"])), ()
    except (ValueError, TypeError, LookupError, RecursionError, UnreadableFileError):
        return _Beside(), ("Its frame and mask could not be read and were left out.",)


def _whole(number: object) -> int:
    if not isinstance(number, int) or abs(number) > _FARTHEST:
        raise ValueError("no reasonable whole number")
    return number
