"""The keeper: within the budget nothing of the picture or its history is lost."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import AddLayer
from aipaint.document.merge import composed
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render
from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
from aipaint.document.undo_stack import UndoStack
from aipaint.errors import AipaintError
from aipaint.pixels.rect import Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileMap
from tests.conftest import ExpectedLogs

_TILE = 256 * 256 * 4
_FRAME = Rect(0, 0, 1536, 1536)
_SMALL = MemoryBudget(
    tile_bytes=6 * _TILE, packed_bytes=2 * _TILE, undo_raw_bytes=_TILE, undo_bytes=2 * _TILE
)


def _noise(rect: Rect, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (rect.height, rect.width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    return pixels


def _painting() -> Picture:
    return Picture([Layer(tiles=TileMap.from_pixels(_noise(_FRAME, 1)))], _FRAME)


def _edit(document: Document, number: int) -> None:
    picture = document.picture
    rect = Rect(number * 90 % 1300, number * 170 % 1300, 200, 150)
    layer_id = picture.active_layer_id
    edits = picture.layer(layer_id).tiles.with_pixels(rect, _noise(rect, number))
    document.do(EditTiles.replacing("Paint", picture, layer_id, edits))


def _raw_tiles(document: Document) -> int:
    return sum(not tile.is_packed for tile in document.picture.layers[0].tiles.tiles())


def _look(keeper: TileKeeper, document: Document) -> None:
    keeper.look(document.picture, document.undo_stack)
    keeper.wait()


def test_tiles_beyond_the_budget_are_packed_and_come_back_bit_by_bit() -> None:
    document = Document(_painting())
    keeper = TileKeeper(_SMALL, SpillFile())
    before = render(document.picture, _FRAME)
    _look(keeper, document)
    assert _raw_tiles(document) <= 6
    memory = sum(tile.byte_size for tile in document.picture.layers[0].tiles.tiles())
    assert memory < 10 * _TILE  # noise does not compress: what is gone is on disk
    assert (render(document.picture, _FRAME) == before).all()
    assert _raw_tiles(document) <= 6  # reading all of it once, to save it, brings nothing back
    for tile in document.picture.layers[0].tiles.tiles():
        assert tile.image.width() == 256  # looking at it does
    assert _raw_tiles(document) == 36
    _look(keeper, document)
    assert _raw_tiles(document) <= 6
    keeper.close()


def test_what_was_looked_at_lately_stays() -> None:
    document = Document(_painting())
    keeper = TileKeeper(_SMALL, SpillFile())
    tiles = document.picture.layers[0].tiles
    for tile in tiles.tiles():
        tile.was_used = False
    wanted = [tiles.get((row, 2)) for row in range(4)]
    assert all(tile is not None and tile.pixels.any() for tile in wanted)
    _look(keeper, document)
    assert [tile.is_packed for tile in wanted if tile is not None] == [False] * 4
    keeper.close()


def test_within_the_budget_nothing_is_packed() -> None:
    document = Document(_painting())
    keeper = TileKeeper(MemoryBudget(), SpillFile())
    for number in range(5):
        _edit(document, number)
    _look(keeper, document)
    assert _raw_tiles(document) == 36
    keeper.close()


@pytest.mark.parametrize("steps", [40])
def test_a_packed_history_leads_through_the_same_pictures(steps: int) -> None:
    document = Document(_painting())
    keeper = TileKeeper(_SMALL, SpillFile())
    states = [render(document.picture, _FRAME)]
    for number in range(steps):
        _edit(document, number)
        states.append(render(document.picture, _FRAME))
        if number % 7 == 0:
            _look(keeper, document)
    raw = document.undo_stack.byte_size
    _look(keeper, document)
    assert document.undo_stack.byte_size < raw
    assert document.undo_stack.byte_size <= 3 * _TILE
    for index in (*range(steps, -1, -1), 13, 31, 2, steps):
        document.go_to(index)
        if index % 5 == 0:
            _look(keeper, document)
        assert (render(document.picture, _FRAME) == states[index]).all(), index
    keeper.close()


def test_a_full_disk_keeps_the_picture_and_forgets_the_oldest_steps(
    expected_logs: ExpectedLogs,
) -> None:
    expected_logs("takes no more")
    document = Document(_painting())
    keeper = TileKeeper(_SMALL, SpillFile(limit_bytes=0))
    states = [render(document.picture, _FRAME)]
    for number in range(30):
        _edit(document, number)
        states.append(render(document.picture, _FRAME))
    document.mark_saved()
    for _ in range(4):
        _look(keeper, document)
    assert (render(document.picture, _FRAME) == states[-1]).all()
    left = document.undo_stack.index
    assert 1 <= left < 30
    assert document.undo_stack.byte_size <= 3 * _TILE
    modified = [document.is_modified]
    document.go_to(0)
    assert (render(document.picture, _FRAME) == states[30 - left]).all()
    assert [*modified, document.is_modified] == [False, True]
    keeper.close()


def test_tiles_that_only_the_history_holds_are_packed_as_well() -> None:
    document = Document(blank_picture(1536, 1536))
    keeper = TileKeeper(_SMALL, SpillFile())
    layer_id = document.picture.active_layer_id
    edits = document.picture.layer(layer_id).tiles.with_pixels(_FRAME, _noise(_FRAME, 2))
    document.do(EditTiles.replacing("Paint", document.picture, layer_id, edits))
    document.undo()
    assert document.undo_stack.byte_size == 36 * _TILE
    _look(keeper, document)
    assert document.undo_stack.byte_size <= 3 * _TILE
    document.redo()
    assert (render(document.picture, _FRAME) == _noise(_FRAME, 2)).all()
    keeper.close()


def _paint_fast(document: Document, steps: int, tiles: int) -> None:
    layer_id = document.picture.active_layer_id
    for row in range(steps):
        edits = {
            (row, column): Tile(_noise(Rect(0, 0, 256, 256), row * tiles + column))
            for column in range(tiles)
        }
        document.do(EditTiles.replacing("Paint", document.picture, layer_id, edits))


@pytest.mark.usefixtures("qapp")
def test_who_paints_faster_than_the_worker_packs_packs_some_as_well() -> None:
    document = Document(blank_picture(2560, 2560))
    keeper = _Idle(replace(_SMALL, tile_bytes=200 * _TILE), SpillFile())
    document.keep_within(keeper)
    _paint_fast(document, 40, 10)
    raw = _raw_tiles(document)
    assert raw < 400
    while keeper.relieve():
        pass
    assert _raw_tiles(document) <= 256
    tiles = document.picture.layers[0].tiles
    for row, column in ((0, 0), (20, 5), (39, 9)):
        tile = tiles.get((row, column))
        assert tile is not None
        assert (tile.peek() == _noise(Rect(0, 0, 256, 256), row * 10 + column)).all()
    assert not any(tile.is_packed for tile in document.undo_stack.newest_tiles())
    keeper.close()


class _Idle(TileKeeper):
    """Its worker never gets to it."""

    def _start(self, picture: Picture, undo_stack: UndoStack) -> None:
        del picture, undo_stack


@pytest.mark.usefixtures("qapp")
def test_a_step_is_measured_and_packing_shows_in_it() -> None:
    document = Document(_painting())
    keeper = TileKeeper(MemoryBudget(undo_bytes=0, undo_raw_bytes=0), SpillFile())
    document.keep_within(keeper)
    _edit(document, 1)
    before = document.history_uses()
    assert before[0].memory_bytes >= _TILE
    assert before[0].disk_bytes == 0
    _look(keeper, document)
    after = document.history_uses()
    assert after[0].memory_bytes == 0
    assert after[0].disk_bytes > 0
    keeper.close()


@pytest.mark.usefixtures("qapp")
def test_tiles_made_in_the_background_find_room() -> None:
    document = Document(blank_picture(256, 256))
    keeper = TileKeeper(_SMALL, SpillFile())
    document.keep_within(keeper)
    tiles = [Tile(_noise(Rect(0, 0, 256, 256), number)) for number in range(30)]
    for number, tile in enumerate(tiles):
        document.shelve(tile)
        if number % 10 == 9:
            _look(keeper, document)  # forgets nothing that is in no picture yet
    assert sum(not tile.is_packed for tile in tiles) <= 6
    assert sum(tile.byte_size for tile in tiles) <= 9 * _TILE
    for number, tile in enumerate(tiles):
        assert (tile.peek() == _noise(Rect(0, 0, 256, 256), number)).all()
    keeper.close()


def test_a_disk_that_refuses_is_told_once(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs("takes no more")
    (tmp_path / "file").write_bytes(b"")
    told: list[AipaintError] = []
    document = Document(_painting())
    keeper = TileKeeper(_SMALL, SpillFile(tmp_path / "file" / "cache"), told.append)
    before = render(document.picture, _FRAME)
    for _ in range(5):
        _look(keeper, document)
    assert [error.message for error in told] == ["No temporary room for cold parts of the picture."]
    assert (render(document.picture, _FRAME) == before).all()
    assert _raw_tiles(document) <= 6  # compressed in memory instead
    keeper.close()


def test_a_tile_is_composed_once_without_coming_back() -> None:
    document = Document(_painting())
    top = Layer(LayerStyle(opacity=0.5), TileMap.from_pixels(_noise(_FRAME, 2)))
    document.do(AddLayer(top))
    before = render(document.picture, _FRAME)
    keeper = TileKeeper(replace(_SMALL, tile_bytes=0), SpillFile())
    _look(keeper, document)
    assert (render(document.picture, _FRAME) == before).all()
    assert (composed(document.picture.sheets()).read(_FRAME) == before).all()
    assert _raw_tiles(document) == 0
    keeper.close()


def test_nothing_is_undone_in_the_middle_of_a_stroke() -> None:
    document = Document(_painting())
    _edit(document, 1)
    live = _Live()
    document.preview(live)
    document.undo()
    document.go_to(0)
    assert document.undo_stack.index == 1
    document.abandon(live)
    document.undo()
    assert document.undo_stack.index == 0


class _Live:
    def show(self, picture: Picture) -> Change:
        del picture
        return Change(Part(0))

    hide = show

    def command(self, label: str) -> None:
        del label
