"""`Picture`: layers, mask and frame as plain data."""

from collections.abc import Sequence

from aipaint.document.layer import Layer
from aipaint.pixels.compositor import Sheet
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


class Picture:
    """What is painted. `frame` is what is exported and what a model sees; pixels may lie outside.

    `layers` runs from the bottom up and is never empty. `active_layer_id` names the layer that
    tools paint on. Changed by commands only; main thread only, except for a `snapshot`.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        frame: Rect,
        mask: TileMap | None = None,
        active_layer_id: str = "",
    ) -> None:
        self.layers = list(layers) or [Layer()]
        self.frame = frame
        self.mask = mask if mask is not None else TileMap(TileFormat.COVERAGE)
        self.active_layer_id = active_layer_id or self.layers[-1].id

    @property
    def active_layer(self) -> Layer:
        return self.layer(self.active_layer_id)

    def layer(self, layer_id: str) -> Layer:
        """Raises KeyError for a layer that is not there."""
        return self.layers[self.index_of(layer_id)]

    def index_of(self, layer_id: str) -> int:
        """Place from the bottom. Raises KeyError for a layer that is not there."""
        for index, layer in enumerate(self.layers):
            if layer.id == layer_id:
                return index
        raise KeyError(layer_id)

    def sheets(self) -> list[Sheet]:
        """The visible layers as the compositor wants them, bottom first."""
        return [
            Sheet(layer.tiles, layer.style.opacity, layer.style.blend_mode)
            for layer in self.layers
            if layer.style.is_visible and layer.style.opacity > 0
        ]

    def snapshot(self) -> "Picture":
        """A copy for a worker: shares tiles, which are immutable."""
        layers = [layer.snapshot() for layer in self.layers]
        return Picture(layers, self.frame, self.mask.copy(), self.active_layer_id)

    @property
    def byte_size(self) -> int:
        return sum(layer.tiles.byte_size for layer in self.layers) + self.mask.byte_size


def blank_picture(width: int, height: int) -> Picture:
    """One empty layer and a frame of that size."""
    return Picture([Layer()], Rect(0, 0, width, height))
