"""Strokes through pointer events: straight lines, axes, pens, brushes that go on."""

from dataclasses import replace

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.picture import blank_picture
from aipaint.pixels.brush import Brush, Smoothing
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.tools.overlay import OverlayCross, OverlayPath
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.stroke_tool import PaintTool
from aipaint.tools.toolbox import Toolbox

_AREA = Rect(0, 0, 400, 300)
_HARD = Brush(size_pixels=10, hardness=1)


class _Studio:
    def __init__(self) -> None:
        self.document = Document(blank_picture(400, 300))
        self.box = Toolbox(self.document)
        self.box.set_brush(_HARD)
        self.now = 0.0
        self.tool = PaintTool(self.document, self.box, is_eraser=False, clock=lambda: self.now)

    def alpha(self) -> Pixels:
        return self.document.picture.active_layer.tiles.read(_AREA)[..., 3]

    def stroke(self, *places: tuple[float, float], **keys: bool) -> None:
        self.tool.press(PointerEvent(*places[0], **keys))
        for place in places[1:]:
            self.tool.move(PointerEvent(*place, **keys))
            self.tool.tick()
        self.tool.release()


@pytest.fixture
def studio(qapp: object) -> _Studio:
    del qapp
    return _Studio()


def test_shift_and_a_click_draw_a_straight_line_from_the_last_end(studio: _Studio) -> None:
    studio.stroke((50, 50), (60, 70))
    studio.stroke((300, 200), has_shift=True)
    alpha = studio.alpha()
    for share in (0.2, 0.5, 0.8, 1.0):
        assert alpha[round(70 + 130 * share), round(60 + 240 * share)] == 255
    assert len(studio.document.undo_stack.labels) == 2


def test_lines_can_be_strung_together(studio: _Studio) -> None:
    studio.stroke((50, 50))
    studio.stroke((200, 50), has_shift=True)
    studio.stroke((200, 200), has_shift=True)
    alpha = studio.alpha()
    assert alpha[50, 120] == 255
    assert alpha[120, 200] == 255
    assert alpha[120, 120] == 0


def test_the_first_click_with_shift_has_nothing_to_start_from(studio: _Studio) -> None:
    studio.stroke((200, 200), has_shift=True)
    rows, columns = np.nonzero(studio.alpha())
    assert np.ptp(rows) < 12
    assert np.ptp(columns) < 12


def test_a_line_does_not_start_in_another_picture(studio: _Studio) -> None:
    studio.stroke((50, 50))
    studio.document.replace_picture(blank_picture(400, 300))
    studio.stroke((300, 200), has_shift=True)
    assert studio.alpha()[50, 50] == 0
    assert studio.alpha()[125, 175] == 0


def test_a_click_may_tremble_and_is_a_line_still(studio: _Studio) -> None:
    studio.stroke((50, 50))
    studio.stroke((300, 50), (302, 53), has_shift=True)
    assert studio.alpha()[50, 175] == 255


def test_dragging_with_shift_keeps_to_an_axis_and_draws_no_line(studio: _Studio) -> None:
    studio.stroke((50, 50))
    studio.stroke((100, 200), (150, 207), (250, 230), has_shift=True)
    alpha = studio.alpha()
    assert alpha[200, 250] == 255
    assert alpha[230, 250] == 0
    assert alpha[125, 75] == 0


def test_shift_pressed_on_the_way_holds_from_there_on(studio: _Studio) -> None:
    studio.tool.press(PointerEvent(50, 50))
    studio.tool.move(PointerEvent(100, 100))
    for y in (110, 150, 220):
        studio.tool.move(PointerEvent(100 + (y - 100) / 10, y, has_shift=True))
    studio.tool.release()
    alpha = studio.alpha()
    assert alpha[75, 75] == 255
    assert alpha[220, 100] == 255
    assert alpha[220, 112] == 0


def test_before_a_line_is_drawn_it_is_shown(studio: _Studio) -> None:
    told: list[int] = []
    studio.box.surroundings.overlay_changed = lambda: told.append(1)
    studio.stroke((50, 50))
    told.clear()
    studio.tool.hover(PointerEvent(90, 80))
    assert studio.tool.overlay() == ()
    studio.tool.hover(PointerEvent(90, 80, has_shift=True))
    assert studio.tool.overlay() == (OverlayPath(((50, 50), (90, 80))),)
    studio.tool.hover(PointerEvent(90, 80))
    assert studio.tool.overlay() == ()
    assert len(told) == 2


