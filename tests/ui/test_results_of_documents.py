"""Results stay with the document they were made for, in the window."""

from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QPushButton

from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.history.records import ResultUse
from aipaint.pixels.rect import Rect
from tests.ui.rig import Rig, answer, picture_file


def _open(rig: Rig, path: Path) -> None:
    rig.document.mark_saved()  # nobody is there to answer
    with rig.qtbot.waitSignal(rig.inside.files.opened, timeout=20_000):
        rig.window.open_file(path)


def _buy(online: Rig) -> None:
    picture = online.document.picture
    area = Rect(10, 10, 20, 16)
    mask = picture.mask.with_pixels(area, np.full((area.height, area.width), 255, np.uint8))
    online.document.do(EditTiles.replacing("Mask", picture, MASK, mask))
    panel = online.inside.docks.prompt
    panel.prompt_edit.setPlainText("a red barn")
    panel.refresh()
    answer(online, "costDialog", "costConfirmButton")
    assert online.generator is not None
    with online.qtbot.waitSignal(online.generator.job_done, timeout=20_000):
        online.trigger("generate.start")


def _shows(rig: Rig) -> bool:
    seen = {rig.inside.docks.strip.isVisible(), rig.inside.canvas.candidate_item.is_showing}
    assert len(seen) == 1
    return seen.pop()


def test_another_document_hides_them_and_coming_back_shows_them(
    online: Rig, tmp_path: Path
) -> None:
    first, second = picture_file(tmp_path, "one.png"), picture_file(tmp_path, "two.png")
    _open(online, first)
    _buy(online)
    strip = online.inside.docks.strip
    online.wait(lambda: bool(strip.current_id))
    bought = strip.current_id
    _open(online, second)
    assert strip.list.count() == 0
    assert not _shows(online)
    assert not online.find(QPushButton, "applyButton").isEnabled()
    assert online.desk is not None
    assert online.generator is not None
    (job,) = online.desk.history.jobs()
    assert job.result_use is ResultUse.WAITING
    assert [item.job_id for item in online.generator.inbox()] == [job.id]
    _open(online, first)
    assert strip.current_id == bought
    assert _shows(online)
    assert online.generator.inbox() == ()


def test_a_picture_saved_as_a_project_keeps_its_results(online: Rig, tmp_path: Path) -> None:
    _open(online, picture_file(tmp_path, "one.png"))
    _buy(online)
    files, strip = online.inside.files, online.inside.docks.strip
    with online.qtbot.waitSignal(files.saved, timeout=20_000):
        files.save(tmp_path / "one.ora")
    assert strip.list.count() == 1
    _open(online, picture_file(tmp_path, "two.png"))
    assert strip.list.count() == 0
    _open(online, tmp_path / "one.ora")
    assert strip.list.count() == 1
