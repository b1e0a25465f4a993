"""The shelf: which brush is in whose hand, and with which values."""

from dataclasses import replace

import pytest

from aipaint.document.document import Document
from aipaint.document.picture import blank_picture
from aipaint.pixels.brush import Brush
from aipaint.pixels.brush_preset import BrushPreset
from aipaint.tools.toolbox import Toolbox

_INK = BrushPreset("Ink", "brush", Brush(size_pixels=12))
_MIST = BrushPreset("Mist", "brush", Brush(size_pixels=140, hardness=0))
_RUB = BrushPreset("Rub", "smudge", Brush(size_pixels=33))


@pytest.fixture
def box(qapp: object) -> Toolbox:
    del qapp
    box = Toolbox(Document(blank_picture(64, 64)))
    box.shelf.fill([_INK, _MIST, _RUB])
    return box


def test_a_brush_brings_its_values_and_its_tool(box: Toolbox) -> None:
    box.choose("hand")
    box.shelf.choose("rub")
    assert box.current.id == "smudge"
    assert box.current_brush() == _RUB.brush
    assert box.shelf.current == _RUB


def test_each_tool_keeps_its_own(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    box.shelf.choose("Rub")
    box.choose("brush")
    assert box.shelf.current == _INK
    box.choose("mask")
    assert box.shelf.current is None


def test_values_are_remembered_per_brush(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    wide = replace(_INK.brush, size_pixels=77.0)
    box.set_brush(wide)
    assert box.shelf.is_changed
    box.shelf.choose("Mist")
    assert box.current_brush() == _MIST.brush
    box.shelf.choose("Ink")
    assert box.current_brush() == wide


def test_reset_gives_the_saved_values_back(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    box.set_brush(replace(_INK.brush, size_pixels=77.0))
    box.shelf.note_values()
    box.shelf.reset()
    assert box.current_brush() == _INK.brush
    assert not box.shelf.is_changed


def test_what_changed_is_handed_over_once(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    assert box.shelf.take_unsaved() == ()
    box.set_brush(replace(_INK.brush, flow=0.5))
    box.shelf.note_values()
    (preset,) = box.shelf.take_unsaved()
    assert (preset.name, preset.brush.flow) == ("Ink", 0.5)
    assert box.shelf.take_unsaved() == ()


def test_what_was_used_last_comes_back_the_next_time(box: Toolbox) -> None:
    used = replace(_INK, brush=replace(_INK.brush, opacity=0.25))
    box.shelf.fill([_INK], [used])
    box.shelf.hold("ink")
    assert box.current_brush().opacity == 0.25


def test_holding_does_not_change_the_tool(box: Toolbox) -> None:
    before = box.current_brush()
    box.shelf.hold("Rub")
    box.shelf.hold("there is no such brush")
    assert box.current.id == "brush"
    assert box.current_brush() == before


def test_a_renamed_brush_stays_in_the_hand(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    box.shelf.renamed("Ink", "Quill")
    box.shelf.fill([replace(_INK, name="Quill")])
    assert box.shelf.current is not None
    assert box.shelf.current.name == "Quill"


def test_a_brush_that_is_gone_leaves_the_hand(box: Toolbox) -> None:
    box.shelf.choose("Ink")
    box.shelf.fill([_MIST])
    assert box.shelf.current is None
    with pytest.raises(KeyError):
        box.shelf.choose("Ink")
