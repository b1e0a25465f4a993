"""The Select and Mask menus in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QPushButton

from aipaint.document.areas import AreaKind, area_of_kind
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.picture import blank_picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import is_same_area, rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.dialogs.area_amount import AreaAmountDialog
from aipaint.ui.dialogs.area_name import AreaNameDialog
from aipaint.ui.dialogs.mask_look import MaskLookDialog
from aipaint.ui.mask_look import Hatching, MaskLook
from aipaint.ui.window_state import WindowState
from tests.ui.rig import Rig, make_rig

_FRAME = Rect(0, 0, 300, 200)
_PLACE = Rect(50, 40, 100, 80)
_KEYS = Qt.KeyboardModifier


@pytest.fixture
def ready(rig: Rig) -> Rig:
    rig.show_picture(blank_picture(300, 200))
    return rig


def _area(rig: Rig, kind: AreaKind) -> TileMap:
    return area_of_kind(rig.document.picture, kind)


def _select(rig: Rig, rect: Rect = _PLACE) -> None:
    rig.document.do(SetSelection("Select", rectangle_area(rect)))


def _is(area: TileMap, rect: Rect) -> bool:
    return is_same_area(area, rectangle_area(rect))


def _key(rig: Rig, key: Qt.Key, keys: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(rig.inside.canvas, key, keys or Qt.KeyboardModifier.NoModifier)


def _press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def _answer(kind: type[QDialog], act: object) -> None:
    """Do this with the next dialog of that kind that blocks."""

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible():
                act(widget)  # type: ignore[operator]
                return
        QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def test_all_none_and_invert(ready: Rig) -> None:
    ready.trigger("select.all")
    assert _is(_area(ready, AreaKind.SELECTION), _FRAME)
    ready.trigger("select.none")
    assert ready.document.picture.selection is None
    assert not ready.inside.actions["select.none"].isEnabled()
    _select(ready, Rect(0, 0, 100, 200))
    ready.trigger("select.invert")
    assert _is(_area(ready, AreaKind.SELECTION), Rect(100, 0, 200, 200))
    ready.trigger("edit.undo")
    assert _is(_area(ready, AreaKind.SELECTION), Rect(0, 0, 100, 200))


def test_keys_of_other_painting_programs(ready: Rig) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    _key(ready, Qt.Key.Key_A, control)
    assert _is(_area(ready, AreaKind.SELECTION), _FRAME)
    _key(ready, Qt.Key.Key_D, control)
    assert not ready.inside.canvas.ants_item.isVisible()
    for key, tool in (
        (Qt.Key.Key_M, "selectRectangle"),
        (Qt.Key.Key_L, "selectLasso"),
        (Qt.Key.Key_W, "selectWand"),
    ):
        _key(ready, key)
        assert ready.toolbox.current.id == tool


def test_a_drag_on_the_canvas_selects_and_a_stroke_stays_inside(ready: Rig) -> None:
    ready.trigger("tool.selectRectangle")
    ready.drag((50, 40), (100, 80), (150, 120))
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)
    ready.trigger("tool.brush")
    ready.drag((10, 80), (150, 80), (290, 80))
    painted = ready.document.picture.active_layer.tiles.bounds()
    assert painted.width == 100
    assert _PLACE.contains(painted)


def test_the_right_button_takes_away(ready: Rig) -> None:
    ready.trigger("mask.rectangle")
    ready.drag((50, 40), (100, 80), (150, 120))
    ready.drag((100, 20), (120, 80), (200, 150), button=Qt.MouseButton.RightButton)
    assert _is(_area(ready, AreaKind.MASK), Rect(50, 40, 50, 80))


def test_a_polygon_takes_enter_backspace_and_escape(ready: Rig) -> None:
    ready.trigger("tool.selectPolygon")
    for corner in ((50, 40), (150, 40), (220, 190), (150, 120), (50, 120)):
        ready.drag(corner)
    for _ in range(3):
        _key(ready, Qt.Key.Key_Backspace)
    for corner in ((150, 120), (50, 120)):
        ready.drag(corner)
    _key(ready, Qt.Key.Key_Return)
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)
    for corner in ((10, 10), (90, 10), (90, 90)):
        ready.drag(corner)
    assert ready.inside.canvas.tool_item.shapes
    _key(ready, Qt.Key.Key_Escape)
    assert not ready.inside.canvas.tool_item.shapes
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)


def test_mask_and_selection_become_each_other(ready: Rig) -> None:
    _select(ready)
    ready.trigger("mask.fromSelection")
    assert _is(_area(ready, AreaKind.MASK), _PLACE)
    ready.trigger("select.none")
    ready.trigger("select.fromMask")
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)
    ready.trigger("mask.clear")
    assert not len(ready.document.picture.mask)
    ready.trigger("mask.all")
    assert _is(_area(ready, AreaKind.MASK), _PLACE)
    ready.trigger("mask.invert")
    assert ready.document.picture.mask.read(_FRAME)[0, 0] == 255
    assert not ready.document.picture.mask.read(_PLACE).any()


def test_what_the_layer_has_painted(ready: Rig) -> None:
    picture = ready.document.picture
    pixels = np.full((80, 100, 4), 128, np.uint8)
    edits = picture.active_layer.tiles.with_pixels(_PLACE, pixels)
    ready.document.do(EditTiles.replacing("Fill", picture, picture.active_layer_id, edits))
    ready.trigger("mask.fromLayer")
    ready.wait(lambda: bool(len(picture.mask)))
    assert (picture.mask.read(_PLACE) == 128).all()
    assert picture.mask.bounds() == _PLACE


@pytest.mark.parametrize("kind", AreaKind)
def test_growing_shows_itself_first_and_cancel_takes_it_back(ready: Rig, kind: AreaKind) -> None:
    canvas = ready.inside.canvas
    _select(ready)
    if kind is AreaKind.MASK:
        ready.trigger("mask.fromSelection")

    def shown() -> Rect:
        on_ants = canvas.ants_item.area
        assert on_ants is not None
        return (canvas.mask_item.mask if kind is AreaKind.MASK else on_ants).bounds()

    steps = ready.document.undo_stack.index
    ready.trigger(f"{'select' if kind is AreaKind.SELECTION else 'mask'}.grow")
    dialog = ready.find(AreaAmountDialog, "areaAmountDialog")
    dialog.amount.number.setValue(10)
    ready.wait(lambda: shown() == _PLACE.expanded(10))
    dialog.amount.number.setValue(20)
    ready.wait(lambda: shown() == _PLACE.expanded(20))
    assert ready.document.undo_stack.index == steps
    dialog.reject()
    assert shown() == _PLACE
    assert _is(_area(ready, kind), _PLACE)


@pytest.mark.parametrize("kind", AreaKind)
@pytest.mark.parametrize(
    ("verb", "width"), [("grow", 112), ("shrink", 88), ("feather", 112), ("border", 106)]
)
def test_an_amount_that_is_applied_is_one_step(
    ready: Rig, verb: str, width: int, kind: AreaKind
) -> None:
    _select(ready)
    if kind is AreaKind.MASK:
        ready.trigger("mask.fromSelection")
    steps = ready.document.undo_stack.index
    ready.trigger(f"{'select' if kind is AreaKind.SELECTION else 'mask'}.{verb}")
    dialog = ready.find(AreaAmountDialog, "areaAmountDialog")
    for pixels in (3, 5, 6):
        dialog.amount.number.setValue(pixels)
    _press(dialog, "areaApplyButton")
    ready.wait(lambda: ready.document.undo_stack.index == steps + 1)
    bounds = _area(ready, kind).bounds()
    if verb == "feather":
        assert width <= bounds.width <= _PLACE.width + 2 * 14
    else:
        assert bounds.width == width
    ready.trigger("edit.undo")
    assert _is(_area(ready, kind), _PLACE)


def test_the_mask_alone_is_white_on_black_and_can_be_painted_on(ready: Rig) -> None:
    _select(ready)
    ready.trigger("mask.fromSelection")
    ready.trigger("select.none")
    inside, outside = ready.at(90, 80), ready.at(250, 150)

    def gray(point: QPoint) -> list[int]:
        return list(ready.seen()[point.y(), point.x(), :3])

    tinted = gray(inside)
    assert tinted != [255, 255, 255]
    _key(ready, Qt.Key.Key_Q, _KEYS.ControlModifier | _KEYS.AltModifier)
    assert gray(inside) == [255, 255, 255]
    assert gray(outside) == [0, 0, 0]
    assert "mask" in ready.inside.status.hint.text()
    ready.trigger("tool.mask")
    ready.drag((240, 150), (260, 150))
    ready.inside.canvas.pointer.left.emit()  # without the outline of the brush
    assert gray(outside) == [255, 255, 255]
    ready.trigger("edit.undo")
    ready.trigger("mask.alone")
    ready.inside.canvas.pointer.left.emit()
    assert gray(inside) == tinted
    assert gray(outside) != [0, 0, 0]


def _names(rig: Rig, name: str) -> list[str]:
    menu = rig.find(QMenu, name)
    parent = menu.parent()
    assert isinstance(parent, QMenu)
    parent.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_a_mask_is_kept_by_name_loaded_as_selection_and_forgotten(ready: Rig) -> None:
    _select(ready)
    ready.trigger("mask.fromSelection")
    ready.trigger("select.none")

    def name_it(dialog: AreaNameDialog) -> None:
        dialog.edit.setText("  the hull ")
        dialog.accept()

    _answer(AreaNameDialog, name_it)
    ready.trigger("mask.keep")
    assert list(ready.document.picture.kept) == ["the hull"]
    ready.trigger("mask.clear")
    assert _names(ready, "menu.selection.load") == ["the hull"]
    ready.find(QMenu, "menu.selection.load").actions()[0].trigger()
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)
    assert _names(ready, "menu.mask.forget") == ["the hull"]
    ready.find(QMenu, "menu.mask.forget").actions()[0].trigger()
    assert not ready.document.picture.kept
    assert _names(ready, "menu.mask.load") == []
    ready.trigger("edit.undo")
    assert _names(ready, "menu.mask.load") == ["the hull"]


def test_a_name_that_is_taken_is_said(ready: Rig) -> None:
    dialog = AreaNameDialog(ready.window, "Keep", {"Area 1": 0, "sky": 0})
    assert dialog.name == "Area 2"
    button = dialog.findChild(QPushButton, "areaKeepButton")
    assert button is not None
    dialog.edit.setText(" sky ")
    assert button.text() == "Replace"
    dialog.edit.setText("  ")
    assert not button.isEnabled()
    dialog.deleteLater()


def test_import_and_export(ready: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _select(ready)
    ready.trigger("mask.fromSelection")
    path = tmp_path / "mask.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    ready.trigger("mask.export")
    ready.wait(path.is_file)
    ready.trigger("mask.clear")
    ready.wait(lambda: not ready.inside._background.is_busy)
    ready.trigger("mask.import")
    ready.wait(lambda: _is(_area(ready, AreaKind.MASK), _PLACE))
    Image.new("L", (30, 20), 255).save(path)
    ready.trigger("mask.import")
    ready.wait(lambda: ready.window.findChild(QMessageBox, "messageDialog") is not None)
    box = ready.find(QMessageBox, "messageDialog")
    assert "30 × 20" in box.text()
    box.accept()
    assert _is(_area(ready, AreaKind.MASK), _PLACE)


def test_the_look_of_the_mask_is_seen_at_once_and_remembered(ready: Rig) -> None:
    item = ready.inside.canvas.mask_item
    seen: list[MaskLook] = []

    def choose(dialog: MaskLookDialog) -> None:
        dialog.opacity.number.setValue(70)
        dialog.hatching.setCurrentIndex(dialog.hatching.findData(Hatching.DOTS))
        dialog.hatching.activated.emit(dialog.hatching.currentIndex())
        seen.append(item.look)
        dialog.accept()

    _answer(MaskLookDialog, choose)
    ready.trigger("mask.look")
    wanted = MaskLook(MaskLook().color, 70, Hatching.DOTS)
    assert seen == [wanted]
    assert item.look == wanted
    state = WindowState(ready.inside._state.home)
    assert state.mask_look == wanted


def test_a_look_that_is_not_wanted_is_taken_back(ready: Rig) -> None:
    item = ready.inside.canvas.mask_item

    def refuse(dialog: MaskLookDialog) -> None:
        dialog.opacity.number.setValue(90)
        assert item.look.opacity_percent == 90
        dialog.reject()

    _answer(MaskLookDialog, refuse)
    ready.trigger("mask.look")
    assert item.look == MaskLook()


def test_a_damaged_look_in_the_settings_is_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text(
        "[mask]\ncolor=red;drop\nopacity_percent=-3\nhatching=waves\n"
    )
    assert WindowState(tmp_path).mask_look == MaskLook()


def test_mask_and_selection_survive_prompt_and_tool_changes(ready: Rig) -> None:
    _select(ready)
    ready.trigger("mask.fromSelection")
    for tool in ready.toolbox.tools:
        ready.trigger(f"tool.{tool.id}")
    ready.inside.docks.prompt.prompt_edit.setPlainText("a red balloon")
    assert _is(_area(ready, AreaKind.MASK), _PLACE)
    assert _is(_area(ready, AreaKind.SELECTION), _PLACE)


def test_the_bar_shows_what_the_tool_has(ready: Rig) -> None:
    bar = ready.inside.select_bar
    ready.trigger("tool.selectWand")
    assert ready.inside.tool_options.currentWidget() is bar
    assert bar.tolerance.isVisible()
    assert not bar.take.isVisible()
    bar.tolerance.number.setValue(9)
    bar.contiguous.click()
    assert ready.toolbox.selecting.tolerance == 9
    assert not ready.toolbox.selecting.is_contiguous
    ready.trigger("tool.selectSmart")
    assert bar.take.isVisible()
    assert not bar.tolerance.isVisible()
    ready.trigger("mask.lasso")
    assert ready.toolbox.selecting.kind is AreaKind.MASK
    assert bar.kind.currentData() is AreaKind.MASK
    ready.trigger("tool.brush")
    assert ready.inside.tool_options.currentWidget() is not bar


def test_reduced_motion_is_remembered_and_stops_the_ants(ready: Rig) -> None:
    _select(ready)
    ants = ready.inside.canvas.ants_item
    states = [ants.is_running]
    for _ in range(2):
        ready.trigger("view.reduceMotion")
        states.append(ants.is_running)
        assert ants.isVisible()
        is_reduced = WindowState(ready.inside._state.home).reduces_motion
        assert is_reduced is not ants.is_running
    assert states == [True, False, True]


def test_a_window_begins_with_what_it_remembers(ready: Rig, tmp_path: Path) -> None:
    home = tmp_path / "other"
    state = WindowState(home)
    state.mask_look = MaskLook("#00ff00", 20, Hatching.NONE)
    state.reduces_motion = True
    state._settings.sync()
    other = make_rig(ready.qtbot, home, None)
    assert other.inside.canvas.mask_item.look == MaskLook("#00ff00", 20, Hatching.NONE)
    assert other.inside.actions["view.reduceMotion"].isChecked()
