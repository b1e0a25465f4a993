"""What every painting tool keeps to: one step, exact undo, Esc, locks, selection, color."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.document.layer import LayerStyle
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.text_tool import TextTool
from tests.tools.studio import FRAME, Studio, plain

_INK = Color(250, 10, 20)
_AROUND = Rect(-300, -300, 1000, 900)


def _drag(studio: Studio) -> None:
    studio.drag((60, 50), (180, 120), (260, 200))


def _click(studio: Studio) -> None:
    studio.drag((150, 100))


def _polygon(studio: Studio) -> None:
    for place in ((60, 50), (260, 60), (150, 220)):
        studio.drag(place)
    studio.toolbox.current.confirm()


def _clone(studio: Studio) -> None:
    studio.drag((20, 20), has_alt=True)
    _drag(studio)


def _write(studio: Studio) -> None:
    studio.drag((100, 150))
    tool = studio.toolbox.current
    assert isinstance(tool, TextTool)
    tool.set_text("Ink")
    tool.finish()


_ACTS: dict[str, Callable[[Studio], None]] = {
    "pencil": _drag,
    "fill": _click,
    "gradient": _drag,
    "line": _drag,
    "rectangle": _drag,
    "ellipse": _drag,
    "polygon": _polygon,
    "text": _write,
    "smudge": _drag,
    "clone": _clone,
}
_tools = pytest.mark.parametrize("tool_id", list(_ACTS))


def _studio(tool_id: str) -> Studio:
    """Two-colored paint, so that every tool has something to change."""
    pixels = plain(200, 180, 160)
    pixels[:130, :170] = (30, 60, 90, 255)
    studio = Studio(pixels)
    studio.toolbox.colors.foreground = _INK
    studio.choose(tool_id)
    return studio


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    """The text tool needs an application."""
    del qtbot


@_tools
def test_an_act_is_one_step_that_undo_and_redo_take_exactly(tool_id: str) -> None:
    studio = _studio(tool_id)
    before = studio.pixels(_AROUND)
    _ACTS[tool_id](studio)
    after = studio.pixels(_AROUND)
    assert len(studio.labels()) == 1
    assert (after != before).any()
    assert (after[..., :3] <= after[..., 3:]).all()
    studio.document.undo()
    assert (studio.pixels(_AROUND) == before).all()
    studio.document.redo()
    assert (studio.pixels(_AROUND) == after).all()


@_tools
def test_nothing_outside_the_selection_changes(tool_id: str) -> None:
    studio = _studio(tool_id)
    chosen = Rect(90, 40, 110, 150)
    studio.select(chosen)
    before = studio.pixels(_AROUND)
    _ACTS[tool_id](studio)
    differs = (studio.pixels(_AROUND) != before).any(axis=2)
    assert differs[chosen.slices(_AROUND)].any()
    differs[chosen.slices(_AROUND)] = False
    assert not differs.any()


@_tools
@pytest.mark.parametrize(
    ("style", "word"),
    [(LayerStyle(is_locked=True), "locked"), (LayerStyle(is_visible=False), "hidden")],
)
def test_a_locked_or_hidden_layer_is_left_alone_and_the_user_is_told(
    tool_id: str, style: LayerStyle, word: str
) -> None:
    studio = _studio(tool_id)
    studio.style(style)
    before = studio.pixels()
    _ACTS[tool_id](studio)
    assert (studio.pixels() == before).all()
    assert len(studio.labels()) == 1  # the lock itself
    assert any(word in sentence for sentence in studio.told)


@_tools
def test_locked_alpha_stays(tool_id: str) -> None:
    pixels = plain(200, 180, 160)
    pixels[:130, :170] = (30, 60, 90, 200)
    pixels[:, 200:] = 0
    studio = Studio(pixels)
    studio.toolbox.colors.foreground = _INK
    studio.style(LayerStyle(is_alpha_locked=True))
    studio.choose(tool_id)
    _ACTS[tool_id](studio)
    assert (studio.pixels(_AROUND)[..., 3] == _padded(pixels)[..., 3]).all()


def _padded(pixels: np.ndarray) -> np.ndarray:
    whole = np.zeros((_AROUND.height, _AROUND.width, 4), np.uint8)
    whole[FRAME.slices(_AROUND)] = pixels
    return whole


def _is_busy(studio: Studio) -> bool:
    return studio.toolbox.current.is_busy


@pytest.mark.parametrize(
    "tool_id", ["pencil", "gradient", "line", "rectangle", "ellipse", "smudge", "clone"]
)
def test_a_drag_shows_at_once_and_esc_leaves_nothing(tool_id: str) -> None:
    studio = _studio(tool_id)
    if tool_id == "clone":
        studio.drag((20, 20), has_alt=True)
    before = studio.pixels(_AROUND)
    studio.hold((60, 50), (180, 120), (260, 200))
    assert (studio.pixels(_AROUND) != before).any()
    assert _is_busy(studio)
    studio.toolbox.current.cancel()
    assert not _is_busy(studio)
    assert (studio.pixels(_AROUND) == before).all()
    studio.toolbox.current.move(PointerEvent(300, 250))
    studio.toolbox.current.release()
    assert studio.labels() == []
    assert (studio.pixels(_AROUND) == before).all()


@pytest.mark.parametrize(
    "tool_id", ["pencil", "gradient", "line", "rectangle", "ellipse", "polygon", "text", "fill"]
)
def test_the_alpha_of_the_foreground_color_counts(tool_id: str) -> None:
    studio = Studio()
    studio.toolbox.colors.foreground = Color(255, 255, 255, 128)
    studio.toolbox.colors.background = Color(255, 255, 255, 128)
    studio.choose(tool_id)
    _ACTS[tool_id](studio)
    assert 100 < studio.pixels()[..., 3].max() <= 128


@pytest.mark.parametrize("tool_id", ["pencil", "line", "rectangle", "polygon", "text", "fill"])
def test_a_color_that_was_used_is_remembered(tool_id: str) -> None:
    studio = _studio(tool_id)
    assert _INK not in studio.toolbox.colors.recent
    _ACTS[tool_id](studio)
    assert studio.toolbox.colors.recent[0] == _INK


@_tools
def test_choosing_another_tool_in_mid_act_leaves_no_live_pixels_behind(tool_id: str) -> None:
    studio = _studio(tool_id)
    before = studio.pixels(_AROUND)
    if tool_id == "clone":
        studio.drag((20, 20), has_alt=True)
    studio.hold((60, 50), (180, 120))
    studio.choose("hand")
    studio.document.go_to(0)
    assert (studio.pixels(_AROUND) == before).all()


@pytest.mark.parametrize("tool_id", ["gradient", "rectangle", "ellipse", "line"])
def test_what_is_too_large_to_show_while_dragging_can_be_undone_as_well(tool_id: str) -> None:
    studio = _studio(tool_id)
    studio.picture.frame = Rect(0, 0, 4000, 3000)
    before = studio.pixels(_AROUND)
    studio.drag((100, 100), (2000, 1500), (3900, 2900))
    assert (studio.pixels(_AROUND) != before).any()
    assert len(studio.labels()) == 1
    studio.document.undo()
    assert (studio.pixels(_AROUND) == before).all()
    studio.drag((100, 100))
    studio.document.redo()
    assert (studio.pixels(_AROUND) != before).any()
