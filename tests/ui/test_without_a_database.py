"""A window whose data folder cannot be used: it says so, sells nothing, and opens and saves."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from aipaint.errors import StorageError
from aipaint.projects.export import export_picture
from aipaint.projects.open_file import open_bytes, open_picture
from aipaint.projects.ora_write import save_ora
from aipaint.settings.brush_files import BrushFiles
from aipaint.settings.load_settings import load_settings
from aipaint.settings.paths import resource
from aipaint.ui.services import Services
from aipaint.ui.widgets.plain_label import PlainLabel
from tests.ui.rig import Rig, picture_file

SENTENCE = "The database <b>x</b> is damaged."


@pytest.fixture
def bare(starting: Rig, tmp_path: Path) -> Rig:
    problem = StorageError(SENTENCE, "Start aipaint again.")
    starting.window.connect_services(
        Services(
            generator=None,
            open_picture=open_picture,
            open_bytes=open_bytes,
            save_ora=save_ora,
            export_picture=export_picture,
            providers=(),
            settings=load_settings({"AIPAINT_HOME": str(tmp_path)}, {}),
            sample_picture=resource("samples") / "rocket.jpg",
            brush_files=BrushFiles(resource("brushes"), tmp_path / "brushes"),
            problem=problem,
        )
    )
    return starting


def test_it_says_why_nothing_can_be_bought(bare: Rig) -> None:
    bare.inside.show_canvas()
    button = bare.find(QPushButton, "generateButton")
    assert not button.isEnabled()
    assert "<b>" not in button.toolTip()
    cost = bare.find(PlainLabel, "costLabel")
    assert cost.text() == f"{SENTENCE} Start aipaint again."
    assert bare.inside.status.spend.text() == "Nothing can be bought"
    bare.inside.docks.prompt.prompt_edit.setPlainText("a boat")
    bare.inside.docks.prompt.refresh()
    assert cost.text() == f"{SENTENCE} Start aipaint again."
    bare.trigger("generate.start")
    assert not button.isEnabled()


def test_a_picture_is_opened_painted_and_saved(bare: Rig, tmp_path: Path) -> None:
    bare.window.open_file(picture_file(tmp_path, "photo.png", (200, 150)))
    bare.wait(lambda: bare.document.picture.frame.width == 200)
    bare.show_picture(bare.document.picture)
    before = bare.document.undo_stack.index
    bare.drag((20, 20), (120, 90))
    bare.wait(lambda: bare.document.undo_stack.index > before)
    saved = tmp_path / "saved.ora"
    bare.inside.files.save(saved)
    bare.wait(saved.exists)
    bare.wait(lambda: not bare.document.is_modified)
    assert open_picture(saved).frame == bare.document.picture.frame
    flat = tmp_path / "flat.png"
    bare.inside.files.export(flat)
    bare.wait(flat.exists)
