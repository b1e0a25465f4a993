"""Commands on groups: put layers into a new one, dissolve one."""

from collections.abc import Sequence
from dataclasses import replace

from aipaint.document.arrangement import ArrangeLayers, Arrangement
from aipaint.document.layer import Layer
from aipaint.document.layer_tree import outermost, with_contents
from aipaint.document.picture import Picture


class GroupLayers(ArrangeLayers):
    """Put layers into a new group, which takes the place of the topmost of them.

    `group` is an empty one, made by the caller. Layers that lie in another one of the list are
    left there. The group becomes active.
    """

    def __init__(self, group: Layer, layer_ids: Sequence[str]) -> None:
        super().__init__("Group layers")
        self._group = group
        self._layer_ids = frozenset(layer_ids)

    def _arranged(self, picture: Picture) -> Arrangement:
        layers = picture.layers
        roots = outermost(layers, self._layer_ids)
        block = [one for layer in roots for one in with_contents(layers, layer)]
        moved = {layer.id for layer in block}
        top = roots[-1]
        height = picture.index_of(top.id) + 1
        under = [one for one in layers[:height] if one.id not in moved]
        groups = {layer.id: layer.group_id for layer in layers}
        groups |= dict.fromkeys((layer.id for layer in roots), self._group.id)
        groups[self._group.id] = top.group_id
        order = [*under, *block, self._group, *layers[height:]]
        places = tuple((one, groups[one.id]) for one in order)
        return Arrangement(places, self._group.id)


class Ungroup(ArrangeLayers):
    """Dissolve a group: what lay in it lies where it was. An empty, only one stays."""

    def __init__(self, group_id: str) -> None:
        super().__init__("Ungroup")
        self._group_id = group_id

    def _arranged(self, picture: Picture) -> Arrangement:
        now = Arrangement.of(picture)
        group = picture.layer(self._group_id)
        places = tuple(
            (layer, group.group_id if group_id == group.id else group_id)
            for layer, group_id in now.places
            if layer is not group
        )
        if not places:
            return now
        active = picture.active_layer_id
        if active == group.id:
            index = picture.index_of(group.id)
            active = places[max(0, index - 1)][0].id
            return Arrangement(places, active)
        return replace(now, places=places)
