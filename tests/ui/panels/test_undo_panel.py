"""The history list shows every step; a click goes there."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from aipaint.document.layer import Layer
from aipaint.document.layer_commands import AddLayer, RemoveLayer
from aipaint.document.memory_use import MemoryUse
from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.panels.memory_wording import memory_words
from aipaint.ui.panels.step_delegate import SIZE_ROLE
from tests.ui.rig import Rig


def _rows(rig: Rig) -> list[str]:
    model = rig.inside.docks.undo.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_steps_are_listed_and_a_click_goes_to_one(starting: Rig) -> None:
    for _ in range(3):
        starting.trigger("layer.new")
    view = starting.inside.docks.undo.list
    assert _rows(starting) == ["Start", *["Add layer"] * 3]
    assert view.currentIndex().row() == 3
    view.clicked.emit(view.model().index(1, 0))
    assert len(starting.document.picture.layers) == 2
    assert view.currentIndex().row() == 1
    undone = view.model().index(3, 0).data(Qt.ItemDataRole.FontRole)
    assert undone.italic()
    view.clicked.emit(view.model().index(3, 0))
    assert len(starting.document.picture.layers) == 4


def test_a_new_step_drops_what_was_undone(starting: Rig) -> None:
    for _ in range(3):
        starting.trigger("layer.new")
    starting.trigger("edit.undo")
    starting.trigger("edit.undo")
    starting.trigger("layer.duplicate")
    assert _rows(starting) == ["Start", "Add layer", "Duplicate layer"]


def test_what_the_steps_take_is_said_and_follows_the_packing(starting: Rig) -> None:
    panel = starting.inside.docks.undo
    noise = np.random.default_rng(1).integers(0, 256, (1024, 1024, 4), np.uint8)
    layer = Layer(tiles=TileMap.from_pixels(noise))
    starting.document.do(AddLayer(layer))
    starting.document.do(RemoveLayer(layer.id))
    panel.measure()
    text = panel.memory.text()
    assert text == "Steps: 8 MB in memory"  # without a keeper each counts what it holds
    keeper = TileKeeper(MemoryBudget(0, 0, 0, 0), SpillFile())
    starting.document.keep_within(keeper)
    keeper.look(starting.document.picture, starting.document.undo_stack)
    keeper.wait()
    panel.measure()
    assert panel.memory.text() == "Steps: 4 MB on disk"
    model = panel.list.model()
    row = model.index(2, 0)
    assert row.data(Qt.ItemDataRole.ToolTipRole) == "Delete layer: 4 MB on disk"
    assert row.data(SIZE_ROLE) == "4 MB"
    assert model.index(0, 0).data(SIZE_ROLE) == ""
    keeper.close()


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (MemoryUse(), "nothing in memory"),
        (MemoryUse(5), "less than 1 MB in memory"),
        (MemoryUse(12 << 20, 40 << 20), "12 MB in memory, 40 MB on disk"),
        (MemoryUse(0, 3 << 29), "1.5 GB on disk"),
    ],
)
def test_sizes_are_plain_words(use: MemoryUse, words: str) -> None:
    assert memory_words(use) == words
