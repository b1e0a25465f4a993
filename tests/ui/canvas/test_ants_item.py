"""The outline of a selection: on the edge, visible on black and on white, moving, and cheap."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from aipaint.document.edit_tiles import EditTiles
from aipaint.document.picture import blank_picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from tests.ui.rig import Rig

_PLACE = Rect(60, 50, 120, 90)


def _show(rig: Rig, gray: int) -> None:
    picture = blank_picture(300, 200)
    pixels = np.full((200, 300, 4), gray, np.uint8)
    pixels[..., 3] = 255
    tiles = picture.active_layer.tiles
    edits = tiles.with_pixels(picture.frame, pixels)
    rig.show_picture(picture)
    rig.document.do(EditTiles.replacing("Fill", picture, picture.active_layer_id, edits))
    rig.inside.canvas.ants_item.set_moving(False)


def _differing(rig: Rig) -> np.ndarray:
    """Which pixels of the canvas view the selection changes."""
    before = rig.seen()
    rig.document.do(SetSelection("Select", rectangle_area(_PLACE)))
    return np.asarray((rig.seen() != before).any(axis=2))


@pytest.mark.parametrize("gray", [0, 255, 128])
def test_the_edge_shows_on_any_ground_and_nothing_else_does(starting: Rig, gray: int) -> None:
    _show(starting, gray)
    marks = _differing(starting)
    rows, columns = np.nonzero(marks)
    corner = starting.at(_PLACE.x, _PLACE.y)
    assert abs(columns.min() - corner.x()) <= 4
    assert abs(rows.min() - corner.y()) <= 4
    round_trip = 2 * (_PLACE.width + _PLACE.height)
    # On gray every pixel of the line differs, on black and white half of them.
    share = np.count_nonzero(marks) / round_trip
    assert share == pytest.approx(1.0 if gray == 128 else 0.5, abs=0.1)
    inner = marks[corner.y() + 3 : corner.y() + 80, corner.x() + 3 : corner.x() + 110]
    assert not inner.any()


def test_a_step_moves_the_stripes_along_the_same_edge(starting: Rig) -> None:
    _show(starting, 128)
    _differing(starting)
    ants = starting.inside.canvas.ants_item
    before = starting.seen()
    ants._on_step()
    after = starting.seen()
    moved = (before != after).any(axis=2)
    assert 0 < np.count_nonzero(moved) < 2 * (_PLACE.width + _PLACE.height)


def test_turned_and_zoomed_the_edge_is_where_the_selection_is(starting: Rig) -> None:
    _show(starting, 128)
    starting.inside.canvas.view_port.set_zoom(2.0)
    QApplication.processEvents()
    rows, columns = np.nonzero(_differing(starting))
    corner = starting.at(_PLACE.x, _PLACE.y)
    assert abs(columns.min() - corner.x()) <= 4
    assert np.ptp(columns) == pytest.approx(2 * _PLACE.width, abs=3)
    assert np.ptp(rows) == pytest.approx(2 * _PLACE.height, abs=3)


def test_without_a_selection_nothing_runs(starting: Rig) -> None:
    ants = starting.inside.canvas.ants_item
    states = [ants.is_running]
    starting.document.do(SetSelection("Select", rectangle_area(_PLACE)))
    states.append(ants.is_running)
    starting.document.undo()
    states.append(ants.is_running)
    assert states == [False, True, False]
    assert not ants.isVisible()
