"""The layers list shows the document and asks it for commands."""

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.panels.layer_model import LAYER_ROLE, LayerModel
from aipaint.ui.panels.layer_row import LayerRow
from aipaint.ui.panels.layers_panel import LayersPanel
from tests.ui.rig import Rig

_NO_KEYS = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton


def _panel(rig: Rig) -> LayersPanel:
    rig.inside.show_canvas()
    rig.trigger("layer.new")
    return rig.inside.docks.layers


def _square(value: int, x: int) -> TileMap:
    return TileMap.from_pixels(np.full((60, 60, 4), value, np.uint8), x, 20)


def _tree(rig: Rig) -> LayersPanel:
    """top, a group with "high" (masked) and "low", bottom."""
    group = Layer(LayerStyle("group"), is_group=True)
    inside = [
        Layer(LayerStyle(name), _square(255, 90), group_id=group.id) for name in ("low", "high")
    ]
    inside[1].mask = LayerMask(OpenArea())
    ends = [Layer(LayerStyle(name), _square(255, 10)) for name in ("bottom", "top")]
    rig.show_picture(Picture([ends[0], *inside, group, ends[1]], Rect(0, 0, 200, 120)))
    return rig.inside.docks.layers


def _rows(model: LayerModel, parent: QModelIndex | None = None) -> list[str]:
    """Names from the top down, groups with "(" and ")" around their contents."""
    names: list[str] = []
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        names.append(str(index.data()))
        if model.rowCount(index):
            names += ["(", *_rows(model, index), ")"]
    return names


def _layer(rig: Rig, name: str) -> Layer:
    return next(layer for layer in rig.document.picture.layers if layer.name == name)


def _index(rig: Rig, panel: LayersPanel, name: str) -> QModelIndex:
    return panel.model.index_of(_layer(rig, name).id)


def _mask_tiles(rig: Rig, name: str) -> TileMap:
    mask = _layer(rig, name).mask
    assert mask is not None
    return mask.tiles


def _place(rig: Rig, panel: LayersPanel, name: str) -> LayerRow:
    index = _index(rig, panel, name)
    panel.list.scrollTo(index)
    return LayerRow.of(_layer(rig, name), panel.list.visualRect(index))


def _click(panel: LayersPanel, at: QPoint, keys: Qt.KeyboardModifier = _NO_KEYS) -> None:
    QTest.mouseClick(panel.list.viewport(), _LEFT, keys, at)


def test_layers_are_listed_from_the_top_down_and_groups_hold_theirs(starting: Rig) -> None:
    panel = _tree(starting)
    assert _rows(panel.model) == ["top", "group", "(", "high", "low", ")", "bottom"]
    assert panel.list.currentIndex().data() == "top"
    assert panel.list.isExpanded(_index(starting, panel, "group"))


def test_choosing_a_row_makes_it_the_active_layer(starting: Rig) -> None:
    panel = _tree(starting)
    _click(panel, _place(starting, panel, "low").name.center())
    assert starting.document.picture.active_layer.name == "low"
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert starting.document.picture.active_layer.name == "high"


def test_the_eye_hides_and_shows_by_mouse_and_by_space(starting: Rig) -> None:
    panel = _panel(starting)
    layer = starting.document.picture.layers[1]
    _click(panel, LayerRow.of(layer, panel.list.visualRect(panel.list.currentIndex())).eye.center())
    assert starting.document.undo_stack.labels[-1] == "Hide layer"
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert layer.style.is_visible
    assert starting.document.undo_stack.labels[-2:] == ["Hide layer", "Show layer"]


def test_the_eye_does_not_choose_the_layer_and_alt_shows_it_alone(starting: Rig) -> None:
    panel = _tree(starting)
    eye = _place(starting, panel, "low").eye.center()
    _click(panel, eye, Qt.KeyboardModifier.AltModifier)
    layers = starting.document.picture.layers
    assert [layer.style.is_visible for layer in layers] == [False, True, False, True, False]
    assert starting.document.picture.active_layer.name == "top"
    _click(panel, eye, Qt.KeyboardModifier.AltModifier)
    assert all(layer.style.is_visible for layer in layers)
    starting.trigger("edit.undo")
    assert not layers[0].style.is_visible


