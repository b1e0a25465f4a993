"""What is never sent is seen over the picture, on light and dark ones, until it is hidden."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.picture import Picture
from aipaint.generation.never_send import NEVER_SEND
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from tests.ui.rig import Rig, make_rig

_SECRET = Rect(100, 80, 120, 96)


def _plain(gray: int) -> Picture:
    pixels = np.full((300, 400, 4), (gray, gray, gray, 255), np.uint8)
    picture = Picture([Layer(tiles=TileMap.from_pixels(pixels))], Rect(0, 0, 400, 300))
    full = np.full((_SECRET.height, _SECRET.width), 255, np.uint8)
    picture.mask.swap(picture.mask.with_pixels(_SECRET, full))
    return picture


def _inside(rig: Rig) -> np.ndarray:
    """What the canvas shows of the area."""
    corner, end = rig.at(_SECRET.x, _SECRET.y), rig.at(_SECRET.right, _SECRET.bottom)
    return rig.seen()[corner.y() : end.y(), corner.x() : end.x(), 0].astype(int)


def _outside(rig: Rig) -> int:
    at = rig.at(350, 250)
    return int(rig.seen()[at.y(), at.x(), 0])


@pytest.mark.parametrize("gray", [0, 128, 255])
def test_it_is_crossed_out_on_light_and_on_dark(starting: Rig, gray: int) -> None:
    starting.show_picture(_plain(gray))
    starting.trigger("mask.neverSend")
    shown = _inside(starting)
    difference = np.abs(shown - gray)
    assert (difference > 60).mean() > 0.1, "it does not stand out from the picture"
    assert shown.max() - shown.min() > 60, "not color alone tells: it is hatched"
    assert _outside(starting) == gray
    starting.trigger("edit.undo")
    starting.trigger("mask.clear")
    assert (_inside(starting) == gray).all()


def test_the_menu_hides_it_and_that_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    rig = make_rig(qtbot, tmp_path, None)
    rig.show_picture(_plain(255))
    rig.trigger("mask.neverSend")
    assert rig.inside.actions["view.neverSend"].isChecked()
    rig.trigger("view.neverSend")
    assert (_inside(rig) == 255).all()
    rig.document.mark_saved()
    rig.window.close()
    again = make_rig(qtbot, tmp_path, None)
    again.show_picture(_plain(255))
    again.trigger("mask.neverSend")
    assert (_inside(again) == 255).all()
    again.trigger("view.neverSend")
    assert (_inside(again) < 200).any()


def test_it_turns_with_the_picture_and_goes_with_its_document(starting: Rig) -> None:
    starting.show_picture(_plain(255))
    starting.trigger("mask.neverSend")
    before = starting.document.picture.kept[NEVER_SEND]
    starting.trigger("image.rotateHalf")
    starting.wait(lambda: starting.document.picture.kept[NEVER_SEND] is not before)
    starting.inside.canvas.view_port.set_zoom(1.0)
    turned = starting.document.picture.kept[NEVER_SEND]
    assert starting.window.never_send_show.item.mask is turned
    at = starting.at(400 - _SECRET.right, 300 - _SECRET.bottom)
    assert (starting.seen()[at.y() + 4 : at.y() + 40, at.x() + 4 : at.x() + 40, 0] < 200).any()
    starting.show_picture(_plain(255))
    starting.trigger("mask.clear")
    assert (_inside(starting) == 255).all()


def test_a_layers_mask_is_shown_without_it(starting: Rig) -> None:
    picture = _plain(128)
    picture.layers[0].mask = LayerMask(rectangle_area(Rect(0, 0, 400, 300)))
    starting.show_picture(picture)
    starting.trigger("mask.neverSend")
    starting.trigger("layer.maskAlone")
    assert (_inside(starting) == 255).all()
