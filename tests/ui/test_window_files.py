"""Files and the window: titles, drops, paste, messages, leaving, saving, exporting."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QSpinBox

from aipaint.document.picture import blank_picture
from aipaint.projects.open_file import open_picture
from aipaint.projects.ora_write import save_ora
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig, picture_file


def test_the_title_names_the_file_and_stars_what_is_unsaved(rig: Rig, tmp_path: Path) -> None:
    rig.window.open_file(picture_file(tmp_path, "a[*]b & ü.png"))
    rig.wait(lambda: not rig.inside.files.is_empty)
    assert rig.window.windowTitle() == "a[*][*]b & ü.png[*] — aipaint"
    assert not rig.window.isWindowModified()
    rig.trigger("layer.new")
    assert rig.window.isWindowModified()
    rig.trigger("edit.undo")
    assert not rig.window.isWindowModified()


def test_undo_says_what_it_takes_back(starting: Rig) -> None:
    undo = starting.inside.actions["edit.undo"]
    assert not undo.isEnabled()
    starting.trigger("layer.new")
    assert undo.text() == "&Undo Add layer"
    starting.trigger("edit.undo")
    assert starting.inside.actions["edit.redo"].text() == "&Redo Add layer"


def _drop(rig: Rig, mime: QMimeData, where: QPointF) -> None:
    event = QDropEvent(
        where,
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    rig.window.dropEvent(event)


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_drop_opens_and_a_second_one_becomes_a_layer_at_the_pointer(
    rig: Rig, tmp_path: Path
) -> None:
    _drop(rig, _files(picture_file(tmp_path, "one.png", (300, 200))), QPointF(400, 400))
    rig.wait(lambda: rig.document.picture.frame.width == 300)
    rig.inside.canvas.view_port.set_zoom(1.0)
    at = rig.inside.canvas.viewport().mapTo(rig.window, rig.at(100, 80))
    _drop(rig, _files(picture_file(tmp_path, "two ü.png", (40, 20))), QPointF(at))
    rig.wait(lambda: len(rig.document.picture.layers) == 2)
    layer = rig.document.picture.active_layer
    assert layer.name == "two ü"
    bounds = layer.tiles.bounds()
    assert (bounds.width, bounds.height) == (40, 20)
    assert abs(bounds.x + 20 - 100) <= 1
    assert abs(bounds.y + 10 - 80) <= 1
    rig.trigger("edit.undo")
    assert len(rig.document.picture.layers) == 1


def _message(rig: Rig) -> QMessageBox:
    rig.wait(lambda: rig.window.findChild(QMessageBox, "messageDialog") is not None)
    box = rig.window.findChild(QMessageBox, "messageDialog")
    assert box is not None
    return box


def test_what_cannot_be_opened_gets_a_plain_sentence(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "<b>not.png"
    path.write_text("this is text")
    _drop(rig, _files(path), QPointF(400, 400))
    box = _message(rig)
    assert "<b>not.png" in box.text()
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.informativeText()
    box.close()
    assert rig.inside.files.is_empty


def test_a_drop_of_nothing_says_so(rig: Rig) -> None:
    mime = QMimeData()
    mime.setText("good morning")
    _drop(rig, mime, QPointF(400, 400))
    box = _message(rig)
    assert "no picture" in box.text()
    box.close()


def test_a_picture_is_pasted_as_a_document_and_then_as_a_layer(rig: Rig) -> None:
    image = QImage(50, 40, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    QGuiApplication.clipboard().setImage(image)
    rig.trigger("edit.paste")
    rig.wait(lambda: rig.document.picture.frame.width == 50)
    rig.trigger("edit.paste")
    rig.wait(lambda: len(rig.document.picture.layers) == 2)
    QGuiApplication.clipboard().clear()


def _answer(rig: Rig, button: QMessageBox.StandardButton) -> list[QMessageBox.StandardButton]:
    """Press a button of the question that is about to come; the list tells that it was."""
    answered: list[QMessageBox.StandardButton] = []

    def press() -> None:
        box = rig.window.findChild(QMessageBox, "unsavedDialog")
        if isinstance(box, QMessageBox):
            answered.append(button)
            box.button(button).click()
        else:
            QTimer.singleShot(10, press)

    QTimer.singleShot(10, press)
    return answered


def _leave(rig: Rig, button: QMessageBox.StandardButton) -> None:
    """Ask the window to close and answer its question."""
    answered = _answer(rig, button)
    assert not rig.window.close()
    rig.wait(lambda: bool(answered))


def test_leaving_asks_about_unsaved_changes(rig: Rig) -> None:
    rig.trigger("layer.new")
    _leave(rig, QMessageBox.StandardButton.Cancel)
    assert rig.window.isVisible()
    _leave(rig, QMessageBox.StandardButton.Discard)
    rig.wait(lambda: not rig.window.isVisible())


def test_leaving_saves_first_if_wished(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "work.ora"
    rig.inside.files.save(path)
    rig.wait(lambda: rig.inside.files.path == path)
    rig.trigger("layer.new")
    _leave(rig, QMessageBox.StandardButton.Save)
    rig.wait(lambda: not rig.window.isVisible())
    assert len(open_picture(path).layers) == 2


def test_leaving_in_the_middle_of_an_adjustment_saves_what_is_recorded(
    rig: Rig, tmp_path: Path
) -> None:
    path = tmp_path / "work.ora"
    rig.show_picture(picture_of(photograph(300, 200)))
    before = rig.document.picture.active_layer.tiles.read(rig.document.picture.frame)
    rig.inside.files.save(path)
    rig.wait(lambda: rig.inside.files.path == path)
    rig.trigger("layer.new")
    rig.trigger("edit.undo")
    rig.trigger("layer.duplicate")
    rig.trigger("adjust.brightness")
    rig.find(QSpinBox, "brightnessSpin").setValue(60)
    tiles = rig.document.picture.active_layer.tiles
    rig.wait(lambda: bool((tiles.read(rig.document.picture.frame) != before).any()))
    _leave(rig, QMessageBox.StandardButton.Save)
    rig.wait(lambda: not rig.window.isVisible())
    opened = open_picture(path)
    assert len(opened.layers) == 2
    for layer in opened.layers:
        assert (layer.tiles.read(opened.frame) == before).all()


def test_a_save_keeps_the_star_if_painting_went_on(rig: Rig, tmp_path: Path) -> None:
    rig.trigger("layer.new")
    rig.inside.files.save(tmp_path / "work.ora")
    rig.trigger("layer.new")
    rig.wait(lambda: rig.inside.files.path is not None)
    assert rig.document.is_modified
    rig.inside.files.save(tmp_path / "work.ora")
    rig.wait(lambda: not rig.document.is_modified)


def test_export_writes_what_the_frame_shows(rig: Rig, tmp_path: Path) -> None:
    rig.window.open_file(picture_file(tmp_path, "one.png", (60, 40)))
    rig.wait(lambda: rig.document.picture.frame.width == 60)
    for name in ("flat.png", "flat.jpg", "flat.webp"):
        rig.inside.files.export(tmp_path / name)
        rig.wait((tmp_path / name).exists)
        assert open_picture(tmp_path / name).frame == rig.document.picture.frame


def test_a_project_dropped_on_unsaved_work_asks_first(rig: Rig, tmp_path: Path) -> None:
    project = tmp_path / "other.ora"
    save_ora(blank_picture(77, 55), project)
    rig.window.open_file(picture_file(tmp_path, "one.png", (300, 200)))
    rig.wait(lambda: rig.document.picture.frame.width == 300)
    rig.trigger("layer.new")
    _answer(rig, QMessageBox.StandardButton.Cancel)
    _drop(rig, _files(project), QPointF(400, 400))
    assert rig.document.picture.frame.width == 300
    assert len(rig.document.picture.layers) == 2
    _answer(rig, QMessageBox.StandardButton.Discard)
    _drop(rig, _files(project), QPointF(400, 400))
    rig.wait(lambda: rig.document.picture.frame.width == 77)


def test_a_pasted_picture_is_not_lost_by_leaving(rig: Rig) -> None:
    image = QImage(50, 40, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    QGuiApplication.clipboard().setImage(image)
    rig.trigger("edit.paste")
    rig.wait(lambda: rig.document.picture.frame.width == 50)
    QGuiApplication.clipboard().clear()
    assert rig.window.isWindowModified()
    _leave(rig, QMessageBox.StandardButton.Cancel)
    assert rig.window.isVisible()
