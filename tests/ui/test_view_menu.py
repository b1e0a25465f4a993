"""Full screen, hidden panels and the pixel grid, by their keys; what is remembered of them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QPlainTextEdit, QToolBar
from pytestqt.qtbot import QtBot

from aipaint.document.edit_tiles import EditTiles
from aipaint.document.picture import blank_picture
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.rect import Rect
from tests.ui.rig import Rig, make_rig


def _parts(rig: Rig) -> dict[str, bool]:
    """Every panel and tool bar, and whether it is there."""
    parts = (*rig.window.findChildren(QDockWidget), *rig.window.findChildren(QToolBar))
    return {part.objectName(): not part.isHidden() for part in parts}


def _fronts(rig: Rig) -> set[str]:
    QApplication.processEvents()
    docks = rig.window.findChildren(QDockWidget)
    return {dock.objectName() for dock in docks if not dock.visibleRegion().isEmpty()}


def _sizes(rig: Rig) -> dict[str, tuple[int, int]]:
    docks = rig.window.findChildren(QDockWidget)
    return {dock.objectName(): dock.size().toTuple() for dock in docks if dock.isVisible()}


def _tab(rig: Rig) -> None:
    rig.inside.canvas.setFocus()
    QTest.keyClick(rig.inside.canvas, Qt.Key.Key_Tab)


def test_tab_hides_the_panels_and_brings_them_back_as_they_were(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.find(QDockWidget, "jobsDock").raise_()
    starting.find(QDockWidget, "budgetDock").hide()
    starting.window.resizeDocks(
        [starting.find(QDockWidget, "promptDock"), starting.find(QDockWidget, "jobsDock")],
        [1, 3],
        Qt.Orientation.Vertical,
    )
    parts, fronts, sizes = _parts(starting), _fronts(starting), _sizes(starting)
    assert "jobsDock" in fronts
    _tab(starting)
    assert not any(_parts(starting).values())
    assert starting.window.menuBar().isVisible()
    assert starting.inside.status.isVisible()
    assert starting.inside.actions["view.hidePanels"].isChecked()
    assert starting.inside.canvas.hasFocus()
    _tab(starting)
    assert _parts(starting) == parts
    assert _fronts(starting) == fronts
    assert _sizes(starting) == sizes


def test_results_that_wait_for_a_decision_stay(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.inside.docks.show_results()
    starting.trigger("view.hidePanels")
    assert starting.inside.docks.strip_dock.isVisible()
    starting.inside.docks.hide_results()
    starting.trigger("view.hidePanels")
    assert not starting.inside.docks.strip_dock.isVisible()


def test_tab_in_a_text_field_moves_on(starting: Rig) -> None:
    starting.inside.show_canvas()
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    prompt.setFocus()
    QTest.keyClick(prompt, Qt.Key.Key_Tab)
    assert not prompt.hasFocus()
    assert prompt.isVisible()
    assert not starting.inside.actions["view.hidePanels"].isChecked()


def test_who_leaves_with_hidden_panels_has_them_the_next_time(
    starting: Rig, qtbot: QtBot, tmp_path: Path
) -> None:
    starting.inside.show_canvas()
    parts = _parts(starting)
    _tab(starting)
    starting.window.close()
    again = make_rig(qtbot, tmp_path / "home", None)
    assert _parts(again) == parts
    assert not again.inside.actions["view.hidePanels"].isChecked()


def test_full_screen_and_back(starting: Rig, qtbot: QtBot, tmp_path: Path) -> None:
    starting.inside.show_canvas()
    action = starting.inside.actions["view.fullScreen"]
    QTest.keyClick(starting.inside.canvas, Qt.Key.Key_F11)
    starting.wait(starting.window.isFullScreen)
    assert action.isChecked()
    # Whoever ends it, the menu tells how it is.
    starting.window.showNormal()
    starting.wait(lambda: not starting.window.isFullScreen())
    assert not action.isChecked()
    action.trigger()
    starting.wait(starting.window.isFullScreen)
    starting.window.close()
    assert not make_rig(qtbot, tmp_path / "home", None).window.isFullScreen()


def _gray(rig: Rig, gray: int) -> None:
    picture = blank_picture(60, 40)
    rig.show_picture(picture)
    pixels = np.full((40, 60, 4), gray, np.uint8)
    pixels[..., 3] = 255
    edits = picture.active_layer.tiles.with_pixels(picture.frame, pixels)
    rig.document.do(EditTiles.replacing("Fill", picture, picture.active_layer_id, edits))


def _lines(rig: Rig) -> np.ndarray:
    """Which pixels of the view the grid changes."""
    shown = rig.seen()
    rig.trigger("view.pixelGrid")
    without = rig.seen()
    rig.trigger("view.pixelGrid")
    return np.asarray((shown != without).any(axis=2))


@pytest.mark.parametrize("gray", [0, 128, 255])
def test_the_grid_lies_between_the_pixels_of_the_frame(starting: Rig, gray: int) -> None:
    _gray(starting, gray)
    canvas = starting.inside.canvas
    canvas.view_port.set_zoom(10.0)
    lines = _lines(starting)
    corner, end = starting.at(20, 15), starting.at(30, 20)
    assert canvas.viewport().rect().contains(end)
    cell = lines[corner.y() : end.y(), corner.x() : end.x()]
    assert cell.shape == (50, 100)
    # At least every other dash shows on black and on white, all of them on gray.
    on_line = np.zeros_like(cell)
    on_line[::10], on_line[:, ::10] = True, True
    assert not cell[~on_line].any()
    assert cell[on_line].mean() > 0.4


def test_the_grid_turns_with_the_view(starting: Rig) -> None:
    _gray(starting, 128)
    view = starting.inside.canvas.view_port
    view.set_zoom(12.0)
    view.turn_to(30.0)
    lines = _lines(starting)
    for x, y in ((30, 20.5), (30.5, 20), (33, 22.4)):
        at = starting.at(x, y)
        assert lines[at.y() - 1 : at.y() + 2, at.x() - 1 : at.x() + 2].any()
    middle = starting.at(30.5, 20.5)
    assert not lines[middle.y() - 2 : middle.y() + 3, middle.x() - 2 : middle.x() + 3].any()


def test_the_grid_comes_above_800_percent_and_follows_the_frame(starting: Rig) -> None:
    _gray(starting, 200)
    canvas, grid = starting.inside.canvas, starting.inside.view_menu.grid
    canvas.view_port.set_zoom(8.0)
    assert not grid.isVisible()
    canvas.view_port.set_zoom(8.1)
    assert grid.isVisible()
    starting.document.do(SetFrame(Rect(5, 5, 20, 20)))
    assert grid.boundingRect().getRect() == (5, 5, 20, 20)


def test_a_grid_that_is_not_wanted_stays_away(starting: Rig, qtbot: QtBot, tmp_path: Path) -> None:
    assert starting.inside.actions["view.pixelGrid"].isChecked()
    starting.trigger("view.pixelGrid")
    starting.window.close()
    again = make_rig(qtbot, tmp_path / "home", None)
    assert not again.inside.actions["view.pixelGrid"].isChecked()
    _gray(again, 0)
    again.inside.canvas.view_port.set_zoom(16.0)
    assert not again.inside.view_menu.grid.isVisible()
