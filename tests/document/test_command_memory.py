"""Every command can be packed and spilled: no tile it holds is out of the keeper's reach, and undo
and redo lead through the same bytes. A new command has to be added to the examples."""

import gc
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from inspect import isabstract

import numpy as np
import pytest

import aipaint.document
from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.keep_area import KeepArea
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import (
    AddLayer,
    AddLayers,
    MoveLayer,
    MoveLayers,
    RemoveLayer,
    StyleLayer,
)
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.merge import ReplaceLayers, flatten
from aipaint.document.picture import Picture
from aipaint.document.picture_shape import Turn, turned
from aipaint.document.place_tiles import Placed, PlaceTiles
from aipaint.document.set_frame import SetFrame
from aipaint.document.set_selection import SetSelection
from aipaint.document.set_text import Lettering, SetText
from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
from aipaint.document.together import Together
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Progress

_FRAME = Rect(0, 0, 400, 300)
_VIEW = Rect(-600, -600, 1600, 1600)
_NOTHING = MemoryBudget(0, 0, 0, 0)
_SMALL = 3000  # what a tile of one value takes packed; not worth a block of the file


def _color(seed: int, rect: Rect = _FRAME) -> TileMap:
    pixels = np.random.default_rng(seed).integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    pixels[..., 3] = 255
    return TileMap.from_pixels(pixels, rect.x, rect.y)


def _area(seed: int) -> TileMap:
    return TileMap.from_pixels(np.random.default_rng(seed).integers(0, 256, (300, 400), np.uint8))


def _picture() -> Picture:
    """Everything that holds tiles, twice where commands tell between two."""
    layers = [
        Layer(LayerStyle("low"), _color(1), "low", LayerMask(_area(2))),
        Layer(LayerStyle("in"), _color(3), "in", LayerMask(OpenArea.without(_area(4))), False, "g"),
        Layer(LayerStyle("group"), id="g", is_group=True),
    ]
    picture = Picture(layers, _FRAME, _area(5), "low")
    picture.selection = _area(6)
    picture.kept = {"kept": _area(7)}
    return picture


def _edits(tiles: TileMap) -> dict[tuple[int, int], Tile | None]:
    """One tile differs, one comes, one goes."""
    new = _color(8, Rect(0, 0, 256, 256))
    return {(0, 0): new.get((0, 0)), (-1, -1): new.get((0, 0)), next(reversed(list(tiles))): None}


def _edit(picture: Picture) -> Command:
    return EditTiles.replacing("Edit", picture, "low", _edits(picture.layer("low").tiles))


def _text(picture: Picture) -> Command:
    tiles = picture.layer("low").tiles
    edits = _edits(tiles)
    return SetText(Lettering(), "low", {key: tiles.get(key) for key in edits}, edits)


def _place(picture: Picture) -> Command:
    low, mask = picture.layer("low"), picture.mask
    edits = {"low": _edits(low.tiles), MASK: {(0, 1): None, (3, 3): mask.get((0, 1))}}
    return PlaceTiles.replacing("Move", picture, Placed(edits, _area(9)))


def _turn(picture: Picture) -> Command:
    command = turned(picture, Turn.LEFT, Progress())
    assert command is not None
    return command


_EXAMPLES: dict[type[Command], Callable[[Picture], Command]] = {
    EditTiles: _edit,
    SetText: _text,
    PlaceTiles: _place,
    SetSelection: lambda picture: SetSelection("Select", _area(10)),
    KeepArea: lambda picture: KeepArea("Keep", "kept", _area(11)),
    SetLayerMask: lambda picture: SetLayerMask("Mask", "low", LayerMask(_area(12))),
    AddLayer: lambda picture: AddLayer(Layer(tiles=_color(13), mask=LayerMask(_area(14)))),
    AddLayers: lambda picture: AddLayers([Layer(tiles=_color(15))], 0, "", "Add"),
    RemoveLayer: lambda picture: RemoveLayer("g"),
    MoveLayers: lambda picture: MoveLayers(["in"], 0),
    MoveLayer: lambda picture: MoveLayer("low", 0, "g"),
    GroupLayers: lambda picture: GroupLayers(Layer(is_group=True), ["low"]),
    Ungroup: lambda picture: Ungroup("g"),
    ReplaceLayers: lambda picture: ReplaceLayers(flatten(picture)),
    StyleLayer: lambda picture: StyleLayer("low", LayerStyle("new", 0.5), "Style"),
    SetFrame: lambda picture: SetFrame(Rect(1, 2, 3, 4)),
    Together: _turn,
}


