"""Mask and selection as areas: commands, undo, names, and what a selection does to painting."""

import numpy as np
import pytest

from aipaint.document.areas import AreaKind, area_of_kind, combine_area, set_area
from aipaint.document.change import Part
from aipaint.document.document import Document
from aipaint.document.keep_area import KeepArea
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import Combine, is_same_area, rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_LEFT, _RIGHT = rectangle_area(Rect(0, 0, 60, 80)), rectangle_area(Rect(40, 0, 60, 80))


def _covered(picture: Picture, kind: AreaKind) -> list[int]:
    """The columns that are covered in the first row."""
    row = area_of_kind(picture, kind).read(Rect(0, 0, 100, 1))[0]
    return np.flatnonzero(row).tolist()


def _combine(document: Document, kind: AreaKind, area: TileMap, how: Combine) -> None:
    command = combine_area("Combine", document.picture, kind, area, how)
    if command is not None:
        document.do(command)


@pytest.mark.parametrize("kind", AreaKind)
def test_the_four_ways_and_their_undo(kind: AreaKind) -> None:
    document = Document(blank_picture(100, 80))
    _combine(document, kind, _LEFT, Combine.REPLACE)
    expected = {
        Combine.ADD: range(100),
        Combine.SUBTRACT: range(40),
        Combine.INTERSECT: range(40, 60),
        Combine.REPLACE: range(40, 100),
    }
    for how, columns in expected.items():
        _combine(document, kind, _RIGHT, how)
        assert _covered(document.picture, kind) == list(columns)
        document.undo()
        assert _covered(document.picture, kind) == list(range(60))
    document.undo()
    assert not len(area_of_kind(document.picture, kind))
    assert document.picture.selection is None


def test_where_nothing_is_selected_everything_is() -> None:
    document = Document(blank_picture(100, 80))
    _combine(document, AreaKind.SELECTION, _RIGHT, Combine.SUBTRACT)
    assert _covered(document.picture, AreaKind.SELECTION) == list(range(40))
    document.undo()
    _combine(document, AreaKind.SELECTION, _RIGHT, Combine.INTERSECT)
    assert _covered(document.picture, AreaKind.SELECTION) == list(range(40, 100))


def test_a_selection_of_nothing_is_no_selection() -> None:
    document = Document(blank_picture(100, 80))
    document.do(SetSelection("Select", _LEFT))
    _combine(document, AreaKind.SELECTION, _LEFT, Combine.SUBTRACT)
    assert document.picture.selection is None
    document.undo()
    assert document.picture.selection is not None


def test_setting_what_is_there_already_is_no_step() -> None:
    picture = blank_picture(100, 80)
    assert set_area("Mask", picture, AreaKind.MASK, TileMap(TileFormat.COVERAGE)) is None
    picture.mask.swap(_LEFT.with_pixels(Rect(0, 0, 1, 1), np.full((1, 1), 255, np.uint8)))
    assert set_area("Mask", picture, AreaKind.MASK, _LEFT) is None


def test_the_change_names_the_part_and_only_what_differs() -> None:
    picture = blank_picture(2000, 2000)
    SetSelection("Select", rectangle_area(Rect(0, 0, 1500, 300))).apply(picture)
    change = SetSelection("Select", rectangle_area(Rect(0, 0, 1500, 256))).apply(picture)
    assert change.parts == Part.SELECTION
    assert change.dirty == Rect(0, 256, 1536, 256)


def test_a_snapshot_keeps_selection_and_names() -> None:
    document = Document(blank_picture(100, 80))
    document.do(SetSelection("Select", _LEFT))
    document.do(KeepArea("Keep", "left", _LEFT))
    snapshot = document.picture.snapshot()
    document.do(SetSelection("Deselect", None))
    document.do(KeepArea("Forget", "left", None))
    assert snapshot.selection is not None
    assert is_same_area(snapshot.selection, _LEFT)
    assert list(snapshot.kept) == ["left"]


def test_names_are_kept_replaced_dropped_and_undone() -> None:
    document = Document(blank_picture(100, 80))
    document.do(KeepArea("Keep", "sky", _LEFT))
    document.do(KeepArea("Keep", "ground", _RIGHT))
    assert list(document.picture.kept) == ["ground", "sky"]
    document.do(KeepArea("Keep", "sky", _RIGHT))
    assert is_same_area(document.picture.kept["sky"], _RIGHT)
    document.do(KeepArea("Forget", "ground", None))
    assert list(document.picture.kept) == ["sky"]
    document.go_to(2)
    assert is_same_area(document.picture.kept["sky"], _LEFT)
    document.go_to(0)
    assert not document.picture.kept


def test_a_kept_area_does_not_follow_the_mask_it_came_from() -> None:
    document = Document(blank_picture(100, 80))
    _combine(document, AreaKind.MASK, _LEFT, Combine.REPLACE)
    document.do(KeepArea("Keep", "first", document.picture.mask))
    _combine(document, AreaKind.MASK, _RIGHT, Combine.ADD)
    assert is_same_area(document.picture.kept["first"], _LEFT)


def test_selecting_a_huge_frame_costs_no_memory() -> None:
    command = SetSelection("Select all", rectangle_area(Rect(0, 0, 16_384, 16_384)))
    command.apply(blank_picture(16_384, 16_384))
    assert command.byte_size == 0
