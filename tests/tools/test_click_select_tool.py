"""Smart select where a model was added: a click is enough. The clicker is one of our own making;
the real one is tested in tests/pixels/test_click_select.py."""

from collections.abc import Callable

import numpy as np
import pytest

from aipaint.document.areas import AreaKind, area_of_kind
from aipaint.document.document import Document
from aipaint.document.picture import blank_picture
from aipaint.pixels.rect import Rect
from aipaint.pixels.smart_select import SmartHints
from aipaint.pixels.tile import Pixels
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.smart_select_tool import SmartSelectTool
from aipaint.tools.toolbox import Toolbox


class Disks:
    """Takes a disk around each kept mark, and none around the others."""

    def __init__(self) -> None:
        self.is_ready = True
        self.asked: list[SmartHints] = []
        self.rests = 0

    def select(self, bgra: Pixels, hints: SmartHints, is_cancelled: Callable[[], bool]) -> Pixels:
        assert not is_cancelled()
        self.asked.append(hints)
        rows, columns = np.mgrid[: bgra.shape[0], : bgra.shape[1]]
        coverage = np.zeros(bgra.shape[:2], np.uint8)
        for mark in sorted(hints.marks, key=lambda mark: not mark.is_kept):
            x, y = mark.points[0]
            inside = (columns - x) ** 2 + (rows - y) ** 2 < 15**2
            coverage[inside] = 255 if mark.is_kept else 0
        return coverage

    def rest(self) -> None:
        self.rests += 1


@pytest.fixture
def box() -> Toolbox:
    box = Toolbox(Document(blank_picture(300, 200)))
    box.choose("selectSmart")
    return box


def _click(box: Toolbox, x: float, y: float, **keys: bool) -> None:
    box.current.press(PointerEvent(x, y, **keys))
    box.current.release()


def _selected(box: Toolbox) -> Pixels:
    assert isinstance(box.current, SmartSelectTool)
    picture = box.current._document.picture
    return area_of_kind(picture, AreaKind.SELECTION).read(Rect(0, 0, 300, 200))


def test_a_click_selects_and_another_one_adds(box: Toolbox) -> None:
    box.clicker = Disks()
    _click(box, 60, 50)
    _click(box, 200, 120)
    _click(box, 205, 125, has_alt=True)
    assert isinstance(box.current, SmartSelectTool)
    assert box.current.confirm()
    found = _selected(box)
    assert found[50, 60] == 255
    assert found[110, 195] == 255
    assert found[125, 205] == 0
    assert found[0, 0] == 0
    assert [len(hints.marks) for hints in box.clicker.asked] == [1, 2, 3]


def test_a_box_is_handed_over_and_a_step_back_asks_again(box: Toolbox) -> None:
    box.clicker = clicker = Disks()
    tool = box.current
    tool.press(PointerEvent(20, 20))
    tool.move(PointerEvent(120, 90))
    tool.release()
    assert clicker.asked[-1].box == Rect(20, 20, 100, 70)
    _click(box, 60, 50)
    assert isinstance(tool, SmartSelectTool)
    assert tool.step_back()
    assert clicker.asked[-1].marks == ()


def test_leaving_the_tool_gives_the_memory_back_once(box: Toolbox) -> None:
    box.clicker = clicker = Disks()
    box.choose("hand")
    assert clicker.rests == 0
    box.choose("selectSmart")
    _click(box, 60, 50)
    box.choose("hand")
    box.choose("brush")
    assert clicker.rests == 1


def test_without_a_model_a_click_is_nothing(box: Toolbox) -> None:
    clicker = Disks()
    clicker.is_ready = False
    for box.clicker in (None, clicker):
        _click(box, 60, 50)
        assert not box.current.is_busy
    assert clicker.asked == []
