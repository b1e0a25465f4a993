"""Pencil, smudge and clone stamp follow the hand as brushes do."""

from dataclasses import replace

import numpy as np
import pytest

from aipaint.pixels.brush import Color, Smoothing
from aipaint.tools.overlay import OverlayCross, OverlayPath
from aipaint.tools.pointer_event import PointerEvent
from tests.tools.studio import FRAME, Studio


def _studio(tool_id: str) -> Studio:
    chance = np.random.default_rng(7)
    pixels = chance.integers(0, 256, (FRAME.height, FRAME.width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    studio = Studio(pixels)
    studio.toolbox.colors.foreground = Color(255, 0, 0)
    studio.choose(tool_id)
    if tool_id == "clone":
        studio.drag((20, 20), has_alt=True)
    studio.toolbox.set_brush(replace(studio.toolbox.current_brush(), size_pixels=6.0))
    return studio


def _changed(studio: Studio, before: np.ndarray) -> np.ndarray:
    changed: np.ndarray = (studio.pixels() != before).any(axis=2)
    return changed


_tools = pytest.mark.parametrize("tool_id", ["pencil", "smudge", "clone"])


@_tools
def test_shift_and_a_click_go_straight_from_the_end_of_the_last_stroke(tool_id: str) -> None:
    studio = _studio(tool_id)
    studio.drag((100, 150))
    before = studio.pixels()
    studio.toolbox.current.hover(PointerEvent(300, 150, has_shift=True))
    shapes = studio.toolbox.current.overlay()
    assert OverlayPath(((100, 150), (300, 150))) in shapes
    studio.drag((300, 150), has_shift=True)
    changed = _changed(studio, before)
    assert changed[150, 120:290].mean() > 0.9
    assert not changed[:140].any()
    assert not changed[160:].any()


@_tools
def test_shift_while_dragging_keeps_to_an_axis(tool_id: str) -> None:
    studio = _studio(tool_id)
    before = studio.pixels()
    tool = studio.toolbox.current
    tool.press(PointerEvent(100, 150))
    for x, y in ((140, 156), (220, 175), (300, 190)):
        tool.move(PointerEvent(x, y, has_shift=True))
        tool.tick()
    tool.release()
    changed = _changed(studio, before)
    assert changed[150, 120:290].mean() > 0.9
    assert not changed[160:].any()


@_tools
def test_the_stabilizer_shows_its_string_and_trails_the_hand(tool_id: str) -> None:
    studio = _studio(tool_id)
    brush = studio.toolbox.current_brush()
    studio.toolbox.set_brush(replace(brush, smoothing=Smoothing.STABILIZER, smoothing_amount=0.3))
    before = studio.pixels()
    studio.hold((60, 150), (140, 150), (220, 150))
    assert any(isinstance(shape, OverlayCross) for shape in studio.toolbox.current.overlay())
    columns = np.flatnonzero(_changed(studio, before).any(axis=0))
    assert 100 < columns.max() < 215
    studio.toolbox.current.release()
    assert len(studio.labels()) == 1


def test_control_sets_the_source_where_the_window_manager_keeps_alt() -> None:
    studio = Studio()
    studio.choose("clone")
    studio.drag((80, 100), has_control=True)
    assert studio.toolbox.current.overlay() == (OverlayCross(80, 100),)
