"""A picture that the disk does not take: the window says it, and goes on once there is room."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aipaint.generation.second_place import SecondPlace
from aipaint.pixels.rect import Rect
from tests.generation.workshop import open_desk, photograph, picture_of
from tests.servers.images_api import ImagesApi
from tests.ui.rig import answer, make_rig


@pytest.mark.parametrize("where", ["in memory", "aipaint-rescued"])
def test_the_window_tells_where_the_picture_waits_and_shows_it_in_the_end(
    qtbot: QtBot, tmp_path: Path, api: ImagesApi, where: str
) -> None:
    folders = () if where == "in memory" else (tmp_path,)
    home = tmp_path / "home"
    desk = replace(
        open_desk(home, api),
        second_place=SecondPlace(folders, home),
        room_pause_seconds=0.05,
    )
    (home / "images").write_bytes(b"")  # a file in the place of the folder
    rig = make_rig(qtbot, home, desk)
    prompt = rig.inside.docks.prompt
    answer(rig, "costDialog", "costConfirmButton")
    rig.show_picture(picture_of(photograph(320, 240), Rect(140, 100, 40, 30)))
    prompt.prompt_edit.setPlainText("a boat")
    prompt.refresh()
    rig.trigger("generate.start")
    rig.wait(lambda: where in prompt.notice.text())
    assert prompt.notice.text().startswith("The data folder takes nothing: ")
    assert "Your picture (paid $0.0" in prompt.notice.text()
    rig.wait(lambda: "Waiting for the disk" in prompt.progress.message.text())
    assert len(prompt.progress.message.text()) < 100
    (home / "images").unlink()
    rig.wait(lambda: rig.inside.docks.strip.list.count() == 1)
    rig.wait(lambda: not prompt.notice.text())  # what it said is over
    assert len(api.paid) == 1
    assert list(tmp_path.glob("aipaint-rescued*")) == []
