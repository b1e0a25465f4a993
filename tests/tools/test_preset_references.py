"""Presets of tools that have their own way of painting, taken from the shelf and used."""

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.settings.brush_toml import read_preset
from aipaint.settings.paths import resource
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.toolbox import Toolbox
from tests.conftest import Reference

_AREA = Rect(0, 0, 240, 160)


def _striped() -> Picture:
    picture = blank_picture(_AREA.width, _AREA.height)
    pixels = np.full((_AREA.height, _AREA.width, 4), 255, np.uint8)
    pixels[..., :3] = (235, 240, 245)
    for column in range(0, _AREA.width, 40):
        pixels[:, column : column + 20, :3] = (40 + column // 2, 90, 200 - column // 2)
    pixels[60:90] //= 2
    pixels[60:90, :, 3] = 255
    tiles = picture.active_layer.tiles
    tiles.swap(tiles.with_pixels(_AREA, pixels))
    return picture


@pytest.mark.parametrize("stem", ["80-smudge", "82-clone", "84-pixel-pencil"])
def test_a_preset_paints_with_its_tool(qapp: object, stem: str, reference: Reference) -> None:
    del qapp
    document = Document(_striped())
    box = Toolbox(document)
    box.color = Color(20, 20, 24)
    data = (resource("brushes") / f"{stem}.toml").read_bytes()
    preset = read_preset(data, stem)
    box.shelf.fill([preset])
    box.shelf.choose(preset.name)
    assert box.current.id == preset.tool
    if preset.tool == "clone":
        box.current.press(PointerEvent(40, 40, has_alt=True))
        box.current.release()
    box.current.press(PointerEvent(30, 30))
    for step in range(1, 21):
        box.current.move(PointerEvent(30 + 9 * step, 30 + 5 * step))
        box.current.tick()
    box.current.release()
    assert len(document.undo_stack.labels) == 1
    rgb = render(document.picture, _AREA)[..., 2::-1]
    reference.compare(f"brush-{stem}", np.ascontiguousarray(rgb))
