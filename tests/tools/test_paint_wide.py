"""Painting on more than memory holds: what comes back, what is stopped, what is allowed."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest

from aipaint.document.clear_and_fill import cleared
from aipaint.document.picture import Picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.transform import Progress
from aipaint.tools import fill_tool
from aipaint.tools.painting_options import FillOptions
from tests.tools.studio import Studio, plain

_Answer = TypeVar("_Answer")
_RED = (0, 0, 255, 255)


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Studio:
    """White, and a bucket that thinks it is too large for arrays."""
    monkeypatch.setattr(fill_tool, "WIDE_PIXELS", 0)
    studio = Studio(plain(255, 255, 255))
    studio.toolbox.colors.foreground = Color(255, 0, 0)
    studio.choose("fill")
    studio.toolbox.painting.fill = FillOptions(is_smooth=False)
    return studio


class _Later:
    """A worker that works when it is told to."""

    def __init__(self, studio: Studio) -> None:
        self._works: list[Callable[[Progress], None]] = []
        studio.toolbox.surroundings.run_watched = self

    def __call__(
        self, call: Callable[[Progress], _Answer], done: Callable[[_Answer], None], message: str
    ) -> None:
        assert message == "Filling"
        self._works.append(lambda progress: done(call(progress)))

    def work(self, progress: Progress | None = None) -> None:
        self._works.pop(0)(progress or Progress())

    @property
    def is_idle(self) -> bool:
        return not self._works


def test_it_fills_what_arrays_would_fill_and_is_one_step(studio: Studio) -> None:
    studio.drag((150, 150))
    assert (studio.pixels() == _RED).all()
    assert studio.labels() == ["Fill"]
    studio.document.undo()
    assert (studio.pixels() == 255).all()


def test_a_selection_limits_it_once(studio: Studio) -> None:
    area = rectangle_area(Rect(20, 30, 300, 100))
    area.swap({(0, 0): Tile(np.full((256, 256), 128, np.uint8))})
    studio.document.do(SetSelection("Select", area))
    studio.drag((280, 60))
    pixels = studio.pixels()
    assert (pixels[60, 280] == _RED).all()
    assert (pixels[100, 100] == (127, 127, 255, 255)).all()  # half of it, not half of a half
    assert (pixels[200, 280] == 255).all()


def test_what_is_stopped_changes_nothing(studio: Studio) -> None:
    later = _Later(studio)
    studio.drag((150, 150))
    later.work(Progress(lambda: True))
    assert studio.labels() == []
    assert studio.told == ["Fill was stopped: nothing has changed."]


def test_what_was_painted_meanwhile_is_looked_at_again(studio: Studio) -> None:
    later = _Later(studio)
    studio.drag((150, 150))
    document = studio.document
    command = cleared("Clear", document.picture, document.picture.active_layer_id)
    assert command is not None
    document.do(command)
    later.work()
    assert studio.labels() == ["Clear"]
    later.work()
    assert later.is_idle
    assert (studio.pixels() == _RED).all()


def test_each_new_tile_is_shelved_and_the_shared_one_once(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelved: list[Tile] = []
    monkeypatch.setattr(studio.document, "shelve", shelved.append)
    studio.document.do(SetSelection("Select", rectangle_area(Rect(10, 10, 600, 500))))
    studio.drag((150, 150))
    tiles = studio.document.picture.active_layer.tiles
    changed = {tiles.get(key) for key in ((0, 0), (0, 1), (1, 0), (1, 1))}
    assert changed <= set(shelved)
    assert len(shelved) == len(set(shelved))


def test_a_faint_color_over_nothing_is_one_tile_everywhere(studio: Studio) -> None:
    studio.layer.tiles.swap(studio.layer.tiles.cleared())
    studio.document.replace_picture(Picture([studio.layer], Rect(0, 0, 1024, 1024)))
    studio.toolbox.colors.foreground = Color(255, 0, 0, 100)
    studio.drag((150, 150))
    assert len(set(studio.layer.tiles.tiles())) == 1
    assert len(studio.layer.tiles) == 16
    assert (studio.pixels() == (0, 0, 100, 100)).all()
