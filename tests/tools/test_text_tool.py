"""Writing: one step, changed until it is left, moved by a drag."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.layer import Layer
from aipaint.document.layer_commands import AddLayer
from aipaint.pixels.brush import Color
from aipaint.tools.text_tool import TextTool
from tests.tools.studio import Studio, plain


@pytest.fixture
def studio(qtbot: QtBot) -> Studio:
    """With the text tool in hand; fonts need an application."""
    del qtbot
    studio = Studio(plain(255, 255, 255))
    studio.toolbox.colors.foreground = Color(0, 0, 0)
    studio.choose("text")
    return studio


def _tool(studio: Studio) -> TextTool:
    tool = studio.toolbox.current
    assert isinstance(tool, TextTool)
    return tool


def _type(studio: Studio, text: str) -> None:
    for end in range(1, len(text) + 1):
        _tool(studio).set_text(text[:end])


def _is_white(studio: Studio) -> bool:
    return bool((studio.pixels() == 255).all())


def test_each_letter_shows_and_all_of_them_are_one_step(studio: Studio) -> None:
    studio.drag((50, 150))
    assert _tool(studio).is_busy
    seen = set()
    for end in range(1, 6):
        _tool(studio).set_text("Hello"[:end])
        seen.add(studio.pixels().tobytes())
    assert len(seen) == 5
    assert studio.labels() == ["Text"]
    studio.document.undo()
    assert _is_white(studio)


def test_letters_taken_back_leave_no_ink(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "Wide words")
    _tool(studio).set_text("i")
    narrow = studio.pixels()
    assert (narrow[:, 120:] == 255).all()
    _tool(studio).set_text("")
    assert _is_white(studio)
    _tool(studio).finish()
    assert not studio.document.undo_stack.can_undo


def test_size_and_color_change_what_is_written_already(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "Ink")
    small = (studio.pixels()[..., 0] < 128).sum()
    studio.toolbox.painting.text = replace(studio.toolbox.painting.text, size_pixels=120)
    _tool(studio).restyle()
    assert (studio.pixels()[..., 0] < 128).sum() > 3 * small
    studio.toolbox.colors.foreground = Color(255, 0, 0)
    assert not (studio.pixels()[..., 2] < 250).any()
    assert studio.labels() == ["Text"]


def test_esc_takes_it_all_back_and_a_click_elsewhere_keeps_it(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "no")
    _tool(studio).cancel()
    assert _is_white(studio)
    assert not _tool(studio).is_busy
    studio.drag((50, 150))
    _type(studio, "yes")
    kept = studio.pixels()
    studio.drag((50, 280))
    assert _tool(studio).text == ""
    assert (studio.pixels() == kept).all()
    _type(studio, "again")
    assert studio.labels() == ["Text", "Text"]
    studio.document.undo()
    assert (studio.pixels() == kept).all()


def test_a_click_on_the_text_opens_it_again_until_another_tool_is_used(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "first")
    _tool(studio).finish()
    assert not _tool(studio).is_busy
    studio.drag((70, 140))
    assert _tool(studio).is_busy
    assert _tool(studio).text == "first"
    _type(studio, "second")
    assert studio.labels() == ["Text"]
    studio.choose("brush")
    assert not studio.toolbox.current.is_busy
    studio.choose("text")
    studio.drag((70, 140))
    assert _tool(studio).text == ""


def test_a_drag_moves_the_text(studio: Studio) -> None:
    studio.drag((50, 100))
    _type(studio, "move")
    before = np.argwhere(studio.pixels()[..., 0] < 128).min(axis=0)
    studio.drag((60, 90), (100, 150), (130, 190))
    after = np.argwhere(studio.pixels()[..., 0] < 128).min(axis=0)
    assert tuple(after - before) == (100, 70)
    assert studio.labels() == ["Text"]
    assert _tool(studio).text == "move"


def test_after_an_undo_the_text_is_left_alone(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "gone")
    studio.document.undo()
    assert not _tool(studio).is_busy
    _tool(studio).set_text("gone again")
    assert _is_white(studio)
    _tool(studio).cancel()
    assert studio.document.undo_stack.can_redo


def test_anything_else_done_to_the_picture_ends_the_text(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "kept")
    written = studio.pixels()
    studio.document.do(AddLayer(Layer()))
    assert not _tool(studio).is_busy
    _tool(studio).set_text("lost")
    _tool(studio).cancel()
    assert (studio.pixels() == written).all()


def test_a_save_in_between_does_not_break_the_text(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "Sav")
    studio.document.mark_saved()
    _type(studio, "Saved")
    assert _tool(studio).is_busy
    assert studio.document.is_modified
    studio.document.go_to(0)
    assert _is_white(studio)


def test_a_text_that_was_packed_meanwhile_goes_on_as_another_step(studio: Studio) -> None:
    studio.drag((50, 150))
    _type(studio, "Pa")
    for command in studio.document.undo_stack.commands:
        command.pack(None)
    _type(studio, "Packed")
    written = studio.pixels()
    assert _tool(studio).is_busy
    studio.document.go_to(0)
    assert _is_white(studio)
    studio.document.go_to(len(studio.labels()))
    assert (studio.pixels() == written).all()


def test_a_text_that_was_done_is_given_back_by_esc(studio: Studio) -> None:
    """Only what was done to it since it was taken up again is given up."""
    studio.drag((50, 150))
    _type(studio, "Done")
    _tool(studio).finish()
    done = studio.pixels()
    studio.drag((60, 140))
    assert _tool(studio).text == "Done"
    _type(studio, "Other")
    studio.toolbox.colors.foreground = Color(0, 200, 0)
    _tool(studio).tick()
    studio.drag((60, 140), (160, 200))
    assert (studio.pixels() != done).any()
    _tool(studio).cancel()
    assert not _tool(studio).is_busy
    assert (studio.pixels() == done).all()
    assert studio.labels() == ["Text"]
    studio.drag((60, 140))
    assert _tool(studio).text == "Done"
    _tool(studio).cancel()
    studio.document.undo()
    assert _is_white(studio)
