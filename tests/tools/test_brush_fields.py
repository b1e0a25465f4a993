"""What the editor offers is what the strokes use."""

from dataclasses import fields, replace

import pytest

from aipaint.pixels.brush import Brush
from aipaint.tools.brush_fields import brush_fields, why_fewer
from aipaint.tools.pointer_event import PointerEvent
from tests.tools.studio import Studio, plain

_STRIKING = Brush(
    size_pixels=40, hardness=0.2, flow=0.3, scatter=1.0, roundness=0.2, pressure_to_flow=True
)


def _drawn(tool_id: str, brush: Brush) -> bytes:
    pixels = plain(255, 255, 255)
    pixels[:, 100:] = (200, 30, 60, 255)
    studio = Studio(pixels)
    tool = studio.choose(tool_id)
    studio.toolbox.set_brush(brush)
    for x in range(60, 200, 10):
        event = PointerEvent(x, 150, pressure=0.5)
        tool.press(event) if x == 60 else tool.move(event)
        tool.tick()
    tool.release()
    return studio.pixels().tobytes()


@pytest.mark.parametrize("tool_id", ["pencil", "smudge"])
def test_what_is_not_offered_changes_nothing(tool_id: str) -> None:
    used = brush_fields(tool_id)
    usual = Brush()
    unused = {
        field.name: getattr(usual, field.name) for field in fields(Brush) if field.name not in used
    }
    assert _drawn(tool_id, _STRIKING) == _drawn(tool_id, replace(_STRIKING, **unused))
    assert _drawn(tool_id, _STRIKING) != _drawn(tool_id, replace(_STRIKING, size_pixels=20))


@pytest.mark.parametrize("tool_id", ["brush", "eraser", "mask", "clone", "pencil", "smudge"])
def test_every_name_is_a_value_of_brushes(tool_id: str) -> None:
    assert brush_fields(tool_id) <= {field.name for field in fields(Brush)}


def test_what_is_left_out_is_said() -> None:
    assert why_fewer("pencil")
    assert why_fewer("smudge")
    assert why_fewer("brush") == ""
