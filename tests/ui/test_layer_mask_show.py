"""A layer's mask instead of the picture: seen, painted on, and left."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.panels.layer_model import LAYER_ROLE
from aipaint.ui.panels.layer_row import LayerRow
from tests.ui.rig import Rig

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


def _picture() -> Picture:
    """Blue, with one mask that shows a block and one that shows everything."""
    pixels = np.full((300, 400, 4), (200, 60, 0, 255), np.uint8)
    shows_block = Layer(LayerStyle("block"), TileMap.from_pixels(pixels))
    shows_block.mask = LayerMask(rectangle_area(Rect(50, 50, 100, 100)))
    shows_all = Layer(LayerStyle("all"), TileMap.from_pixels(pixels))
    shows_all.mask = LayerMask(OpenArea())
    return Picture([shows_block, shows_all], Rect(0, 0, 400, 300), active_layer_id=shows_all.id)


@pytest.fixture
def masked(starting: Rig) -> Rig:
    starting.show_picture(_picture())
    return starting


def _color(rig: Rig, x: int, y: int) -> tuple[int, ...]:
    at = rig.at(x, y)
    return tuple(rig.seen()[at.y(), at.x(), :3].tolist())


def _click_mask(rig: Rig, name: str, keys: Qt.KeyboardModifier) -> None:
    view = rig.inside.docks.layers.list
    layer = next(one for one in rig.document.picture.layers if one.name == name)
    index = rig.inside.docks.layers.model.index_of(layer.id)
    assert index.data(LAYER_ROLE) is layer
    where = LayerRow.of(layer, view.visualRect(index)).mask.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, where)


_ALT = Qt.KeyboardModifier.AltModifier


def test_alt_and_a_click_show_the_mask_and_the_same_again_the_picture(masked: Rig) -> None:
    blue = _color(masked, 350, 250)
    assert blue not in (_WHITE, _BLACK)
    _click_mask(masked, "block", _ALT)
    assert _color(masked, 100, 100) == _WHITE
    assert _color(masked, 350, 250) == _BLACK
    assert masked.document.picture.active_layer.name == "block"
    assert masked.inside.actions["layer.maskAlone"].isChecked()
    _click_mask(masked, "all", _ALT)
    assert _color(masked, 350, 250) == _WHITE
    _click_mask(masked, "all", _ALT)
    assert _color(masked, 350, 250) == blue
    assert not masked.inside.actions["layer.maskAlone"].isChecked()
    assert masked.document.picture.is_mask_active


def test_what_is_erased_from_a_mask_that_shows_all_is_black_at_once(masked: Rig) -> None:
    masked.trigger("layer.maskAlone")
    masked.trigger("tool.eraser")
    masked.drag((200, 150), (260, 150))
    assert _color(masked, 230, 150) == _BLACK
    assert _color(masked, 230, 250) == _WHITE
    masked.document.undo()
    assert _color(masked, 230, 150) == _WHITE


def test_who_leaves_the_mask_sees_the_picture(masked: Rig) -> None:
    blue = _color(masked, 350, 250)
    layers = masked.document.picture.layers
    masked.trigger("layer.maskAlone")
    masked.document.set_active_layer(layers[0].id)
    assert _color(masked, 350, 250) == blue
    masked.document.set_active_layer(layers[1].id)
    masked.trigger("layer.maskAlone")
    masked.trigger("layer.maskDelete")
    assert _color(masked, 350, 250) == blue
    assert not masked.inside.actions["layer.maskAlone"].isEnabled()
    masked.document.undo()
    masked.trigger("layer.maskAlone")
    masked.document.replace_picture(blank_picture(400, 300))
    assert not masked.inside.actions["layer.maskAlone"].isChecked()
    masked.show_picture(_picture())
    assert _color(masked, 350, 250) == blue
