"""The history list shows every step; a click goes there."""

from PySide6.QtCore import Qt

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
