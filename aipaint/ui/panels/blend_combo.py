"""`BlendCombo`: how the active layer meets what lies below it; a group may be open to it."""

from dataclasses import replace

from aipaint.document.layer import Layer, LayerStyle
from aipaint.pixels.blend_mode import BlendMode
from aipaint.ui.widgets.combo_box import ComboBox

PASS_THROUGH = "Pass Through"
_TIP = "How the layer meets what lies under it"
_GROUP_TIP = "How the group meets what lies under it; Pass Through lets each of its layers meet it"


class BlendCombo(ComboBox):
    """For a group the list begins with Pass Through, which is no blend mode."""

    def __init__(self) -> None:
        super().__init__("blendCombo", "Blend mode")
        for mode in BlendMode:
            self.addItem(mode.label, mode)
        self.setToolTip(_TIP)

    def show_layer(self, layer: Layer) -> None:
        """Offer what the layer can be, and show what it is."""
        has_it = self.itemData(0) is None
        if layer.is_group and not has_it:
            self.insertItem(0, PASS_THROUGH, None)
        elif has_it and not layer.is_group:
            self.removeItem(0)
        self.setToolTip(_GROUP_TIP if layer.is_group else _TIP)
        style = layer.style
        is_open = layer.is_group and style.is_pass_through
        self.setCurrentIndex(0 if is_open else self.findData(style.blend_mode))

    def chosen(self, style: LayerStyle) -> LayerStyle:
        """The style with what is chosen here."""
        mode = self.currentData()
        if mode is None:
            return replace(style, blend_mode=BlendMode.NORMAL, is_pass_through=True)
        return replace(style, blend_mode=mode, is_pass_through=False)
