"""Commands on single layers: add, remove, move, restyle."""

from collections.abc import Sequence
from dataclasses import replace

from aipaint.document.arrangement import ArrangeLayers, Arrangement
from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_tree import (
    children,
    clipped_to,
    content_rect,
    outermost,
    with_contents,
)
from aipaint.document.picture import Picture


class AddLayer(ArrangeLayers):
    """Put a layer above the active one, into it if it is a group, and make it the active one. With
    `index` (from the bottom of the list) it lies there, in the group of the layer below it.

    Between clipped layers and their base it is clipped, too: nothing else looks different then.
    """

    def __init__(self, layer: Layer, label: str = "Add layer", index: int | None = None) -> None:
        super().__init__(label)
        self._layer = layer
        self._index = index

    def _arranged(self, picture: Picture) -> Arrangement:
        layers, active = picture.layers, picture.active_layer
        into_group = self._index is None and active.is_group
        index = self._index
        if index is None:
            index = picture.index_of(active.id) + (0 if into_group else 1)
        below = layers[index - 1] if index > 0 else None
        if into_group:
            group_id = active.id
        else:
            group_id = below.group_id if below is not None else ""
            if below is not None and clipped_to(layers, below):
                self._layer.style = replace(self._layer.style, is_clipped=True)
        places = Arrangement.of(picture).places
        new = (self._layer, group_id)
        return Arrangement((*places[:index], new, *places[index:]), self._layer.id)


class AddLayers(ArrangeLayers):
    """Put several layers (a group with its contents, bottom first) into the list at `index`, in a
    group; the last one becomes active."""

    def __init__(self, layers: Sequence[Layer], index: int, group_id: str, label: str) -> None:
        super().__init__(label)
        self._layers = tuple(layers)
        self._index = index
        self._group_id = group_id

    def _arranged(self, picture: Picture) -> Arrangement:
        inside = {layer.id for layer in self._layers}
        new = [
            (layer, layer.group_id if layer.group_id in inside else self._group_id)
            for layer in self._layers
        ]
        places = Arrangement.of(picture).places
        index = self._index
        return Arrangement((*places[:index], *new, *places[index:]), self._layers[-1].id)


class RemoveLayer(ArrangeLayers):
    """Take a layer out, a group with all that is in it; the one below becomes active. The last
    entry of a picture stays."""

    def __init__(self, layer_id: str, label: str = "Delete layer") -> None:
        super().__init__(label)
        self._layer_id = layer_id

    def _arranged(self, picture: Picture) -> Arrangement:
        now = Arrangement.of(picture)
        layer = picture.layer(self._layer_id)
        gone = {one.id for one in with_contents(picture.layers, layer)}
        rest = tuple(place for place in now.places if place[0].id not in gone)
        if not rest:
            return now
        active = picture.active_layer_id
        if active not in gone:
            return replace(now, places=rest)
        lowest = picture.index_of(self._layer_id) - len(gone) + 1
        return Arrangement(rest, rest[max(0, lowest - 1)][0].id)


class MoveLayers(ArrangeLayers):
    """Put layers (groups with their contents) elsewhere, in the order they have: the lowest as
    number `place` from the bottom of the group `group_id` ("" is the ground), counted without
    them. Into themselves they cannot go: then nothing moves."""

    def __init__(self, layer_ids: Sequence[str], place: int, group_id: str = "") -> None:
        super().__init__("Move layer" if len(layer_ids) == 1 else "Move layers")
        self._layer_ids = frozenset(layer_ids)
        self._place = place
        self._group_id = group_id

    def _arranged(self, picture: Picture) -> Arrangement:
        now = Arrangement.of(picture)
        roots = outermost(picture.layers, self._layer_ids)
        block = [one for root in roots for one in with_contents(picture.layers, root)]
        moved = {one.id for one in block}
        if self._group_id in moved:
            return now
        rest = [one for one in picture.layers if one.id not in moved]
        siblings = children(rest, self._group_id)
        place = max(0, min(self._place, len(siblings)))
        index = _index_above(rest, siblings[place - 1]) if place else _floor(rest, self._group_id)
        groups = {one.id: one.group_id for one in picture.layers}
        groups |= dict.fromkeys((root.id for root in roots), self._group_id)
        order = [*rest[:index], *block, *rest[index:]]
        return replace(now, places=tuple((one, groups[one.id]) for one in order))


class MoveLayer(MoveLayers):
    """The same for one layer."""

    def __init__(self, layer_id: str, place: int, group_id: str = "") -> None:
        super().__init__([layer_id], place, group_id)


class StyleLayer(Command):
    """Name, opacity, blend mode, visibility, locks, clipping. A moving slider is one step."""

    def __init__(self, layer_id: str, style: LayerStyle, label: str) -> None:
        self.label = label
        self._layer_id = layer_id
        self._style = style
        self._style_before: LayerStyle | None = None

    def apply(self, picture: Picture) -> Change:
        layer = picture.layer(self._layer_id)
        if self._style_before is None:
            self._style_before = layer.style
        return _restyle(picture, layer, self._style)

    def revert(self, picture: Picture) -> Change:
        layer = picture.layer(self._layer_id)
        return _restyle(picture, layer, self._style_before or layer.style)

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, StyleLayer) or previous.label != self.label:
            return None
        if previous._layer_id != self._layer_id:
            return None
        merged = StyleLayer(self._layer_id, self._style, self.label)
        merged._style_before = previous._style_before
        return merged


def layer_change(picture: Picture, layer: Layer) -> Change:
    """A layer looks different: all its tiles, or those of all that is in it."""
    return Change(Part.LAYERS | Part.PIXELS, content_rect(picture.layers, layer))


def _restyle(picture: Picture, layer: Layer, style: LayerStyle) -> Change:
    affected = [layer, *clipped_to(picture.layers, layer)]
    is_clipping_new = layer.style.is_clipped != style.is_clipped
    layer.style = style
    change = layer_change(picture, layer)
    if is_clipping_new:
        # What was clipped to it, or is now, shows by another base.
        for other in {*affected, *clipped_to(picture.layers, layer)} - {layer}:
            change = change.with_(layer_change(picture, other))
    return change


def _index_above(layers: Sequence[Layer], layer: Layer) -> int:
    return next(index for index, one in enumerate(layers) if one is layer) + 1


def _floor(layers: Sequence[Layer], group_id: str) -> int:
    """The lowest index in a group: below everything that lies in it."""
    if not group_id:
        return 0
    group = next(layer for layer in layers if layer.id == group_id)
    return _index_above(layers, group) - len(with_contents(layers, group))
