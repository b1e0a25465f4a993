"""The view turned and mirrored: what is painted lands under the pointer, the picture stays."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.document.render import render
from aipaint.pixels.brush import Brush, Color
from aipaint.pixels.rect import Rect
from aipaint.ui.canvas.viewport import Viewport
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_FRAME = Rect(0, 0, 600, 400)
_KEYS = Qt.KeyboardModifier


@pytest.fixture
def turned(starting: Rig) -> Rig:
    """A photograph at 100 %, a hard red brush; the view turned by 30° and mirrored."""
    starting.show_picture(picture_of(photograph(600, 400)))
    starting.toolbox.brush = Brush(size_pixels=20, hardness=1.0, pressure_to_size=False)
    starting.toolbox.color = Color(255, 0, 0)
    view = _view(starting)
    view.set_mirrored(True)
    view.turn_to(30)
    return starting


def _view(rig: Rig) -> Viewport:
    return rig.inside.canvas.view_port


def _key(rig: Rig, text: str, modifiers: Qt.KeyboardModifier = _KEYS.NoModifier) -> None:
    key = Qt.Key(ord(text.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(rig.inside.canvas, QKeyEvent(kind, key, modifiers, text))


def test_a_stroke_lands_under_the_pointer_and_is_seen_there(turned: Rig) -> None:
    before = render(turned.document.picture, _FRAME)
    turned.drag((200, 150), (260, 150))
    after = render(turned.document.picture, _FRAME)
    rows, columns = np.nonzero((after != before).any(axis=2))
    assert abs(rows.min() - 140) <= 1
    assert abs(rows.max() - 159) <= 1
    assert abs(columns.min() - 190) <= 1
    assert abs(columns.max() - 269) <= 1
    point = turned.at(230, 150)
    assert turned.seen()[point.y(), point.x()].tolist() == [0, 0, 255, 255]


def test_turning_changes_no_pixel_and_leaves_no_seams(starting: Rig) -> None:
    white = np.full((900, 900, 4), 255, np.uint8)
    starting.show_picture(picture_of(white))
    before = render(starting.document.picture, Rect(0, 0, 900, 900))
    for degrees in (0.0, 12.5, 45.0, 90.0, -170.0):
        _view(starting).turn_to(degrees)
        starting.inside.canvas.centerOn(450, 450)
        seen = starting.seen()
        middle = seen[seen.shape[0] // 2 - 150 : seen.shape[0] // 2 + 150]
        middle = middle[:, seen.shape[1] // 2 - 150 : seen.shape[1] // 2 + 150]
        assert (middle == 255).all()
    assert (render(starting.document.picture, Rect(0, 0, 900, 900)) == before).all()
    assert not starting.document.is_modified


def test_the_point_in_the_middle_stays_there(turned: Rig) -> None:
    canvas, view = turned.inside.canvas, _view(turned)
    before = canvas.visible_center()
    acts: list[Callable[[], None]] = [
        lambda: view.turn_to(77),
        lambda: view.set_mirrored(False),
        lambda: view.set_zoom(2.0),
        lambda: view.set_mirrored(True),
        lambda: view.turn_to(0),
    ]
    for act in acts:
        act()
        apart = canvas.visible_center() - before
        assert apart.manhattanLength() < 3


def test_in_a_mirror_left_and_right_change_places_only(turned: Rig) -> None:
    view = _view(turned)
    view.turn_to(0)
    left, right = turned.at(100, 200), turned.at(500, 200)
    assert left.x() > right.x()
    assert left.y() == right.y()
    turned.trigger("view.mirror")
    assert turned.at(100, 200).x() < turned.at(500, 200).x()
    assert not turned.inside.actions["view.mirror"].isChecked()


def test_a_mirrored_view_leans_the_other_way(starting: Rig) -> None:
    view = _view(starting)
    view.turn_to(20)
    view.set_mirrored(True)
    assert view.degrees == pytest.approx(-20)


def test_number_pad_turns_and_sets_upright_and_digits_too_without_a_brush(starting: Rig) -> None:
    starting.show_picture(picture_of(photograph(600, 400)))
    view, pad = _view(starting), _KEYS.KeypadModifier
    _key(starting, "6", pad)
    _key(starting, "6", pad)
    assert view.degrees == 30
    _key(starting, "4", pad)
    assert view.degrees == 15
    opacity = starting.toolbox.brush.opacity
    starting.trigger("tool.move")
    _key(starting, "4")
    assert view.degrees == 0
    _key(starting, "6")
    _key(starting, "5")
    assert view.degrees == 0
    assert starting.toolbox.brush.opacity == opacity


def test_shift_space_drag_turns_around_the_middle(starting: Rig) -> None:
    starting.show_picture(picture_of(photograph(600, 400)))
    canvas = starting.inside.canvas
    viewport, middle = canvas.viewport(), canvas.viewport().rect().center()
    space = (Qt.Key.Key_Space, _KEYS.ShiftModifier, " ")
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyPress, *space))
    start, end = middle + QPoint(200, 0), middle + QPoint(0, 200)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _KEYS.ShiftModifier, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, _KEYS.ShiftModifier, end)
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyRelease, *space))
    assert _view(starting).degrees == pytest.approx(90, abs=1)
    assert not starting.document.is_modified


def test_fit_shows_the_whole_frame_also_turned(turned: Rig) -> None:
    turned.trigger("view.fit")
    shown = turned.inside.canvas.viewport().rect()
    for corner in ((0, 0), (600, 0), (600, 400), (0, 400)):
        assert shown.contains(turned.at(*corner))


def test_the_zoom_tool_zooms_to_a_click_and_to_a_rectangle(starting: Rig) -> None:
    starting.show_picture(picture_of(photograph(600, 400)))
    starting.trigger("tool.zoom")
    under = starting.at(150, 100)
    starting.drag((150, 100))
    assert _view(starting).zoom == 1.5
    assert (starting.at(150, 100) - under).manhattanLength() <= 2
    starting.drag((100, 100), (200, 160))
    seen = _view(starting).visible()
    assert seen.contains(Rect(100, 100, 100, 60))
    assert seen.width < 260