def test_a_name_is_edited_in_place(starting: Rig) -> None:
    panel = _panel(starting)
    starting.trigger("layer.rename")
    editor = panel.list.findChild(QLineEdit, "layerNameEdit")
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "beg <b>sky")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    starting.wait(lambda: starting.document.picture.layers[1].name == "beg <b>sky")
    assert starting.toolbox.current.id == "brush"
    starting.trigger("edit.undo")
    assert _rows(panel.model)[0] != "beg <b>sky"


def test_a_double_click_on_the_name_renames_and_on_the_eye_does_not(starting: Rig) -> None:
    panel = _tree(starting)
    row = _place(starting, panel, "top")
    _click(panel, row.eye.center())
    QTest.mouseDClick(panel.list.viewport(), _LEFT, _NO_KEYS, row.eye.center())
    assert panel.list.findChild(QLineEdit, "layerNameEdit") is None
    assert starting.document.undo_stack.labels == ["Hide layer", "Show layer"]
    _click(panel, row.name.center())
    QTest.mouseDClick(panel.list.viewport(), _LEFT, _NO_KEYS, row.name.center())
    assert panel.list.findChild(QLineEdit, "layerNameEdit") is not None


def test_a_moving_opacity_slider_is_one_step(starting: Rig) -> None:
    panel = _panel(starting)
    steps = len(starting.document.undo_stack.labels)
    for percent in (90, 70, 50):
        panel.opacity.value_changed.emit(percent)
    assert starting.document.picture.active_layer.style.opacity == 0.5
    assert len(starting.document.undo_stack.labels) == steps + 1
    assert panel.opacity.value == 50


def test_the_blend_mode_is_set(starting: Rig) -> None:
    panel = _panel(starting)
    row = panel.blend_combo.findText(BlendMode.MULTIPLY.label)
    panel.blend_combo.setCurrentIndex(row)
    panel.blend_combo.activated.emit(row)
    assert starting.document.picture.active_layer.style.blend_mode is BlendMode.MULTIPLY
    starting.trigger("edit.undo")
    assert panel.blend_combo.currentText() == BlendMode.NORMAL.label


def _drop(rig: Rig, panel: LayersPanel, names: list[str], row: int, group: str = "") -> bool:
    """What the view does when rows are dropped above `row` of a group."""
    data = panel.model.mimeData([_index(rig, panel, name) for name in names])
    parent = _index(rig, panel, group) if group else QModelIndex()
    move = Qt.DropAction.MoveAction
    is_welcome = panel.model.canDropMimeData(data, move, row, 0, parent)
    panel.model.dropMimeData(data, move, row, 0, parent)
    return is_welcome


@pytest.mark.parametrize(
    ("names", "row", "group", "after"),
    [
        (["top"], 1, "group", ["group", "(", "high", "top", "low", ")", "bottom"]),
        (["top"], -1, "group", ["group", "(", "top", "high", "low", ")", "bottom"]),
        (["low"], 0, "", ["low", "top", "group", "(", "high", ")", "bottom"]),
        (["group"], 3, "", ["top", "bottom", "group", "(", "high", "low", ")"]),
        (["top"], -1, "", ["group", "(", "high", "low", ")", "bottom", "top"]),
        (["top", "bottom"], 2, "group", ["group", "(", "high", "low", "top", "bottom", ")"]),
        (["top"], 2, "", ["group", "(", "high", "low", ")", "top", "bottom"]),
    ],
)
def test_rows_are_dropped_into_groups_and_out_of_them(
    starting: Rig, names: list[str], row: int, group: str, after: list[str]
) -> None:
    panel = _tree(starting)
    before = _rows(panel.model)
    assert _drop(starting, panel, names, row, group)
    assert _rows(panel.model) == after
    starting.trigger("edit.undo")
    assert _rows(panel.model) == before


