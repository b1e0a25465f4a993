"""`merge_visible`: what shows becomes one layer, what is hidden stays as it is."""

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_tree import base_of, children
from aipaint.document.merge import Merged, composed
from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.pixels.tile_shelf import Keep, keep_as_it_is


def merge_visible(picture: Picture, keep: Keep = keep_as_it_is) -> Merged:
    """The merged layer takes the name and the place of the lowest one. Hidden layers stay, also
    those in groups that show: they come out of them. Slow: on a worker, on a snapshot.

    Raises UsageError where fewer than two layers show, or one that does is locked.
    """
    shown, hidden = _told_apart(picture, "")
    locked = next((one for one in shown if one.style.is_locked), None)
    if locked is not None:
        raise UsageError(f"“{locked.name}” is locked.", "Unlock it in the Layers panel to merge.")
    if len(shown) < 2:
        raise UsageError("Less than two layers show.", "Show what you want to merge.")
    roots = [one for one in shown if not one.group_id]
    merged = Layer(LayerStyle(roots[0].name), composed(picture.sheets(), keep))
    kept = tuple(one.id for one in hidden if one.group_id)
    return Merged("Merge visible", merged, tuple(one.id for one in roots), kept)


def _told_apart(picture: Picture, group_id: str) -> tuple[list[Layer], list[Layer]]:
    """What shows in a group, at every depth, and the outermost of what does not; bottom first."""
    shown: list[Layer] = []
    hidden: list[Layer] = []
    for layer in children(picture.layers, group_id):
        if not _shows(picture, layer):
            hidden.append(layer)
            continue
        shown.append(layer)
        if layer.is_group:
            inner_shown, inner_hidden = _told_apart(picture, layer.id)
            shown += inner_shown
            hidden += inner_hidden
    return shown, hidden


def _shows(picture: Picture, layer: Layer) -> bool:
    """By itself: what is clipped to something hidden does not."""
    base = base_of(picture.layers, layer)
    return layer.style.is_visible and (base is None or base.style.is_visible)
