"""Saving a document as OpenRaster, which Krita, GIMP and MyPaint open as well."""

import json
import re
import zipfile
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from aipaint.atomic_file import write_atomically_by
from aipaint.document.layer import Layer
from aipaint.document.merge import masked_tiles
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.decode import MAX_PIXELS
from aipaint.pixels.encode import encode_coverage
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import TileShelf
from aipaint.projects import ora_names
from aipaint.projects.ora_members import ThumbnailOfBands, store_member, store_png
from aipaint.projects.ora_pieces import piece_rects
from aipaint.projects.ora_recipe import recipe_entry

_THUMBNAIL_SIDE = 256
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def save_ora(picture: Picture, path: Path) -> None:
    """Write `picture` to `path`, all or nothing. Any thread, on a snapshot.

    Offsets in the file count from the frame, which is the image other programs show; what
    OpenRaster has no words for (masks, clipping, the frame's place) lies beside. Raises
    StorageError.
    """
    write_atomically_by(path, lambda file: _write(file, picture))


def _write(file: IO[bytes], picture: Picture) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        store_member(archive, "mimetype", ora_names.MIMETYPE.encode())
        _write_stack(archive, picture)
        _write_previews(archive, picture)
        _write_document(archive, picture)


def _write_stack(archive: zipfile.ZipFile, picture: Picture) -> None:
    frame = picture.frame
    size = {"w": str(frame.width), "h": str(frame.height)}
    image = ElementTree.Element("image", {"version": "0.0.3", **size})
    stacks = {"": ElementTree.SubElement(image, "stack")}
    for number in reversed(range(len(picture.layers))):  # the file begins with the top
        layer = picture.layers[number]
        attributes = _attributes(layer)
        if layer.id == picture.active_layer_id:
            attributes["selected"] = "true"
        stack = stacks[layer.group_id]
        if layer.is_group:
            attributes["isolation"] = "auto" if layer.style.is_pass_through else "isolate"
            stacks[layer.id] = ElementTree.SubElement(stack, "stack", attributes)
            continue
        tiles = masked_tiles(layer, TileShelf().put) if _is_masked(layer) else layer.tiles
        pieces = list(piece_rects(tiles)) or [Rect(frame.x, frame.y, 1, 1)]
        if len(pieces) > 1:
            joined = {**attributes, ora_names.JOINED: "1"}
            stack, attributes = ElementTree.SubElement(stack, "stack", joined), {}
        for index, piece in enumerate(pieces):
            source = f"data/layer{number:03}-{index}.png"
            place = {"src": source, "x": str(piece.x - frame.x), "y": str(piece.y - frame.y)}
            ElementTree.SubElement(stack, "layer", {**attributes, **place})
            store_png(archive, source, piece, tiles.read)
    text = ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True)
    store_member(archive, ora_names.STACK, text)


def _is_masked(layer: Layer) -> bool:
    """Other programs are shown what shows; the rest lies beside it."""
    return not layer.is_group and layer.mask is not None and layer.mask.is_enabled


def _attributes(layer: Layer) -> dict[str, str]:
    style = layer.style
    attributes = {
        "name": _NOT_IN_XML.sub("\ufffd", style.name),
        "opacity": repr(float(style.opacity)),
        "visibility": "visible" if style.is_visible else "hidden",
        "composite-op": style.blend_mode.value,
    }
    if style.is_locked:
        attributes["edit-locked"] = "true"
    return attributes


def _write_previews(archive: zipfile.ZipFile, picture: Picture) -> None:
    """The flattened image and its thumbnail, unless the frame is too large for any picture file."""
    frame = picture.frame
    if frame.is_empty or frame.area > MAX_PIXELS:
        return
    thumbnail = ThumbnailOfBands(frame, _THUMBNAIL_SIDE)

    def shown(band: Rect) -> Pixels:
        pixels = render(picture, band)
        thumbnail.add(pixels)
        return pixels

    store_png(archive, ora_names.MERGED, frame, shown)
    small = thumbnail.pixels
    whole = Rect(0, 0, small.shape[1], small.shape[0])
    store_png(archive, ora_names.THUMBNAIL, whole, lambda _: small)


def _write_document(archive: zipfile.ZipFile, picture: Picture) -> None:
    kept = [
        {"name": name, "pieces": _write_area(archive, area, ora_names.KEPT.format(number))}
        for number, (name, area) in enumerate(picture.kept.items())
    ]
    selection = picture.selection
    frame = picture.frame
    document = {
        "version": 1,
        "frame": [frame.x, frame.y, frame.width, frame.height],
        "masks": _write_area(archive, picture.mask, ora_names.MASK),
        "selection": None
        if selection is None
        else _write_area(archive, selection, ora_names.SELECTION),
        "kept": kept,
        "active_layer": picture.index_of(picture.active_layer_id),
        "is_mask_active": picture.is_mask_active,
        "layers": [
            _write_extras(archive, layer, number) for number, layer in enumerate(picture.layers)
        ],
    }
    store_member(archive, ora_names.DOCUMENT, json.dumps(document, indent=1).encode())


def _write_extras(archive: zipfile.ZipFile, layer: Layer, number: int) -> dict[str, object] | None:
    """What `LayerExtras` reads; None for a layer that OpenRaster has all the words for."""
    extras: dict[str, object] = {}
    if layer.style.is_clipped:
        extras["clipped"] = True
    if layer.style.is_alpha_locked:
        extras["alpha_locked"] = True
    if layer.style.is_pass_through:
        extras["pass_through"] = True  # "auto" is closed where it is not fully opaque
    if layer.mask is not None:
        tiles = layer.mask.tiles
        area = tiles.left_out() if isinstance(tiles, OpenArea) else tiles
        extras["mask"] = {
            "pieces": _write_area(archive, area, ora_names.LAYER_MASK.format(number)),
            "open": isinstance(tiles, OpenArea),
            "enabled": layer.mask.is_enabled,
        }
    if _is_masked(layer):
        names = ora_names.LAYER_PIXELS.format(number)
        extras["pixels"] = _write_area(archive, layer.tiles, names)
    if layer.recipe is not None:
        mask = layer.recipe.mask
        names = ora_names.LAYER_RECIPE.format(number)
        pieces = None if mask is None else _write_area(archive, mask, names)
        extras["recipe"] = recipe_entry(layer.recipe, pieces)
    return extras or None


def _write_area(archive: zipfile.ZipFile, tiles: TileMap, names: str) -> list[dict[str, object]]:
    """Where its pieces are and which place they have on the canvas."""
    pieces: list[dict[str, object]] = []
    for index, piece in enumerate(piece_rects(tiles)):
        source = names.format("" if index == 0 else f"-{index + 1}")
        if tiles.format is TileFormat.COLOR:
            store_png(archive, source, piece, tiles.read)
        else:
            store_member(archive, source, encode_coverage(tiles.read(piece)))
        pieces.append({"src": source, "x": piece.x, "y": piece.y})
    return pieces
