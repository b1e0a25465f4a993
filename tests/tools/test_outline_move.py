"""The selection moved by itself, and keys that shape a drag."""

from dataclasses import replace

import pytest

from aipaint.document.areas import AreaKind
from aipaint.pixels.rect import Rect
from aipaint.tools.pointer_event import PointerEvent
from tests.tools.test_select_tools import _VIEW, Easel, _is_rect


@pytest.fixture
def easel() -> Easel:
    return Easel()


def test_keys_pressed_in_a_drag_shape_it_and_space_moves_it(easel: Easel) -> None:
    tool = easel.box.choose("selectRectangle")
    tool.press(PointerEvent(100, 100))
    tool.move(PointerEvent(140, 120, has_shift=True))
    tool.move(PointerEvent(130, 120, has_shift=True, has_alt=True))
    tool.release()
    assert _is_rect(easel.area(), Rect(70, 70, 60, 60))
    tool.press(PointerEvent(10, 10))
    tool.move(PointerEvent(30, 40))
    tool.move(PointerEvent(80, 60, has_space=True))
    tool.move(PointerEvent(90, 60))
    tool.release()
    assert _is_rect(easel.area(), Rect(60, 30, 30, 30))


def test_keys_that_say_how_to_combine_do_not_shape_the_same_drag(easel: Easel) -> None:
    tool = easel.box.choose("selectEllipse")
    easel.drag((0, 0), (40, 40))
    easel.box.choose("selectRectangle")
    tool = easel.box.current
    tool.press(PointerEvent(100, 50, has_shift=True))
    tool.move(PointerEvent(150, 60, has_shift=True))
    tool.move(PointerEvent(160, 60))
    tool.move(PointerEvent(160, 70, has_shift=True))  # pressed anew: now it makes a square
    tool.release()
    both = easel.area()
    assert both[20, 20] == 255
    assert (both[50:110, 100:160] == 255).all()
    assert not both[:, 165:].any()


@pytest.mark.parametrize("tool_id", ["selectRectangle", "selectEllipse", "selectLasso"])
def test_a_drag_inside_the_selection_moves_it_and_nothing_painted(
    easel: Easel, tool_id: str
) -> None:
    easel.paint(Rect(0, 0, 300, 200), (10, 20, 30, 255))
    easel.box.choose("selectRectangle")
    easel.drag((20, 20), (60, 60))
    steps = easel.document.undo_stack.index
    painted = easel.document.picture.active_layer.tiles.read(_VIEW)
    easel.box.choose(tool_id)
    easel.drag((30, 30), (70, 45), (80, 50))
    assert _is_rect(easel.area(), Rect(70, 40, 40, 40))
    assert easel.document.undo_stack.index == steps + 1
    assert (easel.document.picture.active_layer.tiles.read(_VIEW) == painted).all()
    easel.document.undo()
    assert _is_rect(easel.area(), Rect(20, 20, 40, 40))
    easel.drag((30, 30))
    assert easel.document.picture.selection is None


def test_esc_puts_a_moving_selection_back(easel: Easel) -> None:
    tool = easel.box.choose("selectRectangle")
    easel.drag((20, 20), (60, 60))
    steps = easel.document.undo_stack.index
    tool.press(PointerEvent(30, 30))
    tool.move(PointerEvent(90, 90))
    tool.tick()
    assert _is_rect(easel.area(), Rect(80, 80, 40, 40))
    tool.cancel()
    assert _is_rect(easel.area(), Rect(20, 20, 40, 40))
    assert easel.document.undo_stack.index == steps


def test_arrow_keys_move_the_selection_as_one_step(easel: Easel) -> None:
    tool = easel.box.choose("selectWand")
    assert not tool.nudge(1, 0)
    easel.box.choose("selectRectangle")
    easel.drag((20, 20), (60, 60))
    steps = easel.document.undo_stack.index
    for _ in range(3):
        assert easel.box.current.nudge(1, 0)
    easel.box.current.nudge(0, 10)
    assert _is_rect(easel.area(), Rect(23, 30, 40, 40))
    assert easel.document.undo_stack.index == steps + 1
    easel.box.selecting = replace(easel.box.selecting, kind=AreaKind.MASK)
    assert not easel.box.current.nudge(1, 0)