def test_a_group_does_not_go_into_itself_and_strange_things_nowhere(starting: Rig) -> None:
    panel = _tree(starting)
    assert not _drop(starting, panel, ["group"], 0, "group")
    strange = QMimeData()
    strange.setText("text")
    move = Qt.DropAction.MoveAction
    assert not panel.model.canDropMimeData(strange, move, 0, 0, QModelIndex())
    assert not starting.document.undo_stack.can_undo


def test_what_is_folded_stays_folded(starting: Rig) -> None:
    panel = _tree(starting)
    panel.list.collapse(_index(starting, panel, "group"))
    starting.trigger("layer.new")
    assert not panel.list.isExpanded(_index(starting, panel, "group"))
    panel.list.expand(_index(starting, panel, "group"))
    starting.trigger("edit.undo")
    assert panel.list.isExpanded(_index(starting, panel, "group"))


def test_a_click_on_the_mask_makes_it_what_tools_paint_on(starting: Rig) -> None:
    panel = _tree(starting)
    picture, high = starting.document.picture, _layer(starting, "high")
    _click(panel, _place(starting, panel, "high").mask.center())
    assert picture.paint_target == high.mask_target
    assert starting.inside.actions["layer.maskEdit"].isChecked()
    _click(panel, _place(starting, panel, "high").picture.center())
    assert picture.paint_target == high.id
    shift = Qt.KeyboardModifier.ShiftModifier
    _click(panel, _place(starting, panel, "high").mask.center(), shift)
    assert high.mask is not None
    assert not high.mask.is_enabled
    assert "mask switched off" in str(
        _index(starting, panel, "high").data(Qt.ItemDataRole.AccessibleTextRole)
    )


def test_a_brush_on_the_mask_reveals_and_the_eraser_hides(starting: Rig) -> None:
    panel = _tree(starting)
    high = _layer(starting, "high")
    _click(panel, _place(starting, panel, "high").mask.center())
    starting.trigger("tool.eraser")
    starting.drag((100, 50), (140, 50))
    assert high.mask is not None
    assert high.mask.tiles.read(Rect(120, 50, 1, 1))[0, 0] == 0
    assert high.tiles.read(Rect(120, 50, 1, 1))[0, 0, 3] == 255
    starting.trigger("tool.brush")
    starting.drag((100, 50), (140, 50))
    assert high.mask.tiles.read(Rect(120, 50, 1, 1))[0, 0] == 255
    starting.trigger("edit.undo")
    assert high.mask.tiles.read(Rect(120, 50, 1, 1))[0, 0] == 0


