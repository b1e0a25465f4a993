"""The tools that select or mask, driven by pointer events as the canvas sends them."""

from dataclasses import replace

import numpy as np
import pytest

from aipaint.document.areas import AreaKind, area_of_kind
from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.picture import blank_picture
from aipaint.pixels.area import Combine, is_same_area, rectangle_area
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.tools import wand_tool
from aipaint.tools.overlay import OverlayPath, OverlayTint
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectOptions
from aipaint.tools.toolbox import Toolbox

_VIEW = Rect(0, 0, 300, 200)


class Easel:
    """A document, its tools, and a hand."""

    def __init__(self) -> None:
        self.document = Document(blank_picture(300, 200))
        self.box = Toolbox(self.document)
        self.said: list[str] = []
        self.box.surroundings.tell = self.said.append

    def drag(self, *places: tuple[float, float], **keys: bool) -> None:
        tool = self.box.current
        tool.press(PointerEvent(*places[0], **keys))
        for place in places[1:]:
            tool.move(PointerEvent(*place, **keys))
            tool.tick()
        tool.release()

    def area(self, kind: AreaKind = AreaKind.SELECTION) -> Pixels:
        return area_of_kind(self.document.picture, kind).read(_VIEW)

    def paint(self, rect: Rect, bgra: tuple[int, int, int, int]) -> None:
        picture = self.document.picture
        pixels = np.full((rect.height, rect.width, 4), bgra, np.uint8)
        edits = picture.active_layer.tiles.with_pixels(rect, pixels)
        self.document.do(EditTiles.replacing("Fill", picture, picture.active_layer_id, edits))


@pytest.fixture
def easel() -> Easel:
    return Easel()


def _is_rect(coverage: Pixels, rect: Rect) -> bool:
    return bool((coverage == rectangle_area(rect).read(_VIEW)).all())


def test_a_rectangle_is_whole_pixels_in_any_direction(easel: Easel) -> None:
    easel.box.choose("selectRectangle")
    easel.drag((80.4, 90.6), (50, 60), (20.2, 30.3))
    assert _is_rect(easel.area(), Rect(20, 30, 60, 61))
    assert easel.document.undo_stack.labels == ["Select (rectangle)"]
    easel.document.undo()
    assert easel.document.picture.selection is None


def test_control_makes_it_square(easel: Easel) -> None:
    easel.box.choose("selectRectangle")
    easel.drag((100, 100), (40, 70), has_control=True)
    assert _is_rect(easel.area(), Rect(40, 40, 60, 60))


def test_keys_and_the_right_button_choose_how(easel: Easel) -> None:
    easel.box.choose("selectRectangle")
    easel.drag((0, 0), (60, 100))
    easel.drag((40, 0), (100, 100), has_shift=True)
    assert _is_rect(easel.area(), Rect(0, 0, 100, 100))
    easel.drag((80, 0), (100, 100), has_alt=True)
    assert _is_rect(easel.area(), Rect(0, 0, 80, 100))
    easel.drag((0, 0), (10, 100), is_secondary=True)
    assert _is_rect(easel.area(), Rect(10, 0, 70, 100))
    easel.drag((0, 50), (200, 150), has_shift=True, has_alt=True)
    assert _is_rect(easel.area(), Rect(10, 50, 70, 50))


def test_the_options_choose_how_without_keys(easel: Easel) -> None:
    easel.box.choose("selectRectangle")
    easel.drag((0, 0), (60, 100))
    easel.box.selecting = replace(easel.box.selecting, combine=Combine.SUBTRACT)
    easel.drag((30, 0), (60, 100))
    assert _is_rect(easel.area(), Rect(0, 0, 30, 100))


def test_a_click_selects_everything_again_but_keeps_a_mask(easel: Easel) -> None:
    for kind in AreaKind:
        easel.box.selecting = replace(easel.box.selecting, kind=kind)
        for tool, places in (
            ("selectRectangle", [(10, 10), (50, 50)]),
            ("selectEllipse", [(10, 10), (50, 50)]),
            ("selectLasso", [(10, 10), (50, 10), (50, 50)]),
        ):
            easel.box.choose(tool)
            easel.drag(*places)
            assert easel.area(kind).any()
            easel.drag((200, 150))
            assert easel.area(kind).any() == (kind is AreaKind.MASK)


def test_on_the_mask_nothing_is_selected(easel: Easel) -> None:
    easel.box.selecting = replace(easel.box.selecting, kind=AreaKind.MASK)
    easel.box.choose("selectRectangle")
    easel.drag((0, 0), (60, 100))
    easel.drag((30, 0), (60, 100), is_secondary=True)
    assert _is_rect(easel.area(AreaKind.MASK), Rect(0, 0, 30, 100))
    assert easel.document.picture.selection is None
    assert easel.document.undo_stack.labels == ["Mask (rectangle)"] * 2


