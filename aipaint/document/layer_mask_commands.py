"""`SetLayerMask`: give a layer a mask, exchange it, switch it off, take it away."""

from aipaint.document.change import Change
from aipaint.document.command import Command
from aipaint.document.layer import LayerMask
from aipaint.document.layer_commands import layer_change
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile


class SetLayerMask(Command):
    """None takes the mask away. `is_active` says whether tools paint on the mask from now on."""

    def __init__(
        self, label: str, layer_id: str, mask: LayerMask | None, *, is_active: bool = False
    ) -> None:
        self.label = label
        self._layer_id = layer_id
        self._mask = mask
        self._is_active = is_active
        self._mask_before: LayerMask | None = None
        self._was_active = False

    def apply(self, picture: Picture) -> Change:
        self._mask_before = picture.layer(self._layer_id).mask
        self._was_active = picture.is_mask_active
        return self._put(picture, self._mask, self._is_active)

    def revert(self, picture: Picture) -> Change:
        return self._put(picture, self._mask_before, self._was_active)

    def tiles(self) -> list[Tile]:
        masks = (self._mask, self._mask_before)
        return [tile for mask in masks if mask is not None for tile in mask.tiles.tiles()]

    def _put(self, picture: Picture, mask: LayerMask | None, is_active: bool) -> Change:
        layer = picture.layer(self._layer_id)
        layer.mask = mask
        picture.is_mask_active = is_active and mask is not None
        return layer_change(picture, layer)
