"""Move, transform, crop, frame and zoom, driven by pointer events as the window would."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import AddLayer
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.crop_tool import CropTool
from aipaint.tools.frame_tool import FrameTool
from aipaint.tools.move_tool import MoveTool
from aipaint.tools.overlay import OverlayHandle, OverlayShade
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.surroundings import Surroundings, ZoomWish
from aipaint.tools.tool import Tool
from aipaint.tools.transform_shape import TransformShape
from aipaint.tools.transform_tool import TransformTool
from aipaint.tools.zoom_tool import ZoomTool

_CONTENT = Rect(100, 80, 120, 60)
_VIEW = Rect(-300, -300, 1000, 900)


class Box:
    """What tools need of a toolbox; work may be held back until it is asked for."""

    def __init__(self) -> None:
        self.surroundings = Surroundings()
        self.told: list[str] = []
        self.waiting: list[Callable[[], None]] = []
        self.surroundings.tell = self.told.append

    def hold_work(self) -> None:
        def run(call: Callable[[], Any], done: Callable[[Any], None], message: str = "") -> None:
            self.waiting.append(lambda: done(call()))

        self.surroundings.run = run

    def work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def _document() -> Document:
    chance = np.random.default_rng(4)
    pixels = chance.integers(0, 256, (_CONTENT.height, _CONTENT.width, 4), np.uint8)
    pixels[..., 3] = 255
    layer = Layer(tiles=TileMap.from_pixels(pixels, _CONTENT.x, _CONTENT.y))
    return Document(Picture([layer], Rect(0, 0, 400, 300)))


def _see(document: Document) -> np.ndarray:
    return render(document.picture, _VIEW)


def _part(seen: np.ndarray, rect: Rect) -> np.ndarray:
    return seen[rect.slices(_VIEW)]


def _drag(tool: Tool, *places: tuple[float, float], **keys: bool) -> None:
    tool.press(PointerEvent(*places[0], **keys))
    for x, y in places[1:]:
        tool.move(PointerEvent(x, y, **keys))
        tool.tick()
    tool.release()


def test_a_drag_moves_the_layer_by_whole_pixels_as_one_step() -> None:
    document = _document()
    before = _see(document)
    _drag(MoveTool(document, Box()), (150, 100), (160.4, 90), (183.4, 61.2))
    after = _see(document)
    assert (_part(after, _CONTENT.translated(33, -39)) == _part(before, _CONTENT)).all()
    assert np.count_nonzero(after[..., 3]) == _CONTENT.area
    assert document.undo_stack.labels == ["Move"]
    document.undo()
    assert (_see(document) == before).all()
    document.redo()
    assert (_see(document) == after).all()


def test_it_shows_while_it_is_dragged_and_esc_takes_it_back() -> None:
    document = _document()
    before, tool = _see(document), MoveTool(document, Box())
    tool.press(PointerEvent(150, 100))
    tool.move(PointerEvent(250, 100))
    tool.tick()
    assert document.picture.layers[0].tiles.bounds() == _CONTENT.translated(100, 0)
    assert tool.is_busy
    tool.cancel()
    assert (_see(document) == before).all()
    assert not document.undo_stack.can_undo
    assert not tool.is_busy


def test_shift_keeps_a_move_to_one_axis() -> None:
    document = _document()
    _drag(MoveTool(document, Box()), (0, 0), (40, -13), has_shift=True)
    assert document.picture.layers[0].tiles.bounds() == _CONTENT.translated(40, 0)


def test_only_what_is_selected_moves_and_the_selection_goes_along() -> None:
    document = _document()
    chosen = Rect(120, 90, 30, 20)
    document.picture.selection = rectangle_area(chosen)
    before = _see(document)
    _drag(MoveTool(document, Box()), (0, 0), (200, 0))
    after = _see(document)
    assert (_part(after, chosen.translated(200, 0)) == _part(before, chosen)).all()
    assert not _part(after, chosen).any()
    assert np.count_nonzero(after[..., 3]) == _CONTENT.area
    assert document.picture.selection.bounds() == chosen.translated(200, 0)
    document.undo()
    assert (_see(document) == before).all()
    assert document.picture.selection.bounds() == chosen


def test_a_layer_takes_its_mask_along_and_a_group_everything_in_it() -> None:
    document = _document()
    layer = document.picture.layers[0]
    layer.mask = LayerMask(rectangle_area(Rect(110, 90, 40, 40)))
    group = Layer(LayerStyle("Group"), is_group=True)
    layer.group_id = group.id
    document.picture.layers.append(group)
    document.picture.active_layer_id = group.id
    _drag(MoveTool(document, Box()), (0, 0), (7, 9))
    assert layer.tiles.bounds() == _CONTENT.translated(7, 9)
    assert layer.mask.tiles.bounds() == Rect(117, 99, 40, 40)
    document.picture.active_layer_id = layer.id
    document.picture.is_mask_active = True
    _drag(MoveTool(document, Box()), (0, 0), (0, -9))
    assert layer.tiles.bounds() == _CONTENT.translated(7, 9)
    assert layer.mask.tiles.bounds() == Rect(117, 90, 40, 40)


def test_arrow_keys_in_a_row_are_one_step() -> None:
    document = _document()
    before, tool = _see(document), MoveTool(document, Box())
    for step in ((1, 0), (1, 0), (0, 10), (-300, 0)):
        assert tool.nudge(*step)
    assert document.picture.layers[0].tiles.bounds() == _CONTENT.translated(-298, 10)
    assert document.undo_stack.labels == ["Move"]
    document.undo()
    assert (_see(document) == before).all()
    document.redo()
    assert document.picture.layers[0].tiles.bounds() == _CONTENT.translated(-298, 10)


@pytest.mark.parametrize(
    ("style", "word"),
    [(LayerStyle("L", is_locked=True), "locked"), (LayerStyle("L", is_visible=False), "hidden")],
)
@pytest.mark.parametrize("kind", [MoveTool, TransformTool])
def test_a_locked_or_hidden_layer_stays_and_says_so(
    kind: type[MoveTool] | type[TransformTool], style: LayerStyle, word: str
) -> None:
    document, box = _document(), Box()
    document.picture.layers[0].style = style
    _drag(kind(document, box), (150, 100), (250, 100))
    assert document.picture.layers[0].tiles.bounds() == _CONTENT
    assert word in box.told[0]
    assert not document.undo_stack.can_undo


def test_an_empty_layer_or_selection_says_so() -> None:
    document, box = _document(), Box()
    document.picture.selection = rectangle_area(Rect(900, 900, 10, 10))
    _drag(MoveTool(document, box), (0, 0), (9, 9))
    assert box.told == ["Nothing is selected on this layer."]
    assert TransformTool(document, box).overlay() == ()


def test_another_act_takes_an_unfinished_transform_back_first() -> None:
    document, box = _document(), Box()
    before, tool = _see(document), TransformTool(document, box)
    shape = tool.shape
    assert shape is not None
    tool.set_shape(shape.turned(30))
    assert (_see(document) != before).any()
    document.do(AddLayer(Layer()))
    assert not tool.is_busy
    document.undo()
    assert (_see(document) == before).all()


def test_a_worker_that_is_late_shows_the_newest_wish_and_never_after_esc() -> None:
    document, box = _document(), Box()
    box.hold_work()
    before, tool = _see(document), TransformTool(document, box)
    shape = tool.shape
    assert shape is not None
    for degrees in (10.0, 20.0, 30.0):
        tool.set_shape(shape.turned(degrees))
    assert len(box.waiting) == 1
    box.waiting.pop(0)()
    assert len(box.waiting) == 1
    tool.cancel()
    box.work()
    assert (_see(document) == before).all()
    assert not document.undo_stack.can_undo


def test_enter_while_a_preview_is_made_ends_in_the_fine_result_once() -> None:
    document, box = _document(), Box()
    box.hold_work()
    tool = TransformTool(document, box)
    shape = tool.shape
    assert shape is not None
    tool.set_shape(shape.scaled(2, 2))
    assert tool.confirm()
    assert tool.confirm()
    box.work()
    assert document.undo_stack.labels == ["Transform"]
    assert document.picture.layers[0].tiles.bounds() == Rect(40, 50, 240, 120)
    assert not tool.is_busy
    assert not tool.confirm()


def test_a_corner_scales_in_proportion_and_shift_sets_it_free() -> None:
    document = _document()
    tool = TransformTool(document, Box())
    _drag(tool, (220, 140), (340, 170))
    assert tool.shape is not None
    assert (tool.shape.scale_x, tool.shape.scale_y) == (2, 2)
    assert np.allclose(tool.shape.place(-1, -1), (100, 80))
    _drag(tool, (340, 200), (220, 140), has_shift=True)
    assert (tool.shape.scale_x, tool.shape.scale_y) == (1, 1)
    tool.cancel()
    _drag(tool, (220, 110), (250, 300), has_alt=True)
    assert (tool.shape.scale_x, tool.shape.scale_y) == (1.5, 1)
    assert tool.shape.center == (160, 110)


def test_a_drag_beside_turns_inside_moves_and_through_itself_flips() -> None:
    document = _document()
    before, tool = _see(document), TransformTool(document, Box())
    _drag(tool, (260, 110), (160, 260))
    assert tool.shape is not None
    assert tool.shape.degrees == pytest.approx(90)
    _drag(tool, (160, 110), (170, 130))
    assert np.allclose(tool.shape.center, (170, 130))
    tool.confirm()
    turned = _part(_see(document), Rect(140, 70, 60, 120))
    assert (turned == np.rot90(_part(before, _CONTENT), -1)).all()
    document.undo()
    _drag(tool, (220, 110), (-20, 110))
    tool.confirm()
    flipped = _part(_see(document), _CONTENT.translated(-120, 0))
    assert (flipped == _part(before, _CONTENT)[:, ::-1]).all()
    assert document.undo_stack.labels == ["Transform"]


def test_control_pulls_one_corner_and_never_folds_the_shape() -> None:
    document = _document()
    tool = TransformTool(document, Box())
    _drag(tool, (220, 140), (300, 220), has_control=True)
    assert tool.shape is not None
    corners = [tool.shape.place(*side) for side in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    assert np.allclose(corners, [(100, 80), (220, 80), (300, 220), (100, 140)])
    _drag(tool, (300, 220), (50, 50), has_control=True)
    assert np.allclose(tool.shape.place(1, 1), (300, 220))
    tool.confirm()
    assert document.picture.layers[0].tiles.bounds().right > 290


def test_flips_are_as_seen_also_when_turned() -> None:
    shape = TransformShape(Rect(0, 0, 40, 20)).turned(30)
    flipped = shape.flipped(is_horizontal=True)
    x, y = shape.place(1, -1)
    assert np.allclose(flipped.place(1, -1), (40 - x, y))


def test_a_crop_waits_for_enter_and_keeps_or_deletes_what_is_outside() -> None:
    document = _document()
    tool = CropTool(document, Box())
    _drag(tool, (110, 90), (150, 120))
    assert tool.rect == Rect(110, 90, 40, 30)
    assert document.picture.frame == Rect(0, 0, 400, 300)
    assert any(isinstance(shape, OverlayShade) for shape in tool.overlay())
    _drag(tool, (150, 120), (170, 130))
    _drag(tool, (120, 100), (125, 103))
    assert tool.confirm()
    assert document.picture.frame == Rect(115, 93, 60, 40)
    assert document.picture.layers[0].tiles.bounds() == _CONTENT
    assert not tool.is_busy
    document.undo()
    tool.deletes_outside = True
    _drag(tool, (110, 90), (150, 120))
    tool.confirm()
    assert document.picture.layers[0].tiles.bounds() == Rect(110, 90, 40, 30)
    assert document.undo_stack.labels == ["Crop"]
    document.undo()
    assert document.picture.frame == Rect(0, 0, 400, 300)
    assert document.picture.layers[0].tiles.bounds() == _CONTENT


def test_a_crop_can_be_given_up_and_a_click_is_none() -> None:
    document = _document()
    tool = CropTool(document, Box())
    _drag(tool, (110, 90), (111, 91))
    assert not tool.is_busy
    _drag(tool, (110, 90), (150, 120))
    tool.cancel()
    assert not tool.confirm()
    assert not document.undo_stack.can_undo


def test_the_frame_is_dragged_outside_and_snaps_to_what_the_model_takes() -> None:
    document = _document()
    tool = FrameTool(document, Box())
    tool.snap = lambda width, height: (round(width / 64) * 64, round(height / 64) * 64)
    _drag(tool, (200, 150), (700, 150))
    assert document.picture.frame == Rect(500, 0, 400, 300)
    _drag(tool, (500, 0), (490, -5))
    assert document.picture.frame == Rect(516, -20, 384, 320)
    _drag(tool, (900, 300), (907, 309), has_alt=True)
    assert document.picture.frame == Rect(516, -20, 391, 329)
    assert document.undo_stack.labels == ["Change frame"] * 3
    handles = [shape for shape in tool.overlay() if isinstance(shape, OverlayHandle)]
    assert len(handles) == 8
    tool.press(PointerEvent(600, 100))
    tool.move(PointerEvent(0, 0))
    tool.cancel()
    assert document.picture.frame == Rect(516, -20, 391, 329)


def test_zooming_by_click_alt_click_and_rectangle() -> None:
    box = Box()
    wishes: list[ZoomWish] = []
    box.surroundings.zoom = wishes.append
    tool = ZoomTool(box)
    _drag(tool, (10, 20))
    _drag(tool, (10, 20), has_alt=True)
    _drag(tool, (50, 60), (10, 20))
    assert wishes == [
        ZoomWish(10, 20, 1),
        ZoomWish(10, 20, -1),
        ZoomWish(area=Rect(10, 20, 40, 40)),
    ]
    assert tool.overlay() == ()