def test_an_ellipse_touches_its_box_and_no_corner(easel: Easel) -> None:
    easel.box.choose("selectEllipse")
    easel.drag((20, 30), (220, 150))
    coverage = easel.area()
    assert easel.document.picture.selection is not None
    assert easel.document.picture.selection.bounds() == Rect(20, 30, 200, 120)
    assert coverage[90, 120] == 255
    assert coverage[32, 22] == 0


def test_the_lasso_takes_what_is_inside_the_line(easel: Easel) -> None:
    easel.box.choose("selectLasso")
    easel.drag((10, 10), (110, 10), (110, 110))
    coverage = easel.area()
    assert coverage[30, 90] == 255
    assert coverage[90, 30] == 0
    assert abs(coverage.sum() / 255 - 5000) < 60


def test_escape_leaves_everything_as_it_was(easel: Easel) -> None:
    for tool in ("selectRectangle", "selectEllipse", "selectLasso"):
        easel.box.choose(tool)
        easel.box.current.press(PointerEvent(10, 10))
        easel.box.current.move(PointerEvent(90, 10))
        easel.box.current.move(PointerEvent(90, 90))
        assert easel.box.current.is_busy
        assert any(isinstance(shape, OverlayPath) for shape in easel.box.current.overlay())
        easel.box.current.cancel()
        easel.box.current.release()
        assert not easel.box.current.overlay()
    assert easel.document.picture.selection is None
    assert not easel.document.undo_stack.can_undo


def test_a_polygon_is_clicked_and_closed_by_enter_or_its_first_corner(easel: Easel) -> None:
    easel.box.choose("selectPolygon")
    for corner in ((10, 10), (110, 10), (200, 190), (110, 110), (10, 110)):
        easel.drag(corner)
        easel.box.current.hover(PointerEvent(150, 150))
    assert easel.box.current.step_back()
    assert easel.box.current.step_back()
    assert easel.box.current.step_back()
    easel.drag((110, 110))
    easel.drag((10, 110))
    assert not easel.document.undo_stack.can_undo
    assert easel.box.current.confirm()
    assert _is_rect(easel.area(), Rect(10, 10, 100, 100))
    for corner in ((20, 20), (40, 20), (40, 40), (23, 22)):
        easel.drag(corner)
    assert not easel.box.current.is_busy
    assert easel.document.picture.selection is not None
    assert easel.document.picture.selection.bounds() == Rect(20, 20, 20, 20)


def test_another_tool_gives_up_an_unfinished_polygon(easel: Easel) -> None:
    easel.box.choose("selectPolygon")
    easel.drag((10, 10))
    easel.drag((50, 10))
    easel.box.choose("brush")
    easel.box.choose("selectPolygon")
    assert not easel.box.current.is_busy
    assert not easel.box.current.confirm()


def test_feather_softens_to_both_sides(easel: Easel) -> None:
    easel.box.selecting = replace(easel.box.selecting, feather_pixels=8)
    easel.box.choose("selectRectangle")
    easel.drag((100, 0), (300, 200))
    row = easel.area()[100].astype(int)
    assert row[84] < 3
    assert 100 < row[100] < 156
    assert row[116] > 252


@pytest.mark.parametrize("is_wide", [False, True])
def test_the_wand_takes_what_hangs_together_or_all_of_a_color(
    easel: Easel, monkeypatch: pytest.MonkeyPatch, is_wide: bool
) -> None:
    if is_wide:  # as if arrays of the frame would take gigabytes
        monkeypatch.setattr(wand_tool, "WIDE_PIXELS", 0)
    easel.paint(_VIEW, (10, 10, 10, 255))
    easel.paint(Rect(20, 20, 50, 50), (200, 60, 60, 255))
    easel.paint(Rect(200, 20, 50, 50), (190, 70, 60, 255))
    options = easel.box.selecting = replace(easel.box.selecting, is_smooth=False)
    easel.box.choose("selectWand")
    easel.drag((40, 40))
    assert _is_rect(easel.area(), Rect(20, 20, 50, 50))
    easel.drag((220, 40), has_shift=True)
    both = easel.area()
    assert both[40, 40] == both[40, 220] == 255
    assert both[40, 120] == 0
    easel.box.selecting = replace(options, is_contiguous=False)
    easel.drag((40, 40))
    assert (easel.area() == both).all()
    easel.box.selecting = replace(options, is_contiguous=False, tolerance=5)
    easel.drag((40, 40))
    assert _is_rect(easel.area(), Rect(20, 20, 50, 50))


def test_the_wand_looks_at_one_layer_if_told(easel: Easel) -> None:
    from aipaint.document.layer import Layer
    from aipaint.document.layer_commands import AddLayer

    easel.paint(Rect(20, 20, 50, 50), (200, 60, 60, 255))
    easel.document.do(AddLayer(Layer()))
    easel.box.selecting = replace(easel.box.selecting, is_smooth=False, takes_all_layers=False)
    easel.box.choose("selectWand")
    easel.drag((40, 40))
    assert _is_rect(easel.area(), _VIEW)


