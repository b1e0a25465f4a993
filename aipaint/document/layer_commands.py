"""Commands on the list of layers: add, remove, move, restyle."""

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile_map import tile_rect


class AddLayer(Command):
    """Put a layer above the active one (or at `index`) and make it the active one."""

    def __init__(self, layer: Layer, label: str = "Add layer", index: int | None = None) -> None:
        self.label = label
        self._layer = layer
        self._index = index
        self._active_before = ""

    def apply(self, picture: Picture) -> Change:
        if self._index is None:
            self._index = picture.index_of(picture.active_layer_id) + 1
        self._active_before = picture.active_layer_id
        picture.layers.insert(self._index, self._layer)
        picture.active_layer_id = self._layer.id
        return layer_change(self._layer)

    def revert(self, picture: Picture) -> Change:
        picture.layers.remove(self._layer)
        picture.active_layer_id = self._active_before
        return layer_change(self._layer)

    @property
    def byte_size(self) -> int:
        return self._layer.tiles.byte_size


class RemoveLayer(Command):
    """Take a layer out; the one below becomes active. The last layer stays."""

    label = "Delete layer"

    def __init__(self, layer_id: str) -> None:
        self._layer_id = layer_id
        self._layer: Layer | None = None
        self._index = 0
        self._active_before = ""

    def apply(self, picture: Picture) -> Change:
        if len(picture.layers) == 1:
            return Change(Part.LAYERS)
        self._active_before = picture.active_layer_id
        self._index = picture.index_of(self._layer_id)
        self._layer = picture.layers.pop(self._index)
        if picture.active_layer_id == self._layer_id:
            picture.active_layer_id = picture.layers[max(0, self._index - 1)].id
        return layer_change(self._layer)

    def revert(self, picture: Picture) -> Change:
        if self._layer is None:
            return Change(Part.LAYERS)
        picture.layers.insert(self._index, self._layer)
        picture.active_layer_id = self._active_before
        return layer_change(self._layer)

    @property
    def byte_size(self) -> int:
        return self._layer.tiles.byte_size if self._layer is not None else 0


class MoveLayer(Command):
    """Change a layer's place in the stack; `index` counts from the bottom."""

    label = "Move layer"

    def __init__(self, layer_id: str, index: int) -> None:
        self._layer_id = layer_id
        self._index = index
        self._index_before = 0

    def apply(self, picture: Picture) -> Change:
        self._index_before = picture.index_of(self._layer_id)
        return self._place(picture, self._index)

    def revert(self, picture: Picture) -> Change:
        return self._place(picture, self._index_before)

    def _place(self, picture: Picture, index: int) -> Change:
        layer = picture.layer(self._layer_id)
        picture.layers.remove(layer)
        picture.layers.insert(max(0, min(index, len(picture.layers))), layer)
        return layer_change(layer)


class StyleLayer(Command):
    """Name, opacity, blend mode, visibility, lock. A moving slider is one step."""

    def __init__(self, layer_id: str, style: LayerStyle, label: str) -> None:
        self.label = label
        self._layer_id = layer_id
        self._style = style
        self._style_before: LayerStyle | None = None

    def apply(self, picture: Picture) -> Change:
        layer = picture.layer(self._layer_id)
        self._style_before, layer.style = self._style_before or layer.style, self._style
        return layer_change(layer)

    def revert(self, picture: Picture) -> Change:
        layer = picture.layer(self._layer_id)
        if self._style_before is not None:
            layer.style = self._style_before
        return layer_change(layer)

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, StyleLayer) or previous.label != self.label:
            return None
        if previous._layer_id != self._layer_id:
            return None
        merged = StyleLayer(self._layer_id, self._style, self.label)
        merged._style_before = previous._style_before
        return merged


def layer_change(layer: Layer) -> Change:
    """A layer appeared, went, moved or looks different: all its tiles."""
    dirty: Rect = EMPTY_RECT
    for key in layer.tiles:
        dirty = dirty.united(tile_rect(key))
    return Change(Part.LAYERS | Part.PIXELS, dirty)