def _kinds(kind: type[Command]) -> Iterator[type[Command]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _all_kinds() -> set[type[Command]]:
    for module in pkgutil.iter_modules(aipaint.document.__path__):
        importlib.import_module(f"aipaint.document.{module.name}")
    return {
        kind
        for kind in _kinds(Command)  # type: ignore[type-abstract]
        if kind.__module__.startswith("aipaint.")
        and not isabstract(kind)
        and not kind.__name__.startswith("_")
    }


def _reachable(root: object) -> set[Tile]:
    """Every tile that an object keeps alive, however deep."""
    seen: dict[int, object] = {}
    found: set[Tile] = set()
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type) or callable(one):
            continue
        seen[id(one)] = one
        if isinstance(one, Tile):
            found.add(one)
        else:
            waiting += gc.get_referents(one)
    return found


def _look(picture: Picture) -> tuple[object, ...]:
    masks = [layer.mask.tiles if layer.mask is not None else None for layer in picture.layers]
    areas = (picture.mask, picture.selection, *picture.kept.values(), *masks)
    return (
        [
            (one.id, one.style, one.group_id, one.tiles.read(_VIEW).tobytes())
            for one in picture.layers
        ],
        [None if area is None else area.read(_VIEW).tobytes() for area in areas],
        picture.frame,
    )


def test_every_command_is_an_example_here() -> None:
    assert _all_kinds() == set(_EXAMPLES)


@pytest.mark.parametrize("kind", _EXAMPLES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("is_undone", [False, True])
def test_a_packed_command_leads_through_the_same_bytes(
    kind: type[Command], is_undone: bool
) -> None:
    document = Document(_picture())
    keeper = TileKeeper(_NOTHING, SpillFile())
    before = _look(document.picture)
    command = _EXAMPLES[kind](document.picture)
    assert isinstance(command, kind)
    document.do(command)
    after = _look(document.picture)
    assert before != after
    raw_bytes = command.byte_size
    if is_undone:
        document.undo()
    for _ in range(2):
        keeper.look(document.picture, document.undo_stack)
        keeper.wait()
    out_of_reach = _reachable(command) - set(command.tiles()) - _reachable(document.picture)
    assert {tile for tile in out_of_reach if not (tile.pixels == 255).all()} == set()
    assert all(tile.is_packed for tile in command.tiles())
    held = len(_reachable(command)) + 1
    assert command.byte_size <= min(raw_bytes, held * _SMALL)
    assert (command.disk_byte_size > 0) == (raw_bytes > 0)
    steps = [after, before] if is_undone else [before, after]
    for expected in (*steps, *steps):
        if _look(document.picture) != expected:
            (document.redo if expected is after else document.undo)()
        keeper.look(document.picture, document.undo_stack)
        keeper.wait()
        assert _look(document.picture) == expected
    keeper.close()


def test_a_command_that_hides_a_tile_would_be_found() -> None:
    command = _Hiding(_color(1))
    assert _reachable(command) - set(command.tiles())


class _Hiding(Command):
    label = "Hide"

    def __init__(self, tiles: TileMap) -> None:
        self._kept = [tiles]

    def apply(self, picture: Picture) -> Change:
        del picture
        return Change(Part(0))

    revert = apply