def _scene(easel: Easel) -> Rect:
    """A red, uneven square on a green, uneven ground, with a hole of ground in it."""
    chance = np.random.default_rng(7)
    picture = easel.document.picture
    pixels = np.zeros((200, 300, 4), np.uint8)
    pixels[...] = (60, 150, 60, 255)
    place = Rect(90, 50, 100, 90)
    pixels[place.slices(_VIEW)] = (50, 60, 190, 255)
    pixels[..., :3] += chance.integers(0, 40, (200, 300, 3)).astype(np.uint8)
    edits = picture.active_layer.tiles.with_pixels(_VIEW, pixels)
    easel.document.do(EditTiles.replacing("Scene", picture, picture.active_layer_id, edits))
    return place


def _agreement(coverage: Pixels, place: Rect) -> float:
    truth = rectangle_area(place).read(_VIEW)
    return float(np.minimum(coverage, truth).sum() / np.maximum(coverage, truth).sum())


def test_smart_select_finds_the_object_in_a_box_and_takes_it_with_enter(easel: Easel) -> None:
    place = _scene(easel)
    easel.box.choose("selectSmart")
    easel.drag((70, 30), (215, 160))
    assert easel.document.picture.selection is None
    tint = next(s for s in easel.box.current.overlay() if isinstance(s, OverlayTint))
    assert _agreement(tint.area.read(_VIEW), place) > 0.97
    assert easel.box.current.confirm()
    assert _agreement(easel.area(), place) > 0.97
    assert not easel.box.current.overlay()
    assert not easel.box.current.is_busy


def test_marks_add_and_leave_out(easel: Easel) -> None:
    place = _scene(easel)
    easel.box.choose("selectSmart")
    easel.drag((70, 30), (215, 160))
    easel.drag((130, 40), (130, 20))  # what is kept lies above the square
    easel.drag((100, 60), (100, 130), (180, 130), has_alt=True)
    easel.box.current.confirm()
    coverage = easel.area()
    assert coverage[35, 130] == 255
    assert coverage[130, 140] == 0
    assert coverage[80, 150] > 0
    assert place.height


def test_backspace_takes_marks_back_and_escape_everything(easel: Easel) -> None:
    place = _scene(easel)
    easel.box.choose("selectSmart")
    easel.drag((70, 30), (215, 160))
    easel.drag((100, 60), (100, 130), (180, 130), has_alt=True)
    assert easel.box.current.step_back()
    tint = next(s for s in easel.box.current.overlay() if isinstance(s, OverlayTint))
    assert _agreement(tint.area.read(_VIEW), place) > 0.97
    easel.box.current.cancel()
    assert not easel.box.current.overlay()
    assert not easel.box.current.confirm()
    assert easel.document.picture.selection is None


def test_a_box_around_nothing_says_so(easel: Easel) -> None:
    easel.box.choose("selectSmart")
    easel.drag((70, 30), (71, 30))
    assert not easel.box.current.is_busy
    easel.drag((250, 150), (270, 160), is_secondary=True)
    assert "belongs to the object" in easel.said[-1]


def test_an_answer_for_another_picture_is_dropped(easel: Easel) -> None:
    late: list[tuple[object, object]] = []
    easel.box.surroundings.run = lambda call, done, message="": late.append((call, done))
    _scene(easel)
    easel.box.choose("selectWand")
    easel.drag((100, 100))
    easel.document.replace_picture(blank_picture(50, 50))
    call, done = late[0]
    done(call())  # type: ignore[operator]
    assert easel.document.picture.selection is None
    assert is_same_area(easel.document.picture.mask, rectangle_area(Rect(0, 0, 0, 0)))


def test_while_a_layer_mask_is_painted_on_the_wand_still_looks_at_the_picture(
    easel: Easel,
) -> None:
    easel.paint(Rect(0, 0, 300, 200), (0, 0, 200, 255))
    easel.paint(Rect(40, 40, 50, 50), (200, 0, 0, 255))
    picture = easel.document.picture
    mask = LayerMask(OpenArea())
    easel.document.do(SetLayerMask("Add mask", picture.active_layer_id, mask, is_active=True))
    assert picture.paint_target != picture.active_layer_id
    easel.box.choose("selectWand")
    for takes_all in (True, False):
        easel.box.selecting = SelectOptions(is_smooth=False, takes_all_layers=takes_all)
        easel.drag((60, 60))
        assert _is_rect(easel.area(), Rect(40, 40, 50, 50))
        easel.document.undo()


@pytest.mark.parametrize("tool_id", ["selectWand", "selectSmart"])
def test_a_group_alone_is_nothing_to_look_at(easel: Easel, tool_id: str) -> None:
    easel.paint(Rect(0, 0, 300, 200), (0, 0, 200, 255))
    picture = easel.document.picture
    group = Layer(LayerStyle("Sky"), is_group=True)
    picture.layers.append(group)
    picture.active_layer_id = group.id
    easel.box.selecting = replace(easel.box.selecting, takes_all_layers=False)
    easel.box.choose(tool_id)
    easel.drag((10, 10), (200, 150))
    assert picture.selection is None
    assert easel.said == ["“Sky” is a group. Choose a layer in it, or look at all layers."]
    assert not easel.box.current.is_busy
