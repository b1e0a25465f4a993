"""Painting on a worker: swapped in whole, drawn again if it came too late, dropped if in vain."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from aipaint.document.layer import Layer
from aipaint.document.layer_commands import AddLayer, RemoveLayer
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.tools import paint_aside
from aipaint.tools.painting_options import FillOptions
from tests.tools.studio import Studio, plain


class _Later:
    """A worker that works when the test says so."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def __call__(
        self, call: Callable[[], Any], done: Callable[[Any], None], message: str = ""
    ) -> None:
        assert message
        answer = call()
        self._waiting.append(lambda: done(answer))

    def finish_one(self) -> None:
        self._waiting.pop(0)()

    @property
    def is_idle(self) -> bool:
        return not self._waiting


def _studio() -> tuple[Studio, _Later]:
    studio, later = Studio(), _Later()
    studio.picture.frame = Rect(0, 0, 3000, 2000)
    studio.toolbox.surroundings.run = later
    studio.toolbox.colors.foreground = Color(255, 0, 0)
    studio.toolbox.painting.fill = FillOptions(is_smooth=False)
    studio.choose("fill")
    return studio, later


def test_a_large_fill_is_one_step_once_it_is_done() -> None:
    studio, later = _studio()
    studio.drag((10, 10))
    assert studio.labels() == []
    later.finish_one()
    assert studio.labels() == ["Fill"]
    assert studio.layer.tiles.bounds() == Rect(0, 0, 3000, 2000)


def test_what_was_painted_meanwhile_is_not_lost() -> None:
    studio, later = _studio()
    studio.drag((10, 10))
    edits = studio.layer.tiles.with_pixels(Rect(500, 500, 400, 300), plain(0, 0, 0))
    studio.layer.tiles.swap(edits)
    later.finish_one()
    assert studio.labels() == []  # drawn once more
    later.finish_one()
    assert studio.labels() == ["Fill"]
    assert tuple(studio.pixels()[10, 10]) == (0, 0, 255, 255)
    assert tuple(studio.layer.tiles.read(Rect(600, 600, 1, 1))[0, 0]) == (0, 0, 0, 255)


def test_a_layer_that_is_gone_is_not_painted_on() -> None:
    studio, later = _studio()
    studio.document.do(AddLayer(Layer()))
    studio.document.set_active_layer(studio.layer.id)
    studio.drag((10, 10))
    studio.document.do(RemoveLayer(studio.layer.id))
    later.finish_one()
    assert later.is_idle
    assert "Fill" not in studio.labels()
    assert "gone" in studio.told[-1]


def test_a_selection_limits_it_on_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    studio, later = _studio()
    area = rectangle_area(Rect(0, 0, 2600, 1900))
    area.swap({(0, 0): Tile(np.full((256, 256), 128, np.uint8))})
    studio.picture.selection = area
    studio.drag((10, 10))

    def never(*_: object) -> None:
        raise AssertionError("this takes long on many tiles")

    monkeypatch.setattr(paint_aside, "within_rules", never)  # the worker is done
    later.finish_one()
    assert studio.labels() == ["Fill"]
    assert tuple(studio.pixels()[10, 10]) == (0, 0, 128, 128)  # half of it, once
    assert studio.layer.tiles.bounds() == Rect(0, 0, 2600, 1900)


def test_another_selection_meanwhile_is_the_one_that_counts() -> None:
    studio, later = _studio()
    studio.drag((10, 10))
    studio.select(Rect(0, 0, 40, 40))
    later.finish_one()
    assert studio.labels() == []  # drawn once more
    later.finish_one()
    assert studio.layer.tiles.bounds() == Rect(0, 0, 40, 40)
