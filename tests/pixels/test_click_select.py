"""One click selects: the process, what it remembers, what a cancel costs. With a tiny model that
sees red, green and blue things."""

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aipaint.errors import AipaintError
from aipaint.pixels.click_select import ClickSelect
from aipaint.pixels.model_message import Pixels
from aipaint.pixels.rect import Rect
from aipaint.pixels.smart_select import Mark, SmartHints
from tests.providers.tiny_packs import full_shelf

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime") is None,
    reason="the library onnxruntime is not installed",
)
_CLICK = SmartHints(marks=(Mark(((60.0, 50.0),), 4.0, is_kept=True),))


@pytest.fixture
def clicks(tmp_path: Path) -> Iterator[ClickSelect]:
    shelf = full_shelf(tmp_path, "sam2")
    selecting = ClickSelect(lambda: shelf.ready("sam2"))
    yield selecting
    selecting.rest()


def _picture(bgr: tuple[int, int, int] = (10, 10, 250)) -> Pixels:
    bgra = np.zeros((120, 200, 4), np.uint8)
    bgra[..., 3] = 255
    bgra[30:70, 40:100, :3] = bgr
    return bgra


def test_a_click_is_enough_and_a_second_one_needs_no_second_look(clicks: ClickSelect) -> None:
    assert clicks.is_ready
    found = clicks.select(_picture(), _CLICK)
    assert found.shape == (120, 200)
    assert (found[35:65, 45:95] == 255).all()
    assert (found[:20] == 0).all()
    assert np.array_equal(found, clicks.select(_picture(), _CLICK))
    # Another picture is looked at anew.
    moved = np.roll(_picture(), 60, axis=1)
    assert (clicks.select(moved, _CLICK)[35:65, 105:155] == 255).all()
    clicks.rest()
    assert (clicks.select(moved, _CLICK)[35:65, 105:155] == 255).all()


def test_a_click_again_asks_for_the_whole(clicks: ClickSelect) -> None:
    """Red is surest here; green is the larger one of the two others."""
    picture = _picture()
    picture[30:70, 40:100, 1] = 125
    picture[30:70, 100:120, :3] = (0, 125, 0)
    mark = _CLICK.marks[0]
    again = Mark(((61.0, 51.0),), 4.0, is_kept=True)
    elsewhere = Mark(((80.0, 60.0),), 4.0, is_kept=True)
    first = clicks.select(picture, SmartHints(marks=(mark,)))
    second = clicks.select(picture, SmartHints(marks=(mark, again)))
    fourth = clicks.select(picture, SmartHints(marks=(mark, again, again, again)))
    other = clicks.select(picture, SmartHints(marks=(mark, elsewhere)))
    assert first[50, 112] == 0
    assert second[50, 112] == 255
    assert np.array_equal(first, fourth)
    assert np.array_equal(first, other)


def test_crumbs_and_pinholes_are_left_out(clicks: ClickSelect) -> None:
    picture = _picture()
    picture[48:51, 60:63, :3] = 0
    picture[110:112, 180:182, :3] = (10, 10, 250)
    found = clicks.select(picture, _CLICK)
    assert (found[35:65, 45:95] == 255).all()
    assert (found[100:] == 0).all()


def test_a_cancelled_look_is_not_wasted(clicks: ClickSelect) -> None:
    nothing = clicks.select(_picture(), _CLICK, lambda: True)
    assert not nothing.any()
    assert clicks.select(_picture(), _CLICK).any()


def test_two_at_once_take_turns(clicks: ClickSelect) -> None:
    answers: list[Pixels] = []
    threads = [
        threading.Thread(target=lambda: answers.append(clicks.select(_picture(), _CLICK)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(answers[0], answers[1])
    assert answers[0].any()


def test_without_a_hint_or_a_model_nothing_is_selected(tmp_path: Path, clicks: ClickSelect) -> None:
    assert not clicks.select(_picture(), SmartHints()).any()
    missing = ClickSelect(lambda: None)
    assert not missing.is_ready
    assert not missing.select(_picture(), SmartHints(Rect(0, 0, 50, 50))).any()


def test_a_damaged_model_is_a_sentence(tmp_path: Path, clicks: ClickSelect) -> None:
    path = next(tmp_path.glob("*.ort"))
    path.write_bytes(path.read_bytes()[::-1])
    with pytest.raises(AipaintError, match="not what was added"):
        clicks.select(_picture(), _CLICK)
