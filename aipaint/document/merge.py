"""Several layers into one. Composing is slow: on a worker, on a snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aipaint.document.arrangement import ArrangeLayers, Arrangement
from aipaint.document.compose_once import compose_once
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_tree import (
    base_of,
    children,
    clipped_to,
    groups_around,
    outermost,
    sheet_of,
    sheets_of,
    with_contents,
)
from aipaint.document.picture import Picture
from aipaint.errors import UsageError
from aipaint.pixels.compositor import Sheet
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap
from aipaint.pixels.tile_shelf import Keep, keep_as_it_is


@dataclass(frozen=True, eq=False)
class Merged:
    """`layer` stands for the layers `layer_ids` and all that is in them, but for `kept_ids` and
    what is in those: they stay and come out of groups that go."""

    label: str
    layer: Layer
    layer_ids: tuple[str, ...]
    kept_ids: tuple[str, ...] = ()


class ReplaceLayers(ArrangeLayers):
    """Put the merged layer in the place of the lowest of those it stands for."""

    def __init__(self, merged: Merged) -> None:
        super().__init__(merged.label)
        self._merged = merged

    def _arranged(self, picture: Picture) -> Arrangement:
        roots = outermost(picture.layers, self._merged.layer_ids)
        gone = {one.id for root in roots for one in with_contents(picture.layers, root)}
        for layer_id in self._merged.kept_ids:
            kept = with_contents(picture.layers, picture.layer(layer_id))
            gone -= {one.id for one in kept}
        group_id = roots[0].group_id
        places = [
            (layer, group_id if around in gone else around)
            for layer, around in Arrangement.of(picture).places
        ]
        lowest = next(index for index, (layer, _) in enumerate(places) if layer.id in gone)
        over = [place for place in places[lowest:] if place[0].id not in gone]
        new = (self._merged.layer, group_id)
        return Arrangement((*places[:lowest], new, *over), self._merged.layer.id)


def merge_down(picture: Picture, layer_id: str, keep: Keep = keep_as_it_is) -> Merged:
    """A layer, with what is clipped to it, and the one below it; or a group and what is in it.

    Looks the same wherever the lower one is Normal: another mode can meet only one layer.
    Raises UsageError where there is nothing below or something is locked or hidden.
    """
    layer = picture.layer(layer_id)
    if layer.is_group:
        return _group_merged(picture, layer, keep)
    siblings = children(picture.layers, layer.group_id)
    index = siblings.index(layer)
    if index == 0:
        raise UsageError(f"There is nothing below “{layer.name}”.", "Merge another layer down.")
    lower = siblings[index - 1]
    upper = [layer] if layer.style.is_clipped else [layer, *clipped_to(picture.layers, layer)]
    for one in (lower, *upper):
        _check(picture, one)
    if lower.style.is_clipped and not layer.style.is_clipped:
        raise UsageError(
            f"“{lower.name}” is clipped and “{layer.name}” is not.",
            "Clip both or release both to merge them.",
        )
    # What is clipped to the lower one is merged inside its opacity, all else beside it.
    is_inside = base_of(picture.layers, layer) is lower
    bottom = sheet_of(picture.layers, lower, is_clipped=False)
    if is_inside:
        bottom = replace(bottom, opacity=1.0)
    tops = [
        sheet_of(picture.layers, one, is_clipped=is_inside or one is not layer) for one in upper
    ]
    style = replace(lower.style, is_pass_through=False)
    style = style if is_inside else replace(style, opacity=1.0)
    merged = Layer(style, composed([bottom, *tops], keep))
    return Merged("Merge down", merged, (lower.id, *(one.id for one in upper)))


def flatten(picture: Picture, keep: Keep = keep_as_it_is) -> Merged:
    """Everything that shows in one layer; what is hidden is gone. Raises UsageError where nothing
    shows, or a layer is locked."""
    for layer in picture.layers:
        _check_unlocked(picture, layer)
    if not picture.sheets():
        raise UsageError("Every layer is hidden.", "Show one, then flatten the picture.")
    layer = Layer(LayerStyle("Background"), composed(picture.sheets(), keep))
    return Merged("Flatten picture", layer, tuple(one.id for one in picture.layers))


def masked_tiles(layer: Layer, keep: Keep = keep_as_it_is) -> TileMap:
    """The pixels of a layer as its mask lets them show."""
    mask = layer.mask.tiles if layer.mask is not None else None
    return composed([Sheet(layer.tiles, mask=mask)], keep)


def composed(sheets: Sequence[Sheet], keep: Keep = keep_as_it_is) -> TileMap:
    """All tiles of these sheets, composed over nothing; `keep` finds room for them."""
    tiles = TileMap(TileFormat.COLOR)
    for key in _keys(sheets):
        tile = compose_once(sheets, key)
        if tile is not None and not tile.is_blank:
            tiles.swap({key: tile})
            if not tile.is_packed:
                keep(tile)
    return tiles


def _keys(sheets: Sequence[Sheet]) -> set[TileKey]:
    keys: set[TileKey] = set()
    for sheet in sheets:
        keys.update(sheet.tiles or ())
        keys |= _keys(sheet.children)
    return keys


def _group_merged(picture: Picture, group: Layer, keep: Keep) -> Merged:
    for one in with_contents(picture.layers, group):
        _check_unlocked(picture, one)
    tiles = composed(sheets_of(picture.layers, group.id), keep)
    style = replace(group.style, is_pass_through=False)  # what was open is one layer now
    return Merged("Merge group", Layer(style, tiles, mask=group.mask), (group.id,))


def _check(picture: Picture, layer: Layer) -> None:
    _check_unlocked(picture, layer)
    if not layer.style.is_visible:
        raise UsageError(f"“{layer.name}” is hidden.", "Show it to merge it.")


def _check_unlocked(picture: Picture, layer: Layer) -> None:
    for one in (layer, *groups_around(picture.layers, layer)):
        if one.style.is_locked:
            raise UsageError(f"“{one.name}” is locked.", "Unlock it in the Layers panel to merge.")
