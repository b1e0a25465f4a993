"""The pointer tells what a press would do, and a label how far a drag has come."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayLabel
from aipaint.tools.pointer_look import PointerKind, PointerLook
from aipaint.ui.canvas.pointer_shape import pointer_shape
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_Shape = Qt.CursorShape


@pytest.fixture
def easel(starting: Rig) -> Rig:
    starting.show_picture(picture_of(photograph(600, 400)))
    return starting


def _shape_at(rig: Rig, x: float, y: float) -> Qt.CursorShape:
    rig.hover(x, y)
    return rig.inside.canvas.viewport().cursor().shape()


@pytest.mark.parametrize("tool_id", ["transform", "crop", "frame"])
def test_handles_tell_where_they_stretch(easel: Rig, tool_id: str) -> None:
    easel.trigger(f"tool.{tool_id}")
    QApplication.processEvents()
    assert _shape_at(easel, 600, 400) is _Shape.SizeFDiagCursor
    assert _shape_at(easel, 600, 0) is _Shape.SizeBDiagCursor
    assert _shape_at(easel, 300, 0) is _Shape.SizeVerCursor
    assert _shape_at(easel, 0, 200) is _Shape.SizeHorCursor
    inside = _Shape.CrossCursor if tool_id == "crop" else _Shape.SizeAllCursor
    assert _shape_at(easel, 200, 150) is inside
    beside = _Shape.BitmapCursor if tool_id == "transform" else _Shape.CrossCursor
    assert _shape_at(easel, 640, 150) is beside


def test_a_turned_view_turns_the_arrows_too() -> None:
    look = PointerLook(PointerKind.STRETCH, (1, 0))
    assert pointer_shape(look, QTransform().rotate(90)) is _Shape.SizeVerCursor
    assert pointer_shape(look, QTransform().rotate(45)) is _Shape.SizeFDiagCursor
    mirrored = QTransform().scale(-1, 1)
    corner = PointerLook(PointerKind.STRETCH, (1, 1))
    assert pointer_shape(corner, mirrored) is _Shape.SizeBDiagCursor


def test_over_the_selection_the_pointer_says_that_it_moves(easel: Rig) -> None:
    easel.document.do(SetSelection("Select", rectangle_area(Rect(50, 50, 100, 100))))
    easel.trigger("tool.selectRectangle")
    assert _shape_at(easel, 80, 80) is _Shape.SizeAllCursor
    assert _shape_at(easel, 300, 80) is _Shape.CrossCursor
    easel.trigger("tool.selectWand")  # a click there selects anew
    assert _shape_at(easel, 80, 80) is _Shape.CrossCursor
    easel.trigger("tool.move")
    assert _shape_at(easel, 300, 80) is _Shape.SizeAllCursor


@pytest.mark.parametrize(
    ("tool_id", "start", "text"),
    [
        ("selectRectangle", (100, 100), "50 × 40"),
        ("crop", (100, 100), "50 × 40"),
        ("frame", (600, 400), "650 × 440"),
        ("transform", (600, 400), "660 × 440"),
    ],
)
def test_the_size_is_beside_the_pointer_while_it_drags(
    easel: Rig, tool_id: str, start: tuple[int, int], text: str
) -> None:
    easel.trigger(f"tool.{tool_id}")
    canvas = easel.inside.canvas
    viewport, (x, y) = canvas.viewport(), start
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=easel.at(x, y))
    QTest.mouseMove(viewport, easel.at(x + 50, y + 40))

    def labels() -> list[str]:
        return [one.text for one in canvas.tool_item.shapes if isinstance(one, OverlayLabel)]

    easel.wait(lambda: labels() == [text])
    where = easel.at(x + 50, y + 40)
    assert easel.seen()[where.y() + 16, where.x() + 24, :3].max() < 60
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert labels() == []
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_where_text_is_written_the_pointer_is_the_one_for_text(easel: Rig) -> None:
    easel.trigger("tool.text")
    assert _shape_at(easel, 120, 90) is _Shape.IBeamCursor
    easel.trigger("tool.fill")
    assert _shape_at(easel, 130, 90) is _Shape.CrossCursor
