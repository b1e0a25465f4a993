"""The brushes panel: choose, search, change, and keep in files."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)

from aipaint.pixels.brush import Accumulation, Brush, Grain, Smoothing
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.settings.brush_toml import read_preset
from aipaint.ui.panels.brush_cards import BrushCards
from aipaint.ui.panels.brushes_panel import BrushesPanel
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberSlider
from aipaint.ui.widgets.response_edit import ResponseEdit
from tests.ui.rig import Rig


@pytest.fixture
def shelf_rig(rig: Rig) -> Rig:
    """Brushes are loaded and their panel is in front."""
    rig.inside.show_canvas()
    rig.find(QDockWidget, "brushesDock").raise_()
    rig.wait(lambda: len(_panel(rig).cards.names) >= 10)
    return rig


def _panel(rig: Rig) -> BrushesPanel:
    return rig.inside.docks.brushes


def _click(cards: BrushCards, name: str) -> None:
    index = cards.model().index(cards.names.index(name), 0)
    cards.scrollTo(index)
    QTest.mouseClick(
        cards.viewport(), Qt.MouseButton.LeftButton, pos=cards.visualRect(index).center()
    )


def _own(rig: Rig) -> Path:
    return rig.inside.canvas.window()._state.home / "brushes"  # type: ignore[attr-defined,no-any-return]


def _slider(rig: Rig, field: str) -> NumberSlider:
    spin = rig.find(QWidget, f"brush.{field}Spin").parentWidget()
    assert isinstance(spin, NumberSlider)
    return spin


def _answer_name(name: str) -> None:
    """Type into the dialog that is about to open, whenever that is."""
    asking = QTimer(QApplication.instance())
    asking.setInterval(20)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog):
            asking.stop()
            asking.deleteLater()
            names = {button.accessibleName() for button in dialog.findChildren(QPushButton)}
            dialog.setTextValue(name if names == {"OK", "Cancel"} else f"buttons {names}")
            dialog.accept()

    asking.timeout.connect(answer)
    asking.start()


def _choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The system's own dialog is not ours to test."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))


def test_a_click_takes_the_brush_its_values_and_its_tool(shelf_rig: Rig) -> None:
    _click(_panel(shelf_rig).cards, "Smudge")
    assert shelf_rig.toolbox.current.id == "smudge"
    assert shelf_rig.inside.actions["tool.smudge"].isChecked()
    _click(_panel(shelf_rig).cards, "Marker")
    brush = shelf_rig.toolbox.current_brush()
    assert shelf_rig.toolbox.current.id == "brush"
    assert (brush.size_pixels, brush.accumulation) == (36, Accumulation.WASH)
    assert shelf_rig.inside.brush_bar.size_.value == 36
    assert shelf_rig.inside.canvas.brush_item.diameter == 36
    assert shelf_rig.inside.canvas.hasFocus()


def test_the_brush_to_begin_with_is_marked(shelf_rig: Rig) -> None:
    cards = _panel(shelf_rig).cards
    assert cards.names[cards.currentIndex().row()] == "Round"
    assert shelf_rig.toolbox.current_brush() == Brush()


def test_pictures_of_brushes_are_rendered_when_they_are_looked_at(shelf_rig: Rig) -> None:
    cards = _panel(shelf_rig).cards

    def is_painted() -> bool:
        picture = cards.model().data(cards.model().index(0, 0), Qt.ItemDataRole.DecorationRole)
        image = picture.toImage()
        return any(
            image.pixelColor(x, image.height() // 2).alpha() > 100 for x in range(image.width())
        )

    shelf_rig.wait(is_painted)


def test_search_looks_at_names_and_descriptions(shelf_rig: Rig) -> None:
    panel = _panel(shelf_rig)
    panel.search.setText("ROUND")  # the chalk's ground and what spatters around have it as well
    assert panel.cards.names == ["Soft Round", "Round", "Hard Round", "Texture Chalk", "Spatter"]
    panel.search.setText("felt")
    assert panel.cards.names == ["Marker"]
    panel.search.setText("nothing has this")
    assert panel.cards.names == []


def test_every_value_can_be_changed_in_the_editor(shelf_rig: Rig) -> None:
    _panel(shelf_rig).edit_button.click()
    for field, shown, value in [
        ("size_pixels", 77, 77.0), ("hardness", 31, 0.31), ("roundness", 40, 0.4),
        ("angle_degrees", 120, 120.0), ("spacing", 25, 0.25), ("scatter", 150, 1.5),
        ("opacity", 80, 0.8), ("flow", 12, 0.12), ("dabs_per_second", 30, 30.0),
        ("tilt_to_size", 200, 2.0), ("grain_strength", 66, 0.66), ("grain_scale", 3, 3),
        ("smoothing_amount", 90, 0.9),
    ]:  # fmt: skip
        _slider(shelf_rig, field).number.setValue(shown)
        assert getattr(shelf_rig.toolbox.current_brush(), field) == pytest.approx(value)
    for field, choice in [
        ("accumulation", Accumulation.WASH), ("grain", Grain.PAPER),
        ("smoothing", Smoothing.STABILIZER),
    ]:  # fmt: skip
        combo = shelf_rig.find(ComboBox, f"brush.{field}Combo")
        combo.setCurrentIndex(combo.findData(choice))
        combo.activated.emit(combo.currentIndex())
        assert getattr(shelf_rig.toolbox.current_brush(), field) is choice


def test_a_pressure_curve_is_shown_once_it_is_switched_on(shelf_rig: Rig) -> None:
    _panel(shelf_rig).edit_button.click()
    curve = shelf_rig.find(ResponseEdit, "brush.flow_curve")
    assert curve.isHidden()
    shelf_rig.find(QCheckBox, "brush.pressure_to_flow").click()
    assert not curve.isHidden()
    assert shelf_rig.toolbox.current_brush().pressure_to_flow
    curve.curve_changed.emit(ResponseCurve(((0, 0.5), (1, 1))))
    assert shelf_rig.toolbox.current_brush().flow_curve.at(0) == 0.5


def test_the_stroke_in_the_editor_follows_the_values(shelf_rig: Rig) -> None:
    panel = _panel(shelf_rig)
    panel.edit_button.click()
    preview = panel.editor.preview
    shelf_rig.wait(lambda: preview.isVisible() and preview.is_up_to_date)
    before = preview.grab().toImage()
    _slider(shelf_rig, "size_pixels").number.setValue(4)
    shelf_rig.wait(lambda: preview.is_up_to_date and preview.grab().toImage() != before)


def test_the_bar_shows_and_sets_flow_and_smoothing(shelf_rig: Rig) -> None:
    bar = shelf_rig.inside.brush_bar
    _click(_panel(shelf_rig).cards, "Airbrush")
    assert bar.flow.value == 5
    bar.flow.number.setValue(20)
    bar.smoothing.setCurrentIndex(bar.smoothing.findData(Smoothing.BASIC))
    bar.smoothing.activated.emit(0)
    brush = shelf_rig.toolbox.current_brush()
    assert brush.flow == pytest.approx(0.2)
    assert brush.smoothing is Smoothing.BASIC


def test_last_values_are_kept_per_brush_and_over_a_restart(shelf_rig: Rig) -> None:
    cards = _panel(shelf_rig).cards
    _click(cards, "Ink")
    shelf_rig.inside.brush_bar.size_.number.setValue(33)
    _click(cards, "Pencil")
    assert shelf_rig.toolbox.current_brush().size_pixels == 5
    _click(cards, "Ink")
    assert shelf_rig.toolbox.current_brush().size_pixels == 33
    shelf_rig.inside.brush_flow.shut_down()
    (kept,) = (_own(shelf_rig) / "last-used").glob("*.toml")
    preset = read_preset(kept.read_bytes(), kept.name)
    assert (preset.name, preset.brush.size_pixels) == ("Ink", 33)


def test_save_writes_a_file_and_reset_goes_back_to_it(shelf_rig: Rig) -> None:
    _click(_panel(shelf_rig).cards, "Ink")
    assert not shelf_rig.inside.actions["brush.save"].isEnabled()
    shelf_rig.inside.brush_bar.size_.number.setValue(33)
    shelf_rig.trigger("brush.save")
    shelf_rig.wait(lambda: (_own(shelf_rig) / "ink.toml").is_file())
    shelf_rig.wait(lambda: shelf_rig.inside.actions["brush.delete"].isEnabled())
    shelf_rig.inside.brush_bar.size_.number.setValue(50)
    shelf_rig.trigger("brush.reset")
    assert shelf_rig.toolbox.current_brush().size_pixels == 33


def test_save_as_makes_a_brush_of_its_own_and_takes_it(shelf_rig: Rig) -> None:
    panel = _panel(shelf_rig)
    _click(panel.cards, "Ink")
    shelf_rig.inside.brush_bar.size_.number.setValue(21)
    _answer_name("  My quill ")
    shelf_rig.trigger("brush.saveAs")
    shelf_rig.wait(lambda: "My quill" in panel.cards.names)
    current = shelf_rig.toolbox.shelf.current
    assert current is not None
    assert (current.name, current.brush.size_pixels) == ("My quill", 21)


def test_duplicate_rename_delete(shelf_rig: Rig) -> None:
    panel, actions = _panel(shelf_rig), shelf_rig.inside.actions
    _click(panel.cards, "Ink")
    assert not actions["brush.rename"].isEnabled()
    shelf_rig.trigger("brush.duplicate")
    shelf_rig.wait(lambda: "Ink copy" in panel.cards.names and actions["brush.rename"].isEnabled())
    _answer_name("Quill")
    shelf_rig.trigger("brush.rename")
    shelf_rig.wait(lambda: "Quill" in panel.cards.names)
    assert "Ink copy" not in panel.cards.names
    assert shelf_rig.toolbox.shelf.current is not None
    assert shelf_rig.toolbox.shelf.current.name == "Quill"
    shelf_rig.wait(lambda: actions["brush.delete"].isEnabled())
    shelf_rig.trigger("brush.delete")
    shelf_rig.wait(lambda: "Quill" not in panel.cards.names)


def test_export_and_import(shelf_rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = _panel(shelf_rig)
    _click(panel.cards, "Marker")
    exported = shelf_rig.toolbox.current_brush()
    _choose_file(monkeypatch, tmp_path / "felt.toml")
    shelf_rig.trigger("brush.export")
    shelf_rig.wait((tmp_path / "felt.toml").is_file)
    shelf_rig.trigger("brush.import")
    shelf_rig.wait(lambda: "Marker 2" in panel.cards.names)
    _click(panel.cards, "Pencil")
    assert shelf_rig.toolbox.current_brush() != exported
    _click(panel.cards, "Marker 2")
    assert shelf_rig.toolbox.current_brush() == exported


def test_a_bad_file_is_refused_with_a_sentence(
    shelf_rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('format = 1\nname = "Bad"\n[brush]\nsize_pixels = -4\n')
    _choose_file(monkeypatch, bad)
    shelf_rig.trigger("brush.import")
    shelf_rig.wait(lambda: shelf_rig.window.findChild(QMessageBox, "messageDialog") is not None)
    box = shelf_rig.find(QMessageBox, "messageDialog")
    assert "size_pixels" in box.text()
    assert "bad.toml" in box.text()
    box.close()
    assert "Bad" not in _panel(shelf_rig).cards.names


def test_the_editor_changes_the_brush_of_the_mask_as_well(shelf_rig: Rig) -> None:
    panel = _panel(shelf_rig)
    shelf_rig.trigger("tool.mask")
    panel.edit_button.click()
    assert panel.title.text() == "Mask tip"
    _slider(shelf_rig, "hardness").number.setValue(12)
    assert shelf_rig.toolbox.mask_brush.hardness == pytest.approx(0.12)
    assert shelf_rig.toolbox.brush == replace(Brush())


def test_points_of_a_curve_are_dragged_added_and_removed(shelf_rig: Rig) -> None:
    _panel(shelf_rig).edit_button.click()
    edit = shelf_rig.find(ResponseEdit, "brush.size_curve")
    told: list[ResponseCurve] = []
    edit.curve_changed.connect(told.append)
    middle = edit.place_of((0.5, 0.9)).toPoint()
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=middle)
    assert len(edit.curve.knots) == 3
    assert edit.curve.at(0.5) == pytest.approx(0.9, abs=0.03)
    assert told[-1] == edit.curve == shelf_rig.toolbox.current_brush().size_curve
    QTest.mousePress(edit, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(edit, edit.place_of((0.3, 0.2)).toPoint())
    assert edit.curve.at(0.3) == pytest.approx(0.2, abs=0.03)
    QTest.mouseMove(edit, QPoint(-60, -60))
    QTest.mouseRelease(edit, Qt.MouseButton.LeftButton, pos=QPoint(-60, -60))
    assert edit.curve.knots == ResponseCurve().knots


def test_points_of_a_curve_are_moved_by_keys(shelf_rig: Rig) -> None:
    _panel(shelf_rig).edit_button.click()
    edit = shelf_rig.find(ResponseEdit, "brush.size_curve")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert list(edit.curve.knots[0]) == pytest.approx([0.0, 0.05])
    QTest.keyClick(edit, Qt.Key.Key_PageDown)
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert list(edit.curve.knots[1]) == pytest.approx([0.95, 1.0])
    assert "point 2" in edit.accessibleDescription()


def test_the_editor_offers_only_what_the_tool_uses(shelf_rig: Rig) -> None:
    panel = _panel(shelf_rig)
    panel.edit_button.setChecked(True)
    shelf_rig.trigger("tool.brush")
    assert not _slider(shelf_rig, "flow").isHidden()
    assert panel.editor.reason.isHidden()
    shelf_rig.trigger("tool.pencil")
    for field in ("hardness", "roundness", "scatter", "flow", "grain_scale"):
        assert _slider(shelf_rig, field).isHidden(), field
    assert not shelf_rig.find(ComboBox, "brush.grainCombo").isVisible()
    assert not _slider(shelf_rig, "size_pixels").isHidden()
    assert "pixels" in panel.editor.reason.text()
    shelf_rig.trigger("tool.smudge")
    assert not _slider(shelf_rig, "hardness").isHidden()
    assert _slider(shelf_rig, "flow").isHidden()
    assert shelf_rig.find(ResponseEdit, "brush.flow_curve").isHidden()
    shelf_rig.trigger("tool.brush")
    assert not _slider(shelf_rig, "flow").isHidden()


def test_the_bar_says_why_a_slider_is_off(shelf_rig: Rig) -> None:
    bar = shelf_rig.inside.brush_bar
    shelf_rig.trigger("tool.pencil")
    assert not bar.hardness.isEnabled()
    assert "pencil" in bar.hardness.number.toolTip()
    shelf_rig.trigger("tool.clone")
    assert bar.hardness.isEnabled()
    assert bar.flow.isEnabled()
    assert "edge" in bar.hardness.number.toolTip()
