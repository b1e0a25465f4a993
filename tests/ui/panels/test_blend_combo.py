"""The list of blend modes opens and closes groups, and shows what a layer can be."""

from aipaint.pixels.blend_mode import BlendMode
from aipaint.ui.panels.layer_model import DETAIL_ROLE
from tests.ui.rig import Rig


def test_a_new_group_is_open_and_the_list_of_modes_opens_and_closes_it(starting: Rig) -> None:
    starting.inside.show_canvas()
    panel = starting.inside.docks.layers
    layer_id = starting.document.picture.active_layer_id
    assert panel.blend_combo.findText("Pass Through") == -1
    assert not starting.inside.actions["layer.passThrough"].isEnabled()
    starting.trigger("layer.group")
    group = starting.document.picture.active_layer
    assert group.style.is_pass_through
    assert (panel.blend_combo.currentIndex(), panel.blend_combo.currentText()) == (
        0,
        "Pass Through",
    )
    assert panel.model.index_of(group.id).data(DETAIL_ROLE) == "Pass Through"
    panel.blend_combo.setCurrentIndex(panel.blend_combo.findText("Multiply"))
    panel.blend_combo.activated.emit(panel.blend_combo.currentIndex())
    assert (group.style.is_pass_through, group.style.blend_mode) == (False, BlendMode.MULTIPLY)
    starting.trigger("layer.passThrough")
    assert starting.inside.actions["layer.passThrough"].isChecked()
    assert (group.style.is_pass_through, group.style.blend_mode) == (True, BlendMode.NORMAL)
    starting.trigger("edit.undo")
    starting.trigger("edit.undo")
    assert (group.style.is_pass_through, panel.blend_combo.currentText()) == (True, "Pass Through")
    panel.target_wanted.emit(layer_id, False)
    assert panel.blend_combo.count() == len(BlendMode)