def test_the_pull_string_is_shown_while_it_pulls(studio: _Studio) -> None:
    studio.box.set_brush(replace(_HARD, smoothing=Smoothing.STABILIZER, smoothing_amount=0.5))
    studio.tool.press(PointerEvent(50, 50))
    studio.tool.move(PointerEvent(250, 50))
    shapes = studio.tool.overlay()
    (string,) = (shape for shape in shapes if isinstance(shape, OverlayPath))
    (brush,) = (shape for shape in shapes if isinstance(shape, OverlayCross))
    assert list(string.points) == [(brush.x, brush.y), (250, 50)]
    studio.tool.release()
    assert not studio.tool.overlay()
    alpha = studio.alpha()
    assert alpha[50, 120] == 255
    assert alpha[50, 250] == 0


def test_the_string_is_shown_anew_when_it_has_pulled_on(studio: _Studio) -> None:
    studio.box.set_brush(replace(_HARD, smoothing=Smoothing.STABILIZER, smoothing_amount=0.2))
    studio.tool.press(PointerEvent(50, 50))
    studio.tool.move(PointerEvent(250, 50))
    studio.tool.tick()
    shown: list[object] = []
    studio.box.surroundings.overlay_changed = lambda: shown.append(studio.tool.overlay())
    studio.tool.tick()
    assert shown == [studio.tool.overlay()]
    (brush,) = (shape for shape in studio.tool.overlay() if isinstance(shape, OverlayCross))
    assert studio.alpha()[50, round(brush.x)] == 255


def test_the_other_end_of_the_pen_erases(studio: _Studio) -> None:
    studio.stroke((100, 100), (200, 100))
    assert studio.alpha()[100, 150] == 255
    studio.stroke((140, 100), (160, 100), is_eraser_tip=True)
    assert studio.alpha()[100, 150] == 0
    assert studio.document.undo_stack.labels[-1] == "Erase"


def test_an_airbrush_builds_up_while_it_is_held_still(studio: _Studio) -> None:
    studio.box.set_brush(replace(_HARD, size_pixels=40, flow=0.1, dabs_per_second=20))
    studio.tool.press(PointerEvent(100, 100))
    studio.tool.tick()
    first = int(studio.alpha()[100, 100])
    for _ in range(10):
        studio.now += 0.1
        studio.tool.tick()
    assert first == pytest.approx(25, abs=2)
    assert studio.alpha()[100, 100] == pytest.approx(255 * (1 - 0.9**21), abs=4)
    studio.tool.release()
    assert len(studio.document.undo_stack.labels) == 1


def test_a_brush_that_is_none_does_not_go_on(studio: _Studio) -> None:
    studio.box.set_brush(replace(_HARD, size_pixels=40, flow=0.1))
    studio.tool.press(PointerEvent(100, 100))
    studio.tool.tick()
    before = studio.alpha().copy()
    studio.now += 5
    studio.tool.tick()
    assert (studio.alpha() == before).all()


def test_a_program_that_stood_still_does_not_make_up_for_it(studio: _Studio) -> None:
    """A minute asleep must not be painted in one go."""
    studio.box.set_brush(replace(_HARD, size_pixels=40, flow=0.01, dabs_per_second=50))
    studio.tool.press(PointerEvent(100, 100))
    studio.tool.tick()
    studio.now += 60
    studio.tool.tick()
    assert studio.alpha()[100, 100] < 255 * (1 - 0.99**40)


def test_esc_takes_the_whole_stroke_back(studio: _Studio) -> None:
    studio.box.set_brush(replace(_HARD, smoothing=Smoothing.BASIC, smoothing_amount=1.0))
    studio.tool.press(PointerEvent(100, 100))
    studio.tool.move(PointerEvent(200, 100))
    studio.tool.tick()
    assert studio.alpha().any()
    studio.tool.cancel()
    assert not studio.alpha().any()
    assert studio.document.undo_stack.labels == []


def test_the_eraser_has_a_brush_of_its_own(studio: _Studio) -> None:
    studio.box.choose("eraser")
    studio.box.set_brush(Brush(size_pixels=99))
    studio.box.choose("brush")
    assert studio.box.current_brush() == _HARD
    assert studio.box.choose("eraser").cursor_diameter == 99
