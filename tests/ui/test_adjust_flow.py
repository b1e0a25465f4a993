"""Adjustments in the window: dialogs, previews, masks, and the view meanwhile."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QPushButton,
    QSlider,
    QSpinBox,
)

from aipaint.document.layer import LayerStyle
from aipaint.document.render import render
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.adjust import BrightnessContrast, Invert
from aipaint.pixels.adjust_focus import Sharpen
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.ui.dialogs.adjust_dialog import AdjustDialog
from aipaint.ui.widgets.tone_curve import ToneCurve
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_FRAME = Rect(0, 0, 600, 400)


@pytest.fixture
def editing(starting: Rig) -> Rig:
    starting.show_picture(picture_of(photograph(600, 400)))
    return starting


def _see(rig: Rig) -> np.ndarray:
    return render(rig.document.picture, _FRAME)


def _key(rig: Rig, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    rig.inside.canvas.setFocus()
    QTest.keyClick(rig.inside.canvas, key, keys)


def _dialog(rig: Rig) -> AdjustDialog:
    return rig.find(AdjustDialog, "adjustDialog")


def test_an_adjustment_previews_toggles_resets_and_applies(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("adjust.brightness")
    dialog = _dialog(editing)
    spin = editing.find(QSpinBox, "brightnessSpin")
    spin.setValue(40)
    expected = BrightnessContrast(40, 0).apply(before)
    editing.wait(lambda: bool((_see(editing) == expected).all()))
    assert not editing.document.undo_stack.can_undo
    dialog.preview.click()
    editing.wait(lambda: bool((_see(editing) == before).all()))
    dialog.preview.click()
    editing.wait(lambda: bool((_see(editing) == expected).all()))
    dialog.reset_button.click()
    assert spin.value() == 0
    editing.wait(lambda: bool((_see(editing) == before).all()))
    editing.find(QSlider, "contrastSlider").setValue(900)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    assert editing.document.undo_stack.labels == ["Brightness and contrast"]
    assert (_see(editing) == BrightnessContrast(0, 80).apply(before)).all()
    editing.wait(lambda: editing.window.findChild(AdjustDialog) is None)
    editing.trigger("edit.undo")
    assert (_see(editing) == before).all()


def test_esc_gives_an_adjustment_up_and_nothing_remains(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("adjust.hue")
    editing.find(QSpinBox, "hueSpin").setValue(90)
    editing.wait(lambda: bool((_see(editing) != before).any()))
    QTest.keyClick(_dialog(editing), Qt.Key.Key_Escape)
    assert (_see(editing) == before).all()
    assert not editing.document.undo_stack.can_undo
    editing.wait(lambda: editing.window.findChild(AdjustDialog) is None)


def test_an_adjustment_stays_within_the_selection(editing: Rig) -> None:
    chosen = Rect(50, 60, 100, 80)
    editing.document.picture.selection = rectangle_area(chosen)
    before = _see(editing)
    editing.trigger("adjust.invert")
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    expected = before.copy()
    part = chosen.slices(_FRAME)
    expected[part] = Invert().apply(before[part])
    assert (_see(editing) == expected).all()


def test_curves_are_bent_with_mouse_and_keys(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("adjust.curves")
    curve = editing.find(ToneCurve, "toneCurve")
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=curve.rect().center())
    assert [len(curve.knots)] == [3]
    for _ in range(20):
        QTest.keyClick(curve, Qt.Key.Key_Up)
    (x, y) = curve.knots[1]
    assert y > x + 0.05
    editing.wait(lambda: _see(editing).mean() > before.mean() + 3)
    QTest.keyClick(curve, Qt.Key.Key_Delete)
    assert list(curve.knots) == [(0.0, 0.0), (1.0, 1.0)]
    _dialog(editing).reject()


@pytest.mark.parametrize("name", ["levels", "balance", "blur", "sharpen"])
def test_every_dialog_opens_previews_and_applies(editing: Rig, name: str) -> None:
    before = _see(editing)
    spins = {"levels": ("levelsBlackSpin", 60), "balance": ("balanceRedSpin", 70),
             "blur": ("blurRadiusSpin", 12), "sharpen": ("sharpenAmountSpin", 200)}  # fmt: skip
    editing.trigger(f"adjust.{name}")
    editing.find(QSpinBox, spins[name][0]).setValue(spins[name][1])
    editing.wait(lambda: bool((_see(editing) != before).any()))
    _dialog(editing).apply_button.click()
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    assert (_see(editing) != before).mean() > 0.2
    editing.trigger("edit.undo")
    assert (_see(editing) == before).all()


@pytest.mark.parametrize("action", ["adjust.invert", "adjust.levels"])
def test_a_locked_layer_says_so_instead_of_opening_anything(editing: Rig, action: str) -> None:
    editing.document.picture.layers[0].style = LayerStyle("Sky", is_locked=True)
    editing.trigger(action)
    assert "locked" in editing.inside.status.hint.text()
    assert editing.window.findChild(AdjustDialog) is None
    QApplication.processEvents()
    assert not editing.document.undo_stack.can_undo


@pytest.mark.parametrize("is_layer_mask", [False, True])
def test_a_mask_is_adjusted_while_tools_paint_on_it(editing: Rig, is_layer_mask: bool) -> None:
    picture, place = editing.document.picture, Rect(100, 100, 200, 150)
    before = picture.active_layer.tiles.read(_FRAME)
    editing.document.do(SetSelection("Select", rectangle_area(place)))
    editing.trigger("layer.maskSelection" if is_layer_mask else "mask.fromSelection")
    editing.trigger("select.none")
    if not is_layer_mask:
        editing.trigger("tool.mask")

    def mask() -> np.ndarray:
        layer_mask = picture.active_layer.mask
        return (layer_mask.tiles if is_layer_mask and layer_mask else picture.mask).read(_FRAME)

    sharp = mask()
    editing.trigger("adjust.blur")
    assert _dialog(editing).windowTitle() == "Gaussian blur of the mask"
    _dialog(editing).apply_button.click()
    editing.wait(lambda: bool((mask() != sharp).any()))
    editing.wait(lambda: editing.window.findChild(AdjustDialog) is None)
    assert 100 < mask()[175, 100] < 160
    editing.trigger("edit.undo")
    editing.trigger("adjust.invert")
    editing.wait(lambda: bool((mask() == 255 - sharp).all()))
    assert (picture.active_layer.tiles.read(_FRAME) == before).all()
    assert editing.document.undo_stack.labels[-1] == "Invert colors"
    editing.trigger("edit.undo")
    assert (mask() == sharp).all()
    for action in ("adjust.hue", "adjust.desaturate"):
        editing.trigger(action)
        assert "A mask has no colors" in editing.inside.status.hint.text()
    assert editing.window.findChild(AdjustDialog) is None


def test_an_empty_mask_says_so(editing: Rig) -> None:
    editing.trigger("tool.mask")
    editing.trigger("adjust.levels")
    assert "Nothing is masked yet" in editing.inside.status.hint.text()
    editing.trigger("adjust.invert")
    assert (editing.document.picture.mask.read(_FRAME.expanded(9))[9:-9, 9:-9] == 255).all()
    assert editing.document.picture.mask.bounds() == _FRAME
    editing.trigger("edit.undo")
    assert not len(editing.document.picture.mask)


def test_with_a_dialog_open_the_view_moves_the_preview_follows_and_nothing_is_painted(
    editing: Rig,
) -> None:
    before = _see(editing)
    view = editing.inside.canvas.view_port
    view.set_zoom(8.0)
    editing.trigger("tool.brush")
    editing.trigger("adjust.brightness")
    editing.find(QSpinBox, "brightnessSpin").setValue(40)
    expected = BrightnessContrast(40, 0).apply(before)
    editing.wait(lambda: bool((_see(editing) != before).any()))
    assert (_see(editing) == before).mean() > 0.5, "only what is seen is worth a preview"
    seen = view.visible()
    editing.drag((seen.x + 20, seen.y + 20), (seen.x + 60, seen.y + 40))
    assert view.visible().x < seen.x
    assert not editing.document.undo_stack.can_undo
    view.set_zoom(0.5)
    editing.wait(lambda: bool((_see(editing) == expected).all()))
    _key(editing, Qt.Key.Key_Return)  # on the canvas
    editing.wait(lambda: editing.document.undo_stack.labels == ["Brightness and contrast"])
    editing.wait(lambda: editing.window.findChild(AdjustDialog) is None)
    editing.drag((100, 100), (200, 100))
    assert editing.document.undo_stack.labels[-1] != "Brightness and contrast"


def test_esc_on_the_canvas_and_another_act_give_an_adjustment_up(editing: Rig) -> None:
    before = _see(editing)
    for end in ("key", "act"):
        editing.trigger("adjust.brightness")
        editing.find(QSpinBox, "brightnessSpin").setValue(40)
        editing.wait(lambda: bool((_see(editing) != before).any()))
        if end == "key":
            _key(editing, Qt.Key.Key_Escape)
        else:
            editing.trigger("layer.new")
        editing.wait(lambda: editing.window.findChild(AdjustDialog) is None)
        assert (_see(editing) == before).all()
    assert editing.document.undo_stack.index == 1


def test_a_photograph_is_sharpened_by_parts_of_a_pixel(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("adjust.sharpen")
    editing.find(QSpinBox, "sharpenAmountSpin").setValue(100)
    spin = editing.find(QSpinBox, "sharpenRadiusSpin")
    spin.selectAll()
    QTest.keyClicks(spin, "0.7")
    spin.interpretText()
    inner = (slice(10, -10), slice(10, -10))  # what lies beside the picture has a say at its edge
    fine, coarse = (Sharpen(100, radius, 0).apply(before)[inner] for radius in (0.7, 1.0))
    assert (fine != coarse).any()
    editing.wait(lambda: bool((_see(editing)[inner] == fine).all()))
    _dialog(editing).reject()


def test_auto_levels_reach_from_black_to_white_and_the_channel_decides(editing: Rig) -> None:
    flat = _see(editing)
    flat[..., :3] = flat[..., :3] // 3 + np.array([90, 60, 40], np.uint8)  # faded, with a cast
    editing.show_picture(picture_of(flat))
    flat = _see(editing)
    editing.trigger("adjust.levels")
    auto = editing.find(QPushButton, "levelsAutoButton")
    editing.wait(auto.isEnabled)
    auto.click()

    def reaches() -> bool:
        color = _see(editing)[..., :3].reshape(-1, 3)
        low, high = np.percentile(color, 0.5, axis=0), np.percentile(color, 99.5, axis=0)
        return bool((low < 12).all() and (high > 243).all())

    editing.wait(reaches)
    _dialog(editing).reset_button.click()
    combo = editing.find(QComboBox, "levelsChannelCombo")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    auto.click()
    editing.wait(lambda: bool((_see(editing)[..., :2] == flat[..., :2]).all()))
    editing.wait(lambda: bool((_see(editing)[..., 2] != flat[..., 2]).any()))
    _dialog(editing).reject()


def _is_gray(rig: Rig, x: int, gray: int) -> bool:
    return set(_see(rig)[200, x, :3].tolist()) == {gray}


def test_a_click_in_the_picture_says_what_is_white_or_black(editing: Rig) -> None:
    pixels = np.full((400, 600, 4), (200, 180, 220, 255), np.uint8)
    pixels[:, 300:, :3] = (40, 30, 20)
    editing.show_picture(picture_of(pixels))
    editing.trigger("adjust.levels")
    for name, x, gray in (("levelsPickWhite", 100, 255), ("levelsPickBlack", 500, 0)):
        button = editing.find(QPushButton, name)
        button.click()
        editing.drag((x, 200))
        assert not button.isChecked()
        editing.wait(partial(_is_gray, editing, x, gray))
    editing.find(QPushButton, "levelsPickWhite").click()
    editing.drag((590, 450))
    assert "Nothing is painted there" in editing.inside.status.hint.text()
    _dialog(editing).reject()


def test_a_closed_dialog_gives_the_hint_of_the_tool_back(editing: Rig) -> None:
    editing.trigger("tool.crop")
    hint = editing.inside.status.hint
    before = hint.text()
    editing.trigger("adjust.levels")
    assert "Esc gives up" in hint.text()
    _dialog(editing).reject()
    assert hint.text() == before
