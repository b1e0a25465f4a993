"""Opening OpenRaster files: ours exactly, those of Krita, GIMP and MyPaint as well as possible."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.picture import Picture
from aipaint.document.recipe import Recipe
from aipaint.errors import UnreadableFileError
from aipaint.pixels.decode import (
    MAX_FILE_BYTES,
    MAX_SIDE,
    DecodedBands,
    read_coverage,
)
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import Keep, TileShelf
from aipaint.projects import ora_names
from aipaint.projects.opened import Opened
from aipaint.projects.ora_archive import OraArchive
from aipaint.projects.ora_pieces import (
    LayerExtras,
    MaskPieces,
    Pieces,
    parse_extras,
    parse_pieces,
    whole,
)
from aipaint.projects.ora_recipe import StoredRecipe, parse_recipe
from aipaint.projects.ora_stack import Stack, StackLayer, parse_stack
from aipaint.projects.tiles_of_file import tiles_of_file

_MOST_TEXT_BYTES = 16 * 1024**2
_MOST_LAYERS = 2_000
_MOST_PIXELS_IN_ALL = 4_000_000_000  # cold ones are on disk; these take minutes already
_MOST_KEPT = 500
_LONGEST_NAME = 200


@dataclass(frozen=True)
class _Beside:
    """What `aipaint/document.json` says; empty for files of other programs."""

    frame: Rect = EMPTY_RECT
    masks: Pieces = ()
    active_layer: int = -1
    selection: Pieces = ()
    kept: tuple[tuple[str, Pieces], ...] = ()
    layers: tuple[LayerExtras, ...] = ()
    is_mask_active: bool = False
    recipes: tuple[StoredRecipe | None, ...] = ()

    def recipe(self, index: int) -> StoredRecipe | None:
        """How the layer with that number was made."""
        return self.recipes[index] if index < len(self.recipes) else None

    def extras(self, index: int) -> LayerExtras:
        """Of the layer with that number from the bottom."""
        return self.layers[index] if index < len(self.layers) else LayerExtras()


def read_ora(path: Path, keep: Keep | None = None) -> Opened:
    """The document at `path`. What could not be taken over is said in the notes. `keep` finds
    room in memory for its tiles.

    Any thread. Raises UnreadableFileError, StorageError.
    """
    with OraArchive(path) as archive:
        _check_mimetype(archive)
        stack = parse_stack(archive.read(ora_names.STACK, _MOST_TEXT_BYTES), archive.name)
        if len(stack.layers) > _MOST_LAYERS:
            raise UnreadableFileError(
                f"{archive.name} has more than {_MOST_LAYERS} layers.", "Merge some of them first."
            )
        beside, notes = _read_beside(archive)
        reader = _LayerReader(archive, beside.frame, keep or TileShelf().put)
        layers = [
            reader.read(entry, beside.extras(index)) for index, entry in enumerate(stack.layers)
        ]
        for index, layer in enumerate(layers):
            recipe = beside.recipe(index)
            if layer is not None and recipe is not None:
                layer.recipe = reader.read_recipe(recipe, layer.name)
        mask = reader.read_area("mask", beside.masks)
        selection = reader.read_area("selection", beside.selection)
        kept = {name: reader.read_area(f"area {name!r}", pieces) for name, pieces in beside.kept}
    picture = _picture(stack, beside, layers, mask)
    if picture is None:
        raise UnreadableFileError(
            f"No layer of {path.name} can be read.", "Open another copy of it."
        )
    picture.selection = selection if len(selection) else None
    picture.kept = kept
    return Opened(picture, (*stack.notes, *notes, *dict.fromkeys(reader.notes)))


def _picture(
    stack: Stack, beside: _Beside, layers: list[Layer | None], mask: TileMap
) -> Picture | None:
    """None if there were layers and none of them could be read."""
    _put_in_groups(stack, layers)
    readable = [layer for layer in layers if layer is not None]
    if None in layers and all(layer.is_group for layer in readable):
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
    picture.is_mask_active = beside.is_mask_active and picture.active_layer.mask is not None
    return picture


def _put_in_groups(stack: Stack, layers: list[Layer | None]) -> None:
    """From the top down, so that a group is met before what lies in it."""
    around: list[str] = []
    for entry, layer in zip(reversed(stack.layers), reversed(layers), strict=True):
        del around[entry.level :]
        if layer is not None:
            layer.group_id = around[-1] if around else ""
            if layer.is_group:
                around.append(layer.id)


def _is_usable(frame: Rect) -> bool:
    is_small_enough = max(frame.width, frame.height) <= MAX_SIDE
    return not frame.is_empty and is_small_enough


class _LayerReader:
    def __init__(self, archive: OraArchive, origin: Rect, keep: Keep) -> None:
        self._keep = keep
        self.notes: list[str] = []
        self._archive = archive
        self._origin = origin
        self._pixels_left = _MOST_PIXELS_IN_ALL

    def read(self, entry: StackLayer, extras: LayerExtras) -> Layer | None:
        """The layer, or None with a note: the others are worth having without it."""
        style = replace(
            entry.style,
            is_clipped=extras.is_clipped,
            is_alpha_locked=extras.is_alpha_locked,
            is_pass_through=entry.style.is_pass_through
            or (entry.is_group and extras.is_pass_through),
        )
        if entry.is_group:
            return Layer(style, mask=self._mask(style.name, extras.mask), is_group=True)
        origin = self._origin
        pieces: Pieces = tuple(
            (piece.source, piece.x + origin.x, piece.y + origin.y) for piece in entry.pieces
        )
        mask = extras.mask
        try:
            tiles = self._under_mask(style.name, extras.pixels)
            if extras.pixels is not None and tiles is None:
                mask = None  # it has been applied to what is read instead
            tiles = tiles if tiles is not None else self._tiles(pieces)
        except UnreadableFileError as error:
            if self._pixels_left < 0:
                raise
            self.notes.append(f"The layer {style.name!r} was left out: {error.message}")
            return None
        return Layer(style, tiles, mask=self._mask(style.name, mask))

    def _under_mask(self, name: str, pixels: Pieces | None) -> TileMap | None:
        """None where there is nothing of the kind, or it cannot be read."""
        try:
            return self._tiles(pixels) if pixels is not None else None
        except UnreadableFileError as error:
            if self._pixels_left < 0:
                raise
            self.notes.append(f"What the mask of {name!r} hides was left out: {error.message}")
            return None

    def _tiles(self, pieces: Pieces) -> TileMap:
        tiles = TileMap(TileFormat.COLOR)
        for source, x, y in pieces:
            decoded = DecodedBands(self._archive.read(source, MAX_FILE_BYTES), source)
            self._count(decoded.width * decoded.height)
            tiles_of_file(decoded, x, y, self._keep, tiles)
            self.notes.extend(decoded.notes)
        return tiles

    def _mask(self, name: str, mask: MaskPieces | None) -> LayerMask | None:
        if mask is None:
            return None
        area = self.read_area(f"mask of the layer {name!r}", mask.pieces)
        return LayerMask(OpenArea.without(area) if mask.is_open else area, mask.is_enabled)

    def read_recipe(self, stored: StoredRecipe, name: str) -> Recipe | None:
        """None where its mask is lost: it would ask for something else without it."""
        if stored.mask is None:
            return stored.recipe
        mask = self.read_area(f"mask that {name!r} was made with", stored.mask)
        return stored.with_mask(mask) if len(mask) else None

    def read_area(self, what: str, pieces: Pieces) -> TileMap:
        """As much of it as can be read, with a note where that is not all."""
        area = TileMap(TileFormat.COVERAGE)
        try:
            for source, x, y in pieces:
                coverage = read_coverage(self._archive.read(source, MAX_FILE_BYTES), source)
                self._count(coverage.size)
                place = Rect(x, y, coverage.shape[1], coverage.shape[0])
                edits = area.with_pixels(place, coverage)
                area.swap(edits)
                for tile in edits.values():
                    if tile is not None:
                        self._keep(tile)
        except UnreadableFileError as error:
            if self._pixels_left < 0:
                raise
            self.notes.append(f"The {what} was left out: {error.message}")
        return area

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
        frame = Rect(*(whole(number) for number in document["frame"]))
        # Files of the first version know one mask and nothing else.
        kept = tuple(
            (str(area["name"])[:_LONGEST_NAME], parse_pieces(area["pieces"]))
            for area in document.get("kept", ())[:_MOST_KEPT]
        )
        beside = _Beside(
            frame,
            parse_pieces(document["masks"]),
            whole(document["active_layer"]),
            parse_pieces(document.get("selection") or ()),
            kept,
            tuple(parse_extras(layer) for layer in document.get("layers", ())[:_MOST_LAYERS]),
            document.get("is_mask_active") is True,
            tuple(
                parse_recipe(layer.get("recipe")) if isinstance(layer, dict) else None
                for layer in document.get("layers", ())[:_MOST_LAYERS]
            ),
        )
        return beside, ()
    except (ValueError, TypeError, LookupError, RecursionError, UnreadableFileError):
        return _Beside(), ("Its frame and masks could not be read and were left out.",)
