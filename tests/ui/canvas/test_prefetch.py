"""Cold tiles beside what is seen are there when one scrolls to them; far ones stay cold."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from aipaint.document.document import Document
from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.pixels.cold_storage import ColdStorage
from aipaint.pixels.rect import Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.view import CanvasView

_SIDE = 14 * 256


def _cold_picture(storage: ColdStorage) -> Picture:
    noise = np.random.default_rng(1).integers(0, 256, (_SIDE, _SIDE, 4), np.uint8)
    noise[..., 3] = 255
    tiles = TileMap.from_pixels(noise)
    for tile in tiles.tiles():
        storage.pack(tile, to_disk=True)
    return Picture([Layer(tiles=tiles)], Rect(0, 0, _SIDE, _SIDE))


def test_a_ring_around_the_view_is_brought_back(qtbot: QtBot, tmp_path: Path) -> None:
    storage = ColdStorage(SpillFile(tmp_path))
    picture = _cold_picture(storage)
    document = Document(picture)
    view = CanvasView(document, Toolbox(document))
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    view.view_port.set_zoom(1.0)
    view.centerOn(6 * 256 + 128, 6 * 256 + 128)
    view.view_port.pan(QPointF(10, 0))

    def is_cold(row: int, column: int) -> bool:
        tile = picture.layers[0].tiles.get((row, column))
        assert tile is not None
        return tile.is_packed

    seen = view.view_port.visible()
    rows = (seen.y // 256 - 1, (seen.bottom - 1) // 256 + 1)
    columns = (seen.x // 256 - 1, (seen.right - 1) // 256 + 1)
    corners = [(row, column) for row in rows for column in columns]
    qtbot.waitUntil(lambda: not any(is_cold(*key) for key in corners))
    view.prefetch.wait()
    assert is_cold(13, 13)
    assert is_cold(0, 13)
    view.hide()
    storage.close()


def test_a_view_of_very_many_tiles_fetches_none(qtbot: QtBot, tmp_path: Path) -> None:
    storage = ColdStorage(SpillFile(tmp_path))
    picture = _cold_picture(storage)
    document = Document(picture)
    view = CanvasView(document, Toolbox(document))
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.view_port.set_zoom(0.1)
    view.view_port.pan(QPointF(10, 0))
    qtbot.waitUntil(lambda: view.tile_item.is_complete)
    qtbot.wait(60)
    view.prefetch.wait()
    assert all(tile.is_packed for tile in picture.layers[0].tiles.tiles())
    view.hide()
    storage.close()