def test_locks_and_clipping_are_actions_with_a_check_mark(starting: Rig) -> None:
    panel = _tree(starting)
    for action_id in ("layer.lock", "layer.alphaLock", "layer.clip"):
        starting.trigger(action_id)
        assert starting.inside.actions[action_id].isChecked()
    style = _layer(starting, "top").style
    assert (style.is_locked, style.is_alpha_locked, style.is_clipped) == (True, True, True)
    spoken = str(_index(starting, panel, "top").data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "top, visible, locked, transparency locked, clipped to the layer below"
    starting.drag((20, 30), (40, 30))
    assert "locked" in starting.inside.status.hint.text()
    starting.trigger("layer.delete")
    assert "locked" in starting.inside.status.hint.text()
    assert len(starting.document.picture.layers) == 5
    starting.trigger("edit.undo")
    assert not starting.inside.actions["layer.clip"].isChecked()


def test_several_rows_are_grouped_and_deleted_together(starting: Rig) -> None:
    panel = _tree(starting)
    add = QItemSelectionModel.SelectionFlag.Select
    panel.list.selectionModel().select(_index(starting, panel, "bottom"), add)
    starting.trigger("layer.group")
    assert _rows(panel.model) == [
        "Group 1", "(", "top", "bottom", ")", "group", "(", "high", "low", ")",
    ]  # fmt: skip
    starting.trigger("layer.ungroup")
    starting.trigger("edit.undo")
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert _rows(panel.model) == ["group", "(", "high", "low", ")"]
    starting.trigger("edit.undo")
    assert len(starting.document.picture.layers) == 6


def test_raising_leaves_a_group_at_its_top(starting: Rig) -> None:
    panel = _tree(starting)
    panel.target_wanted.emit(_layer(starting, "high").id, False)
    starting.trigger("layer.lower")
    assert _rows(panel.model) == ["top", "group", "(", "low", "high", ")", "bottom"]
    starting.trigger("layer.raise")
    starting.trigger("layer.raise")
    assert _rows(panel.model) == ["top", "high", "group", "(", "low", ")", "bottom"]


def test_merging_is_done_aside_and_is_one_step(starting: Rig) -> None:
    panel = _tree(starting)
    seen = starting.seen()
    panel.target_wanted.emit(_layer(starting, "group").id, False)
    starting.trigger("layer.mergeDown")
    starting.wait(lambda: _rows(panel.model) == ["top", "group", "bottom"])
    starting.trigger("layer.flatten")
    starting.wait(lambda: _rows(panel.model) == ["Background"])
    assert (starting.seen() == seen).all()
    assert not starting.inside.actions["layer.flatten"].isEnabled()
    starting.trigger("edit.undo")
    starting.trigger("edit.undo")
    assert _rows(panel.model) == ["top", "group", "(", "high", "low", ")", "bottom"]


def test_what_was_done_meanwhile_is_not_overwritten_by_a_merge(starting: Rig) -> None:
    panel = _tree(starting)
    starting.trigger("layer.flatten")
    starting.trigger("layer.new")
    starting.wait(lambda: "meanwhile" in starting.inside.status.hint.text())
    assert len(_rows(panel.model)) == 8


def test_masks_are_added_from_the_selection_applied_and_deleted(starting: Rig) -> None:
    _tree(starting)
    top = _layer(starting, "top")
    starting.document.do(SetSelection("Select", rectangle_area(Rect(10, 20, 30, 60))))
    starting.trigger("layer.addMask")
    assert _mask_tiles(starting, "top").bounds() == Rect(10, 20, 30, 60)
    assert starting.document.picture.is_mask_active
    assert not starting.inside.actions["layer.addMask"].isEnabled()
    starting.trigger("select.none")  # its ants march while we compare
    shown = starting.seen()
    starting.trigger("layer.maskApply")
    starting.wait(lambda: top.mask is None)
    assert top.tiles.bounds() == Rect(10, 20, 30, 60)
    assert (starting.seen() == shown).all()
    starting.trigger("edit.undo")
    starting.trigger("layer.maskDelete")
    assert top.mask is None
    assert top.tiles.bounds() == Rect(10, 20, 60, 60)
    starting.trigger("layer.maskHide")
    assert not len(_mask_tiles(starting, "top"))


def test_the_menu_of_a_row_holds_what_the_layer_menu_holds(starting: Rig) -> None:
    panel = _tree(starting)
    panel.list.customContextMenuRequested.emit(_place(starting, panel, "top").name.center())
    menu = panel.list.findChild(QMenu, "layerMenu")
    assert menu is not None
    names = {action.objectName() for action in menu.actions()}
    assert {"layer.rename", "layer.mergeDown", "layer.maskApply", "layer.solo"} <= names
    menu.close()


def test_small_pictures_show_the_layer_and_its_mask(starting: Rig) -> None:
    panel = _tree(starting)
    high = _layer(starting, "high")
    starting.wait(lambda: panel.thumbnails.image(high.id) is not None)
    image = panel.thumbnails.image(high.id)
    assert image is not None
    assert image.width() == 64
    assert image.pixelColor(38, 16).alpha() == 255  # x 120 of 200, y 50 of 120
    assert image.pixelColor(5, 16).alpha() == 0
    mask = panel.thumbnails.mask_image(high.id)
    assert mask is not None
    assert mask.pixelColor(5, 5).lightness() == 255
    panel.target_wanted.emit(high.id, False)
    starting.trigger("layer.maskDelete")
    starting.wait(lambda: panel.thumbnails.mask_image(high.id) is None)


def test_the_view_finds_layers_again_after_another_picture_is_opened(starting: Rig) -> None:
    panel = _tree(starting)
    snapshot = starting.document.picture.snapshot()
    starting.show_picture(snapshot)  # the same ids, other layers
    layer = _index(starting, panel, "top").data(LAYER_ROLE)
    assert layer is _layer(starting, "top")
