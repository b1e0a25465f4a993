"""Whatever paints, on a layer or on the mask, changes nothing outside of the selection."""

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles, target_tiles
from aipaint.document.picture import blank_picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area_shape import feathered_area
from aipaint.pixels.outline_fill import ellipse_area
from aipaint.pixels.rect import Rect
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.toolbox import Toolbox

_VIEW = Rect(0, 0, 520, 300)
_PAINTING = [
    "brush", "eraser", "mask", "maskEraser", "pencil", "fill", "gradient", "line", "rectangle",
    "ellipse", "smudge",
]  # fmt: skip


def _ground(document: Document) -> None:
    """Something to erase, to fill and to smudge; part of the mask is there as well."""
    picture = document.picture
    pixels = np.full((300, 520, 4), 255, np.uint8)
    pixels[:, ::40, :2] = 90
    layer = picture.active_layer
    edits = layer.tiles.with_pixels(_VIEW, pixels)
    document.do(EditTiles.replacing("Ground", picture, layer.id, edits))
    covered = picture.mask.with_pixels(Rect(0, 0, 520, 150), np.full((150, 520), 200, np.uint8))
    document.do(EditTiles.replacing("Ground", picture, MASK, covered))


def _use(box: Toolbox, tool_id: str) -> None:
    tool = box.choose(tool_id)
    tool.press(PointerEvent(130, 60, has_control=tool_id == "fill"))
    for x, y in ((260, 150), (400, 240), (480, 20)):
        tool.move(PointerEvent(x, y))
        tool.tick()
    tool.release()


@pytest.mark.parametrize("tool_id", _PAINTING)
def test_nothing_outside_changes_and_something_inside_does(tool_id: str) -> None:
    document = Document(blank_picture(520, 300))
    _ground(document)
    selection = ellipse_area(100, 30, 420, 270)
    document.do(SetSelection("Select", selection))
    targets = (document.picture.active_layer_id, MASK)
    before = [target_tiles(document.picture, target).read(_VIEW) for target in targets]
    _use(Toolbox(document), tool_id)
    after = [target_tiles(document.picture, target).read(_VIEW) for target in targets]
    outside = selection.read(_VIEW) == 0
    for old, new in zip(before, after, strict=True):
        assert (new[outside] == old[outside]).all()
    assert any((new != old).any() for old, new in zip(before, after, strict=True))
    document.undo()
    again = [target_tiles(document.picture, target).read(_VIEW) for target in targets]
    assert all((new == old).all() for old, new in zip(before, again, strict=True))


def test_a_soft_selection_lets_a_stroke_fade() -> None:
    document = Document(blank_picture(520, 300))
    document.do(SetSelection("Select", feathered_area(ellipse_area(100, 30, 420, 270), 30)))
    _use(Toolbox(document), "mask")
    assert document.picture.selection is not None
    selection = document.picture.selection.read(_VIEW).astype(int)
    mask = document.picture.mask.read(_VIEW).astype(int)
    assert (mask <= selection + 1).all()
    whole = mask[(selection > 60) & (selection < 200)]
    assert ((whole > 30) & (whole < 220)).any()
