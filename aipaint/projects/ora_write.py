"""Saving a document as OpenRaster, which Krita, GIMP and MyPaint open as well."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from aipaint.atomic_file import write_atomically
from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.alpha import straight
from aipaint.pixels.decode import MAX_PIXELS, MAX_SIDE
from aipaint.pixels.encode import encode_coverage, encode_image, shrink_to_fit
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.projects import ora_names

_THUMBNAIL_SIDE = 256
_PIECE_SIDE = 4096
_LARGEST_PIECE_PIXELS = 64_000_000
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same document gives the same bytes


def save_ora(picture: Picture, path: Path) -> None:
    """Write `picture` to `path`, all or nothing. Any thread, on a snapshot.

    Offsets in the file count from the frame, which is the image other programs show; the mask and
    the frame's place on the canvas lie beside it. Raises StorageError.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        _store(archive, "mimetype", ora_names.MIMETYPE.encode())
        _write_stack(archive, picture)
        _write_previews(archive, picture)
        _write_document(archive, picture)
    write_atomically(path, content.getvalue())


def _write_stack(archive: zipfile.ZipFile, picture: Picture) -> None:
    frame = picture.frame
    size = {"w": str(frame.width), "h": str(frame.height)}
    image = ElementTree.Element("image", {"version": "0.0.3", **size})
    stack = ElementTree.SubElement(image, "stack")
    for number in reversed(range(len(picture.layers))):  # the file begins with the top
        layer = picture.layers[number]
        attributes = _attributes(layer)
        if layer.id == picture.active_layer_id:
            attributes["selected"] = "true"
        pieces = list(_pieces(layer.tiles)) or [Rect(frame.x, frame.y, 1, 1)]
        parent = stack
        if len(pieces) > 1:
            joined = {**attributes, ora_names.JOINED: "1"}
            parent, attributes = ElementTree.SubElement(stack, "stack", joined), {}
        for index, piece in enumerate(pieces):
            source = f"data/layer{number:03}-{index}.png"
            place = {"src": source, "x": str(piece.x - frame.x), "y": str(piece.y - frame.y)}
            ElementTree.SubElement(parent, "layer", {**attributes, **place})
            _store(archive, source, _png(layer.tiles.read(piece)))
    text = ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True)
    _store(archive, ora_names.STACK, text)


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


def _pieces(tiles: TileMap) -> Iterator[Rect]:
    """The content as one rectangle, or as several where one would be mostly nothing and huge."""
    bounds = tiles.bounds()
    if bounds.is_empty:
        return
    if bounds.area <= _LARGEST_PIECE_PIXELS and max(bounds.width, bounds.height) <= MAX_SIDE:
        yield bounds
        return
    squares: dict[tuple[int, int], TileMap] = {}
    tiles_per_piece = _PIECE_SIDE // 256
    for key in tiles:
        square = (key[0] // tiles_per_piece, key[1] // tiles_per_piece)
        squares.setdefault(square, TileMap(tiles.format)).swap({key: tiles.get(key)})
    for square in sorted(squares):
        yield squares[square].bounds()


def _write_previews(archive: zipfile.ZipFile, picture: Picture) -> None:
    """The flattened image and its thumbnail, unless the frame is too large for any picture file."""
    frame = picture.frame
    if frame.is_empty or frame.area > MAX_PIXELS:
        return
    merged = render(picture, frame)
    _store(archive, ora_names.MERGED, _png(merged))
    _store(archive, ora_names.THUMBNAIL, _png(shrink_to_fit(merged, _THUMBNAIL_SIDE)))


def _write_document(archive: zipfile.ZipFile, picture: Picture) -> None:
    masks: list[dict[str, object]] = []
    for index, piece in enumerate(_pieces(picture.mask)):
        source = ora_names.MASK.format("" if index == 0 else f"-{index + 1}")
        _store(archive, source, encode_coverage(picture.mask.read(piece)))
        masks.append({"src": source, "x": piece.x, "y": piece.y})
    frame = picture.frame
    document = {
        "version": 1,
        "frame": [frame.x, frame.y, frame.width, frame.height],
        "masks": masks,
        "active_layer": picture.index_of(picture.active_layer_id),
    }
    _store(archive, ora_names.DOCUMENT, json.dumps(document, indent=1).encode())


def _png(bgra: Pixels) -> bytes:
    return encode_image(straight(bgra), ".png")


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    is_text = name.endswith((".xml", ".json"))
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    archive.writestr(entry, data)
