"""From the button to the canvas and back, with real jobs."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from aipaint.ui.panels.candidate_strip import CandidateStrip
from tests.generation.workshop import edit, open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import Rig, answer

_FRAME = Rect(0, 0, 320, 240)
_MASK = Rect(140, 100, 40, 30)


def _prepared(rig: Rig, prompt: str = "") -> CandidateStrip:
    rig.show_picture(picture_of(photograph(320, 240), _MASK))
    panel = rig.inside.docks.prompt
    panel.prompt_edit.setPlainText(prompt)
    panel.refresh()
    return rig.inside.docks.strip


def _finish(rig: Rig) -> None:
    assert rig.generator is not None
    with rig.qtbot.waitSignal(rig.generator.job_done, timeout=20_000):
        pass


def _jobs(rig: Rig) -> list[str]:
    jobs = rig.inside.docks.jobs.list
    return [jobs.item(row).text() for row in range(jobs.count())]


def test_remove_preview_apply_undo(rig: Rig) -> None:
    strip = _prepared(rig)
    before = render(rig.document.picture, _FRAME)
    rig.find(QPushButton, "generateButton").click()
    assert not rig.find(QPushButton, "generateButton").isEnabled()
    _finish(rig)
    rig.wait(lambda: rig.inside.canvas.candidate_item.is_showing)
    assert strip.isVisible()
    assert strip.current_id
    assert rig.inside.status.queue.text() == "No jobs"
    assert _jobs(rig)[0].startswith("Remove\nDone, free")
    assert (render(rig.document.picture, _FRAME) == before).all()
    rig.inside.canvas.setFocus()
    QTest.keyClick(rig.inside.canvas, Qt.Key.Key_Return)
    assert not rig.inside.canvas.candidate_item.is_showing
    assert not strip.isVisible()
    after = render(rig.document.picture, _FRAME)
    changed = (after != before).any(axis=2)
    assert changed[_MASK.slices(_FRAME)].mean() > 0.5
    changed[_MASK.slices(_FRAME)] = False
    assert not changed.any()
    rig.trigger("edit.undo")
    assert (render(rig.document.picture, _FRAME) == before).all()
    assert len(rig.document.picture.mask) > 0


def test_discard_takes_the_preview_away(rig: Rig) -> None:
    strip = _prepared(rig)
    rig.trigger("generate.start")
    _finish(rig)
    rig.wait(lambda: bool(strip.current_id))
    steps = list(rig.document.undo_stack.labels)
    rig.find(QPushButton, "discardButton").click()
    assert not strip.current_id
    assert not rig.inside.canvas.candidate_item.is_showing
    assert rig.document.undo_stack.labels == steps
    assert not rig.inside.actions["generate.apply"].isEnabled()


def test_a_double_click_is_one_job(rig: Rig) -> None:
    _prepared(rig)
    button = rig.find(QPushButton, "generateButton")
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    button.click()
    rig.inside.docks.prompt.generate()
    _finish(rig)
    assert len(_jobs(rig)) == 1


def test_several_pictures_can_be_compared(online: Rig) -> None:
    strip = _prepared(online, "a red barn")
    online.inside.docks.prompt.chooser.count.number.setValue(2)
    answer(online, "costDialog", "costConfirmButton")  # the first call to a provider asks
    online.trigger("generate.start")
    _finish(online)
    online.wait(lambda: strip.list.count() == 2)
    first = strip.current_id
    strip.list.setCurrentRow(1)
    assert strip.current_id != first
    assert online.inside.canvas.candidate_item.is_showing
    online.wait(lambda: "$0.00 of" not in online.inside.status.spend.text())


def test_a_failure_is_told_in_words_where_the_button_is(online: Rig, api: ImagesApi) -> None:
    _prepared(online, "a red barn")
    online.inside.docks.prompt.chooser.model_combo.setEditText("gpt-image-2.5-flare")
    api.close()
    answer(online, "costDialog", "costConfirmButton")
    online.trigger("generate.start")
    _finish(online)
    notice = online.inside.docks.prompt.notice
    online.wait(notice.isVisible)
    assert notice.text()
    assert notice.textFormat() is Qt.TextFormat.PlainText
    assert "Failed" in _jobs(online)[0]
    assert online.find(QPushButton, "generateButton").isEnabled()


def test_cancel_ends_the_job(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(1600, 1200), Rect(200, 200, 900, 700)))
    rig.inside.docks.prompt.refresh()
    rig.trigger("generate.start")
    cancel = rig.find(QPushButton, "cancelButton")
    rig.wait(cancel.isVisible)
    cancel.click()
    assert not cancel.isEnabled()
    _finish(rig)
    rig.wait(lambda: not cancel.isVisible())
    assert "Cancelled" in _jobs(rig)[0]
    assert rig.inside.docks.strip.list.count() == 0


def test_painting_goes_on_while_a_job_runs(rig: Rig) -> None:
    rig.show_picture(picture_of(photograph(800, 600), Rect(200, 150, 300, 250)))
    rig.inside.docks.prompt.refresh()
    rig.trigger("generate.start")
    assert rig.generator is not None
    rig.trigger("tool.brush")
    rig.drag((20, 20), (60, 20))
    QApplication.processEvents()
    assert rig.generator.is_busy
    assert rig.document.undo_stack.labels[-1] == "Brush stroke"
    _finish(rig)


def test_earlier_jobs_are_listed_after_a_restart(rig: Rig) -> None:
    from tests.ui.rig import connect, make_rig

    _prepared(rig)
    rig.trigger("generate.start")
    _finish(rig)
    rig.document.mark_saved()
    rig.window.close()
    assert rig.desk is not None
    again = make_rig(rig.qtbot, rig.inside._state.home, None)
    connect(again, rig.desk)
    again.wait(lambda: len(_jobs(again)) == 1)
    assert _jobs(again)[0].startswith("Remove\nDone, free")


def test_what_an_earlier_session_left_is_told_and_leaves_the_button_alone(rig: Rig) -> None:
    from aipaint.generation.enter_job import enter_job
    from aipaint.generation.job import Job
    from aipaint.generation.stored_job import store_job

    assert rig.desk is not None
    assert rig.generator is not None
    _prepared(rig)
    left = Job(edit("left behind"), picture_of(photograph(96, 80), Rect(30, 20, 24, 20)))
    earlier = open_desk(rig.desk.home, None)
    enter_job(left, earlier)
    store_job(left, earlier)
    earlier.close()  # its process is gone
    rig.generator.recover()
    notice = rig.inside.docks.prompt.notice
    rig.wait(lambda: "1 waiting job is paused" in notice.text())
    assert [job.id for job in rig.generator.queue().waiting] == [left.id]
    button = rig.find(QPushButton, "generateButton")
    assert button.isEnabled()
    button.click()
    _finish(rig)
    rig.wait(button.isEnabled)
