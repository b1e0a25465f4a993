"""`LayerActions`: connects the Layer menu and the layers panel with what does the work."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.layer_tree import children
from aipaint.ui.actions import Actions
from aipaint.ui.layer_flow import LayerFlow
from aipaint.ui.layer_mask_flow import LayerMaskFlow
from aipaint.ui.layer_mask_show import LayerMaskShow
from aipaint.ui.panels.layers_panel import LayersPanel


@dataclass(frozen=True)
class LayerFlows:
    """What the actions set off."""

    layers: LayerFlow
    masks: LayerMaskFlow
    mask_show: LayerMaskShow


class LayerActions(QObject):
    """Keeps the actions enabled and checked as the active layer is."""

    def __init__(
        self, document: Document, actions: Actions, panel: LayersPanel, flows: LayerFlows
    ) -> None:
        super().__init__(panel)
        self._document = document
        self._actions = actions
        self._panel = panel
        self._flows = flows
        flows.layers.chosen = panel.chosen_ids
        panel.solo_wanted.connect(flows.layers.solo)
        panel.target_wanted.connect(flows.masks.edit)
        panel.mask_switched.connect(flows.masks.toggle_enabled)
        panel.mask_alone_wanted.connect(flows.mask_show.toggle)
        flows.mask_show.shown_changed.connect(self.refresh)
        panel.moved.connect(flows.layers.move)
        actions.connect(self._slots())
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def let_go_with(self, let_go: Callable[[], None]) -> None:
        """What ends a stroke under way before a layer is touched."""
        self._flows.layers.let_go = self._flows.masks.let_go = let_go

    def tell_by(self, tell: Callable[[str], None]) -> None:
        """Where sentences for the user go."""
        self._flows.layers.told.connect(tell)
        self._flows.masks.told.connect(tell)

    def refresh(self) -> None:
        """Enable and check what fits the active layer."""
        picture = self._document.picture
        layer, style = picture.active_layer, picture.active_layer.style
        siblings = children(picture.layers, layer.group_id)
        is_inside, has_mask = bool(layer.group_id), layer.mask is not None
        enable = self._actions.enable
        enable("layer.delete", len(picture.layers) > 1)
        enable("layer.raise", is_inside or siblings[-1] is not layer)
        enable("layer.lower", is_inside or siblings[0] is not layer)
        enable("layer.ungroup", layer.is_group)
        enable("layer.mergeDown", layer.is_group or siblings[0] is not layer)
        enable("layer.mergeVisible layer.flatten", len(picture.layers) > 1)
        enable("layer.alphaLock", not layer.is_group)
        enable("layer.passThrough", layer.is_group)
        enable("layer.addMask layer.maskReveal layer.maskHide", not has_mask)
        enable("layer.maskSelection", not has_mask and picture.selection is not None)
        enable("layer.maskEdit layer.maskAlone layer.maskOff layer.maskDelete", has_mask)
        enable("layer.maskApply", has_mask and not layer.is_group)
        check = self._check
        check("layer.lock", style.is_locked)
        check("layer.alphaLock", style.is_alpha_locked)
        check("layer.clip", style.is_clipped)
        check("layer.passThrough", layer.is_group and style.is_pass_through)
        check("layer.maskEdit", has_mask and picture.is_mask_active)
        check("layer.maskAlone", self._flows.mask_show.is_shown)
        check("layer.maskOff", layer.mask is not None and not layer.mask.is_enabled)
        self._actions.name("layer.mergeDown", "M&erge Group" if layer.is_group else "M&erge Down")

    def _slots(self) -> dict[str, Callable[[], object]]:
        layers, masks = self._flows.layers, self._flows.masks
        return {
            "layer.new": layers.new_layer,
            "layer.duplicate": layers.duplicate,
            "layer.delete": layers.delete,
            "layer.rename": self._panel.rename_active,
            "layer.raise": layers.raise_layer,
            "layer.lower": layers.lower_layer,
            "layer.group": layers.group,
            "layer.ungroup": layers.ungroup,
            "layer.mergeDown": layers.merge_down,
            "layer.mergeVisible": layers.merge_visible,
            "layer.flatten": layers.flatten,
            "layer.lock": layers.toggle_lock,
            "layer.alphaLock": layers.toggle_alpha_lock,
            "layer.clip": layers.toggle_clip,
            "layer.passThrough": layers.toggle_pass_through,
            "layer.solo": lambda: layers.solo(self._document.picture.active_layer_id),
            "layer.addMask": masks.add,
            "layer.maskReveal": masks.reveal_all,
            "layer.maskHide": masks.hide_all,
            "layer.maskSelection": masks.from_selection,
            "layer.maskEdit": masks.toggle_editing,
            "layer.maskAlone": lambda: self._flows.mask_show.toggle(),
            "layer.maskOff": masks.toggle_enabled,
            "layer.maskApply": layers.apply_mask,
            "layer.maskDelete": masks.delete,
        }

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & (Part.LAYERS | Part.SELECTION):
            self.refresh()

    def _check(self, action_id: str, is_checked: bool) -> None:
        # A click has toggled it already; what counts is how the layer is.
        self._actions[action_id].setChecked(is_checked)
