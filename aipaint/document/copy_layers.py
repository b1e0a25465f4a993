"""A layer, or a group with its contents, once more."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count

from aipaint.document.layer import Layer
from aipaint.document.layer_commands import AddLayers
from aipaint.document.layer_tree import clipped_to, with_contents
from aipaint.document.picture import Picture

_COPIED = re.compile(r" copy( \d+)?$")


def duplicate_layer(picture: Picture, layer_id: str) -> AddLayers:
    """The command that puts a copy above a layer, and above what is clipped to it."""
    layer = picture.layer(layer_id)
    run = [] if layer.style.is_clipped else clipped_to(picture.layers, layer)
    top = run[-1] if run else layer
    copies = _copies(picture.layers, layer)
    index = picture.index_of(top.id) + 1
    label = "Duplicate group" if layer.is_group else "Duplicate layer"
    return AddLayers(copies, index, layer.group_id, label)


def _copies(layers: Sequence[Layer], layer: Layer) -> list[Layer]:
    block = with_contents(layers, layer)
    ids = {one.id: uuid.uuid4().hex for one in block}
    copies = []
    for one in block:
        copy = one.snapshot()
        copy.id = ids[one.id]
        copy.group_id = ids.get(one.group_id, one.group_id)
        copies.append(copy)
    copies[-1].style = replace(layer.style, name=_name_of_copy(layers, layer.name))
    return copies


def _name_of_copy(layers: Sequence[Layer], name: str) -> str:
    """ "Sky copy", then "Sky copy 2", also for a copy of a copy."""
    first = f"{_COPIED.sub('', name)} copy"
    taken = {layer.name for layer in layers}
    numbered = (f"{first} {number}" for number in count(2))
    return next(one for one in chain([first], numbered) if one not in taken)
