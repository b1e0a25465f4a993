"""The tree that the flat list of layers stands for.

The list runs from the bottom up. A group stands directly above what lies in it, so that the list
read backwards is what a layers panel shows: a group's name and then its contents.
"""

from collections.abc import Collection, Sequence

from aipaint.document.layer import Layer
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.compositor import Sheet
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile_map import TileMap, tile_rect

DEEPEST = 32
"""Groups in groups: more than anybody draws, and no file or recursion minds."""


def index_of(layers: Sequence[Layer], layer_id: str) -> int:
    """Place from the bottom. Raises KeyError for a layer that is not there."""
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            return index
    raise KeyError(layer_id)


def children(layers: Sequence[Layer], group_id: str) -> list[Layer]:
    """What lies directly in a group ("" is the ground), bottom first."""
    return [layer for layer in layers if layer.group_id == group_id]


def groups_around(layers: Sequence[Layer], layer: Layer) -> list[Layer]:
    """The groups a layer lies in, the innermost first."""
    found: list[Layer] = []
    by_id = {group.id: group for group in layers if group.is_group}
    while layer.group_id:
        layer = by_id[layer.group_id]
        found.append(layer)
    return found


def with_contents(layers: Sequence[Layer], layer: Layer) -> list[Layer]:
    """A group and everything in it, bottom first, the group last; or just the layer."""
    if not layer.is_group:
        return [layer]
    inside = {layer.id}
    found = [layer]
    for other in reversed(layers):  # a group is met before what lies in it
        if other.group_id in inside:
            inside.add(other.id)
            found.append(other)
    return found[::-1]


def outermost(layers: Sequence[Layer], layer_ids: Collection[str]) -> list[Layer]:
    """Those of the named layers that lie in no other of them, bottom first."""
    return [
        layer
        for layer in layers
        if layer.id in layer_ids
        and not any(group.id in layer_ids for group in groups_around(layers, layer))
    ]


def height(layers: Sequence[Layer], layer: Layer) -> int:
    """How many levels of groups a layer brings along: 0 for one that is no group."""
    if not layer.is_group:
        return 0
    inside = with_contents(layers, layer)
    return 1 + max((height(inside, child) for child in children(inside, layer.id)), default=0)


def base_of(layers: Sequence[Layer], layer: Layer) -> Layer | None:
    """What a clipped layer is clipped to; None for one that is not, or that has nothing below."""
    if not layer.style.is_clipped:
        return None
    base: Layer | None = None
    for sibling in children(layers, layer.group_id):
        if sibling is layer:
            return base
        if not sibling.style.is_clipped:
            base = sibling
    return None


def clipped_to(layers: Sequence[Layer], layer: Layer) -> list[Layer]:
    """The run of clipped layers directly above a layer, bottom first."""
    siblings = children(layers, layer.group_id)
    run: list[Layer] = []
    for sibling in siblings[siblings.index(layer) + 1 :]:
        if not sibling.style.is_clipped:
            break
        run.append(sibling)
    return run


def content_rect(layers: Sequence[Layer], layer: Layer) -> Rect:
    """Around the tiles a layer has, or those of everything in a group."""
    rect = EMPTY_RECT
    for part in with_contents(layers, layer):
        rect = rect.united(tiles_rect(part.tiles))
    return rect


def tiles_rect(tiles: TileMap) -> Rect:
    """Around all tiles that are there, blank or not."""
    keys = list(tiles)
    if not keys:
        return EMPTY_RECT
    rows, columns = zip(*keys, strict=True)
    first = tile_rect((min(rows), min(columns)))
    return first.united(tile_rect((max(rows), max(columns))))


def sheets_of(layers: Sequence[Layer], group_id: str = "") -> list[Sheet]:
    """What of a group is visible, as the compositor wants it, bottom first."""
    sheets: list[Sheet] = []
    has_base, is_base_shown = False, False
    for layer in children(layers, group_id):
        style = layer.style
        is_shown = style.is_visible and style.opacity > 0
        if not style.is_clipped:
            has_base, is_base_shown = True, is_shown
        elif has_base and not is_base_shown:
            continue
        if is_shown:
            # What is clipped and has nothing below it stands for itself.
            sheets.append(sheet_of(layers, layer, is_clipped=style.is_clipped and has_base))
    return sheets


def sheet_of(layers: Sequence[Layer], layer: Layer, *, is_clipped: bool) -> Sheet:
    """One layer or group as the compositor wants it, shown or not."""
    mask = layer.mask.tiles if layer.mask is not None and layer.mask.is_enabled else None
    style = layer.style
    is_open = layer.is_group and style.is_pass_through
    return Sheet(
        None if layer.is_group else layer.tiles,
        style.opacity,
        BlendMode.NORMAL if is_open else style.blend_mode,
        mask,
        is_clipped,
        tuple(sheets_of(layers, layer.id)) if layer.is_group else (),
        is_open,
    )
