"""Which pixels move along when the active layer does."""

from aipaint.document import layer_tree
from aipaint.document.picture import Picture


def moved_targets(picture: Picture) -> tuple[str, ...]:
    """Targets by the names `EditTiles` knows; the active layer's own first.

    The layer's mask alone while it is what tools paint on; a group with everything in it; a layer
    together with its mask. With a selection masks stay: it takes pixels out of the layer.
    """
    active = picture.active_layer
    if picture.paint_target != active.id:
        return (picture.paint_target,)
    targets: list[str] = []
    for layer in reversed(layer_tree.with_contents(picture.layers, active)):
        if not layer.is_group:
            targets.append(layer.id)
        if layer.mask is not None and picture.selection is None:
            targets.append(layer.mask_target)
    return tuple(targets)


def every_target(picture: Picture) -> tuple[str, ...]:
    """Everything with pixels but the picture's own mask: layers and their masks."""
    targets: list[str] = []
    for layer in picture.layers:
        if not layer.is_group:
            targets.append(layer.id)
        if layer.mask is not None:
            targets.append(layer.mask_target)
    return tuple(targets)
