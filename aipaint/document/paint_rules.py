"""What painting must respect: locked and hidden layers, the selection, locked alpha."""

from aipaint.document.edit_tiles import MASK
from aipaint.document.layer_tree import groups_around
from aipaint.document.picture import Picture
from aipaint.pixels.restrict import keep_alpha, mix_by_coverage
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap


def refusal(picture: Picture, target: str) -> str:
    """Why nothing can be painted there, as a sentence for the user; "" where painting works."""
    if target == MASK:
        return ""
    layer = picture.layer(target.partition("/")[0])
    if layer.is_group and target == layer.id:
        return f"“{layer.name}” is a group. Choose a layer in it to paint."
    for one in (layer, *groups_around(picture.layers, layer)):
        kind = "group" if one.is_group else "layer"
        if one.style.is_locked:
            return f"The {kind} “{one.name}” is locked. Unlock it in the Layers panel to paint."
        if not one.style.is_visible:
            return f"The {kind} “{one.name}” is hidden. Show it in the Layers panel to paint."
    return ""


def within_rules(
    picture: Picture, target: str, before: TileMap, edits: TileEdits
) -> dict[TileKey, Tile | None]:
    """The edits with everything taken back that the selection or a locked alpha forbids.

    `before` holds the target's tiles as they were when the act began.
    """
    selection = picture.selection
    is_alpha_locked = keeps_alpha(picture, target)
    if selection is None and not is_alpha_locked:
        return dict(edits)
    allowed: dict[TileKey, Tile | None] = {}
    for key, tile in edits.items():
        old = before.get(key)
        if is_alpha_locked:
            tile = keep_alpha(old, tile)
        if selection is not None:
            tile = mix_by_coverage(old, tile, selection.get(key))
        allowed[key] = tile
    return allowed


def keeps_alpha(picture: Picture, target: str) -> bool:
    """Whether only the colors may change there."""
    is_layer = target != MASK and "/" not in target  # a layer's mask has no alpha to lock
    return is_layer and picture.layer(target).style.is_alpha_locked
