"""The gallery in the window: rows, filter, opening, copying, doing again, deleting."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from aipaint.history.records import JobRecord, JobStatus
from aipaint.pixels.encode import thumbnail_jpeg
from aipaint.pixels.rect import Rect
from tests.generation.workshop import photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_MASK = Rect(40, 30, 30, 20)


def _generate(rig: Rig, prompt: str = "") -> None:
    assert rig.generator is not None
    rig.show_picture(picture_of(photograph(160, 120), _MASK))
    panel = rig.inside.docks.prompt
    panel.prompt_edit.setPlainText(prompt)
    panel.refresh()
    with rig.qtbot.waitSignal(rig.generator.job_done, timeout=20_000):
        rig.trigger("generate.start")


def _show(rig: Rig) -> QListWidget:
    dock = rig.find(QDockWidget, "galleryDock")
    dock.setVisible(True)
    dock.raise_()
    QApplication.processEvents()
    return rig.find(QListWidget, "galleryList")


def _ended(rig: Rig, shown: QListWidget, count: int = 1) -> None:
    """Until so many rows are there and none of them runs: rows come while their jobs still do."""
    rig.wait(
        lambda: (
            shown.count() == count
            and not any(word in text for text in _texts(shown) for word in ("Running", "Waiting"))
        )
    )


def _choose_first(rig: Rig, shown: QListWidget) -> None:
    """Once its row says that the job has ended."""
    _ended(rig, shown)
    shown.setCurrentRow(0)
    rig.wait(rig.inside.actions["gallery.delete"].isEnabled)


def _texts(shown: QListWidget) -> list[str]:
    return [shown.item(row).text() for row in range(shown.count())]


def test_a_job_is_shown_with_thumbnail_prompt_status_time_and_price(
    online: Rig, api: ImagesApi
) -> None:
    answer(online, "costDialog", "costConfirmButton")
    _generate(online, "a <b>red</b> barn")
    shown = _show(online)
    _ended(online, shown)
    prompt, facts, when = _texts(shown)[0].split("\n")
    assert prompt == "a <b>red</b> barn"
    assert facts.startswith("Done, $0.")
    assert ":" in when
    blank = shown.item(0).icon().pixmap(16, 16).toImage()
    online.wait(lambda: shown.item(0).icon().pixmap(16, 16).toImage() != blank)
    assert "<b>" not in shown.item(0).toolTip().replace("&lt;b&gt;", "")


def test_rows_are_there_while_the_tab_is_behind_another(rig: Rig) -> None:
    _generate(rig)
    shown = rig.find(QListWidget, "galleryList")
    assert not rig.inside.docks.gallery.is_seen
    _choose_first(rig, shown)
    rig.trigger("gallery.delete")
    rig.wait(lambda: shown.count() == 0)


def test_the_filter_shows_all_or_what_succeeded_or_what_failed(online: Rig, api: ImagesApi) -> None:
    _generate(online)
    api.close()
    answer(online, "costDialog", "costConfirmButton")
    _generate(online, "a red barn")
    shown = _show(online)
    _ended(online, shown, 2)
    combo = online.find(QComboBox, "galleryFilter")
    assert [combo.itemText(row) for row in range(3)] == ["All", "Succeeded", "Failed"]
    combo.setCurrentIndex(1)
    _ended(online, shown)
    assert _texts(shown)[0].startswith("Remove\nDone, free")
    combo.setCurrentIndex(2)
    online.wait(lambda: _texts(shown)[:1] != [] and _texts(shown)[0].startswith("a red barn"))
    assert "Failed" in _texts(shown)[0]
    shown.setCurrentRow(0)
    assert not online.inside.actions["gallery.open"].isEnabled()
    assert online.inside.actions["gallery.copyPrompt"].isEnabled()


def test_open_in_editor_replaces_the_document_and_is_no_recent_file(rig: Rig) -> None:
    _generate(rig)
    rig.document.mark_saved()
    _choose_first(rig, _show(rig))
    before = rig.document.picture
    rig.trigger("gallery.open")
    rig.wait(lambda: rig.document.picture is not before)
    assert rig.document.picture.frame == Rect(0, 0, 160, 120)
    assert rig.window.windowTitle().startswith("Remove")
    assert rig.inside._state.recent_files == []


def test_rerun_says_its_price_and_buys_once_after_the_same_questions(
    online: Rig, api: ImagesApi
) -> None:
    asked = answer(online, "costDialog", "costConfirmButton")
    _generate(online, "a red barn")
    shown = _show(online)
    _ended(online, shown)
    shown.setCurrentRow(0)
    rerun = online.inside.actions["gallery.rerun"]
    online.wait(lambda: "$0." in rerun.text())
    assert rerun.isEnabled()
    assert len(api.paid) == 1
    bought = answer(online, "duplicateDialog", "buyAgainButton")
    # Another picture is on the canvas: the job is done on its own.
    online.show_picture(picture_of(photograph(64, 48)))
    rerun.trigger()
    rerun.trigger()
    online.wait(lambda: len(api.paid) == 2)
    _ended(online, shown, 2)
    assert bought
    assert len(asked) >= 1
    assert len(api.paid) == 2
    assert online.desk is not None
    jobs = online.desk.history.jobs()
    assert [job.status for job in jobs] == [JobStatus.SUCCEEDED] * 2
    assert jobs[0].prompt == "a red barn"


def test_copy_prompt(online: Rig, api: ImagesApi) -> None:
    answer(online, "costDialog", "costConfirmButton")
    _generate(online, "a red barn\nwith a door")
    shown = _show(online)
    _ended(online, shown)
    shown.setCurrentRow(0)
    online.trigger("gallery.copyPrompt")
    assert QApplication.clipboard().text() == "a red barn\nwith a door"


def test_delete_by_key_and_undo(rig: Rig) -> None:
    _generate(rig)
    jobs = rig.inside.docks.jobs.list
    shown = _show(rig)
    shown.setFocus()
    _choose_first(rig, shown)
    layers = len(rig.document.picture.layers)
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    rig.wait(lambda: shown.count() == 0)
    assert jobs.count() == 0
    assert len(rig.document.picture.layers) == layers
    bar = rig.inside.docks.gallery.trash_bar
    assert bar.isVisible()
    rig.find(QPushButton, "trashBarButton").click()
    rig.wait(lambda: shown.count() == 1 and jobs.count() == 1)
    assert not bar.isVisible()


def test_clear_all_asks_first(rig: Rig) -> None:
    from PySide6.QtCore import QTimer

    _generate(rig)
    shown = _show(rig)
    _ended(rig, shown)

    def answer_with(name: str) -> None:
        box = rig.window.findChild(QMessageBox, "clearGalleryDialog")
        assert box is not None
        button = box.findChild(QPushButton, name)
        assert button is not None
        button.click()

    QTimer.singleShot(50, lambda: answer_with("keepGalleryButton"))
    rig.trigger("gallery.clear")
    QApplication.processEvents()
    assert shown.count() == 1
    QTimer.singleShot(50, lambda: answer_with("clearGalleryButton"))
    rig.trigger("gallery.clear")
    rig.wait(lambda: shown.count() == 0)
    assert rig.inside.docks.gallery.empty_hint.isVisible()


def test_pictures_of_a_discarded_result_can_be_shown_again(rig: Rig) -> None:
    _generate(rig)
    strip = rig.inside.docks.strip
    rig.wait(lambda: bool(strip.current_id))
    rig.find(QPushButton, "discardButton").click()
    assert strip.list.count() == 0
    shown = _show(rig)
    _choose_first(rig, shown)
    rig.trigger("gallery.show")
    rig.wait(lambda: strip.list.count() == 1)


def _stored(rig: Rig, count: int, *, thumbnails: bool = False) -> None:
    """As many jobs in the history, without doing them."""
    assert rig.desk is not None
    history = rig.desk.history
    small = thumbnail_jpeg(photograph(48, 36))
    for number in range(count):
        job = JobRecord(
            id=uuid.uuid4().hex,
            operation="edit",
            provider="openai",
            model=f"model-{number % 3}",
            prompt=f"a barn number {number:03}",
            status=JobStatus.FAILED if number % 5 == 0 else JobStatus.SUCCEEDED,
            created_at=1_000 + number,
        )
        history.add_job(job)
        if thumbnails:
            image = history.store_image(job.id, "result", small, "jpg", 48, 36)
            history.store_thumbnail(image.id, small)


def test_words_are_searched_with_the_keyboard(rig: Rig) -> None:
    _stored(rig, 12)
    shown = _show(rig)
    rig.wait(lambda: shown.count() == 12)
    search = rig.find(QLineEdit, "gallerySearch")
    assert search.accessibleName() == "Search the gallery"
    search.setFocus()
    QTest.keyClicks(search, "number 004")
    _ended(rig, shown)
    assert _texts(shown)[0].startswith("a barn number 004")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert shown.hasFocus()
    assert shown.currentRow() == 0
    QTest.keyClicks(search, " model-9")
    rig.wait(lambda: shown.count() == 0)
    assert "Nothing is found" in shown.accessibleDescription()
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    rig.wait(lambda: shown.count() == 12)
    combo = rig.find(QComboBox, "galleryFilter")
    combo.setCurrentIndex(2)
    search.setText("model-0")
    _ended(rig, shown)
    assert _texts(shown)[0].startswith("a barn number 000")


def test_only_rows_that_differ_are_touched(rig: Rig) -> None:
    """Thousands of them may be there."""
    _stored(rig, 40)
    shown = _show(rig)
    rig.wait(lambda: shown.count() == 40)
    rows = {id(shown.item(row)) for row in range(40)}
    shown.setCurrentRow(7)
    chosen = shown.currentItem()
    touched: list[str] = []
    shown.model().rowsInserted.connect(lambda *_: touched.append("row"))
    shown.model().dataChanged.connect(lambda *_: touched.append("data"))
    shown.model().rowsRemoved.connect(lambda *_: touched.append("gone"))
    shown.model().modelReset.connect(lambda: touched.append("reset"))
    _stored(rig, 1)
    rig.window.gallery.refresh()
    rig.wait(lambda: shown.count() == 41)
    assert rows <= {id(shown.item(row)) for row in range(41)}
    assert shown.currentItem() is chosen
    assert set(touched) == {"row", "data"}
    assert touched.count("row") == 1
    assert len(touched) < 8  # the new one and its parts


def test_thumbnails_are_read_in_sight_and_forgotten_out_of_sight(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stored(rig, 60, thumbnails=True)
    panel = rig.inside.docks.gallery
    shown = _show(rig)
    rig.wait(lambda: shown.count() == 60)
    sign = shown.item(58).icon().cacheKey()
    rig.wait(lambda: shown.item(0).icon().cacheKey() != sign)
    in_sight = len(panel._asked)
    assert 0 < in_sight < 40
    monkeypatch.setattr("aipaint.ui.panels.gallery_panel._MOST_THUMBNAILS", in_sight + 1)
    shown.scrollToBottom()
    rig.wait(lambda: shown.item(58).icon().cacheKey() != sign)
    rig.wait(lambda: shown.item(0).icon().cacheKey() == sign)
    assert len(panel._asked) <= in_sight + 1
    shown.scrollToTop()
    rig.wait(lambda: shown.item(0).icon().cacheKey() != sign)
