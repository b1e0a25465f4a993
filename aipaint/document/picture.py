"""`Picture`: layers, mask and frame as plain data."""

from collections.abc import Sequence

from aipaint.document import layer_tree
from aipaint.document.layer import Layer
from aipaint.pixels.compositor import Sheet
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


class Picture:
    """What is painted. `frame` is what is exported and what a model sees; pixels may lie outside.

    `layers` runs from the bottom up and is never empty; a group stands directly above what lies in
    it (see `layer_tree`). `active_layer_id` names the layer that tools paint on, or whose mask they
    paint on while `is_mask_active`. `selection` limits painting; None means that everything is
    selected. `kept` holds areas by name, to be used as mask or selection again. Changed by commands
    only; main thread only, except for a `snapshot`.
    """

    selection: TileMap | None
    kept: dict[str, TileMap]

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
        self.is_mask_active = False
        self.selection = None
        self.kept = {}

    @property
    def active_layer(self) -> Layer:
        return self.layer(self.active_layer_id)

    @property
    def paint_target(self) -> str:
        """What brushes and fills change now, as `EditTiles` calls it."""
        layer = self.active_layer
        return layer.mask_target if self.is_mask_active and layer.mask is not None else layer.id

    def layer(self, layer_id: str) -> Layer:
        """Raises KeyError for a layer that is not there."""
        return self.layers[self.index_of(layer_id)]

    def index_of(self, layer_id: str) -> int:
        """Place from the bottom. Raises KeyError for a layer that is not there."""
        return layer_tree.index_of(self.layers, layer_id)

    def sheets(self) -> list[Sheet]:
        """The visible layers as the compositor wants them, bottom first; groups hold theirs."""
        return layer_tree.sheets_of(self.layers)

    def snapshot(self) -> "Picture":
        """A copy for a worker: shares tiles, which are immutable."""
        layers = [layer.snapshot() for layer in self.layers]
        picture = Picture(layers, self.frame, self.mask.copy(), self.active_layer_id)
        picture.is_mask_active = self.is_mask_active
        picture.selection = None if self.selection is None else self.selection.copy()
        picture.kept = dict(self.kept)  # kept areas are replaced, never painted on
        return picture

    @property
    def byte_size(self) -> int:
        return sum(layer.byte_size for layer in self.layers) + self.mask.byte_size


def blank_picture(width: int, height: int) -> Picture:
    """One empty layer and a frame of that size."""
    return Picture([Layer()], Rect(0, 0, width, height))
