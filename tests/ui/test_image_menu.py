"""Image and Adjust menus and the option bars of transform, crop and frame, in the window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QPushButton,
    QSpinBox,
    QToolButton,
)

from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Size
from aipaint.providers.size_rule import SizeRule
from aipaint.ui.dialogs.adjust_dialog import AdjustDialog
from aipaint.ui.dialogs.picture_size import PictureSizeDialog
from aipaint.ui.panels.size_rule_text import size_rule_text
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


def _answer(rig: Rig, kind: type[QDialog], **values: int) -> None:
    """Fill in a dialog that is about to block, and accept it."""

    def fill() -> None:
        dialog = rig.window.findChild(kind)
        assert dialog is not None
        for name, value in values.items():
            spin = dialog.findChild(QSpinBox, name)
            assert spin is not None
            spin.setValue(value)
        dialog.accept()

    QTimer.singleShot(0, fill)


def test_the_transform_bar_and_the_handles_say_the_same(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("tool.transform")
    bar = editing.inside.image_menu.transform_bar
    assert bar.isVisible()
    editing.find(QDoubleSpinBox, "transformAngle").setValue(90)
    editing.find(QDoubleSpinBox, "transformX").setValue(100)
    editing.wait(lambda: bool((_see(editing) != before).any()))
    assert not editing.document.undo_stack.can_undo
    _key(editing, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bar.x_.value() == 110
    _key(editing, Qt.Key.Key_Return)
    editing.wait(lambda: editing.document.undo_stack.labels == ["Transform"])
    place = Rect(210, -100, 400, 600)
    assert editing.document.picture.active_layer.tiles.bounds() == place
    whole = editing.document.picture.active_layer.tiles.read(place)
    assert (whole == np.rot90(before, -1)).all()
    editing.trigger("edit.undo")
    assert (_see(editing) == before).all()


def test_a_width_in_proportion_takes_the_height_along_and_esc_gives_up(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("tool.transform")
    editing.find(QDoubleSpinBox, "transformWidth").setValue(50)
    assert editing.find(QDoubleSpinBox, "transformHeight").value() == 50
    editing.find(QToolButton, "transformRatio").click()
    editing.find(QDoubleSpinBox, "transformWidth").setValue(80)
    assert editing.find(QDoubleSpinBox, "transformHeight").value() == 50
    editing.wait(lambda: bool((_see(editing) != before).any()))
    _key(editing, Qt.Key.Key_Escape)
    assert (_see(editing) == before).all()
    assert editing.find(QDoubleSpinBox, "transformWidth").value() == 100


def test_flip_buttons_flip_exactly_and_undo_first_takes_the_pending_one_back(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("tool.transform")
    editing.find(QToolButton, "transformFlipHorizontal").click()
    editing.find(QPushButton, "transformApplyButton").click()
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    assert (_see(editing) == before[:, ::-1]).all()
    editing.find(QToolButton, "transformFlipVertical").click()
    editing.wait(lambda: bool((_see(editing) == before[::-1, ::-1]).all()))
    editing.trigger("edit.undo")
    assert (_see(editing) == before[:, ::-1]).all()
    editing.trigger("edit.undo")
    assert (_see(editing) == before).all()


def test_a_preview_follows_the_view(editing: Rig) -> None:
    before = _see(editing)
    editing.inside.canvas.view_port.set_zoom(16.0)
    editing.trigger("tool.transform")
    editing.find(QDoubleSpinBox, "transformAngle").setValue(180)
    editing.wait(lambda: bool((_see(editing) != before).any()))
    assert not (_see(editing) == before[::-1, ::-1]).all()
    editing.trigger("view.fit")
    editing.wait(lambda: bool((_see(editing) == before[::-1, ::-1]).all()))
    _key(editing, Qt.Key.Key_Escape)


def test_a_new_layer_takes_a_pending_transform_back_first(editing: Rig) -> None:
    before = _see(editing)
    editing.trigger("tool.transform")
    editing.find(QDoubleSpinBox, "transformAngle").setValue(20)
    editing.wait(lambda: bool((_see(editing) != before).any()))
    editing.trigger("layer.new")
    assert (_see(editing) == before).all()
    assert editing.document.undo_stack.labels == ["Add layer"]


def test_arrow_keys_nudge_with_the_move_tool(editing: Rig) -> None:
    editing.trigger("tool.move")
    _key(editing, Qt.Key.Key_Left)
    _key(editing, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert editing.document.picture.active_layer.tiles.bounds() == _FRAME.translated(-1, 10)
    assert editing.document.undo_stack.labels == ["Move"]


def test_a_crop_by_drag_numbers_and_enter(editing: Rig) -> None:
    editing.trigger("tool.crop")
    editing.drag((100, 100), (150, 140), (300, 250))
    assert editing.find(QSpinBox, "cropWidth").value() == 200
    editing.find(QSpinBox, "cropHeight").setValue(100)
    editing.find(QCheckBox, "cropDelete").click()
    _key(editing, Qt.Key.Key_Return)
    assert editing.document.picture.frame == Rect(100, 100, 200, 100)
    assert editing.document.picture.active_layer.tiles.bounds() == Rect(100, 100, 200, 100)
    editing.trigger("edit.undo")
    assert editing.document.picture.frame == _FRAME


def test_the_frame_snaps_to_sizes_of_the_chosen_model(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(600, 400)))
    providers = rig.find(QComboBox, "providerCombo")
    providers.setCurrentIndex(providers.findData("openai"))
    rule = rig.inside.docks.prompt.size_rule()
    assert rule is not None
    rig.trigger("tool.frame")
    rig.inside.canvas.view_port.set_zoom(0.25)
    rig.drag((600, 400), (1000, 700), (1111, 887))
    frame = rig.document.picture.frame
    from aipaint.providers.request import Size

    assert rule.allows(Size(frame.width, frame.height))
    assert (frame.x, frame.y) == (0, 0)
    rig.find(QCheckBox, "frameSnap").click()
    rig.find(QSpinBox, "frameWidth").setValue(777)
    assert rig.document.picture.frame.width == 777


def test_canvas_size_about_its_middle(editing: Rig) -> None:
    _answer(editing, PictureSizeDialog, sizeWidthSpin=800, sizeHeightSpin=400)
    editing.trigger("image.canvasSize")
    assert editing.document.picture.frame == Rect(-100, 0, 800, 400)
    assert editing.document.undo_stack.labels == ["Canvas size"]


def test_image_size_in_proportion_resamples(editing: Rig) -> None:
    _answer(editing, PictureSizeDialog, sizeWidthSpin=300)
    editing.trigger("image.imageSize")
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    assert editing.document.picture.frame == Rect(0, 0, 300, 200)
    assert editing.document.picture.active_layer.tiles.bounds() == Rect(0, 0, 300, 200)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("image.rotateRight", lambda pixels: np.rot90(pixels, -1)),
        ("image.flipVertical", lambda pixels: pixels[::-1]),
    ],
)
def test_turns_of_the_picture(editing: Rig, action: str, expected) -> None:  # type: ignore[no-untyped-def]
    before = _see(editing)
    editing.trigger(action)
    editing.wait(lambda: editing.document.undo_stack.can_undo)
    picture = editing.document.picture
    assert (render(picture, picture.frame) == expected(before)).all()


def test_the_frame_bar_says_what_the_model_takes(editing: Rig) -> None:
    editing.trigger("tool.frame")
    label = editing.inside.image_menu.frame_bar.rule
    assert label.text() == "No model is chosen: any size"
    assert size_rule_text(SizeRule()) == "The model takes any size"
    three = SizeRule(fixed=(Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
    assert size_rule_text(three) == "1024 × 1024, 1536 × 1024 or 1024 × 1536"
    free = SizeRule(multiple=16, max_edge=3840, max_ratio=3.0, max_pixels=8_294_400)
    assert size_rule_text(free) == (
        "Sides divisible by 16, up to 3840 px, at most 3 : 1, at most 8.3 megapixels"
    )


def test_a_crop_in_proportions_lying_and_upright(editing: Rig) -> None:
    editing.trigger("tool.crop")
    bar = editing.inside.image_menu.crop_bar
    combo = editing.find(QComboBox, "cropRatioCombo")

    def choose(text: str) -> Rect:
        combo.setCurrentIndex(combo.findText(text))
        combo.activated.emit(combo.currentIndex())
        return bar._tool.rect

    assert choose("16 : 9") == Rect(0, 31, 600, 338)
    assert choose("1 : 1") == Rect(131, 31, 338, 338)
    _key(editing, Qt.Key.Key_Escape)
    choose("3 : 2")
    _key(editing, Qt.Key.Key_Escape)
    editing.drag((100, 50), (160, 70), (400, 100))
    assert bar._tool.rect == Rect(100, 50, 300, 200)
    editing.drag((400, 150), (460, 150))  # the handle at the right
    assert bar._tool.rect == Rect(100, 30, 360, 240)
    _key(editing, Qt.Key.Key_Escape)
    editing.drag((100, 50), (110, 80), (120, 350))
    assert bar._tool.rect == Rect(100, 50, 200, 300)
    _key(editing, Qt.Key.Key_Return)
    assert editing.document.picture.frame == Rect(100, 50, 200, 300)
