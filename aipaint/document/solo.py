"""Showing one layer alone, and what was shown before."""

from collections.abc import Mapping
from dataclasses import replace

from aipaint.document.command import Command
from aipaint.document.layer_commands import StyleLayer
from aipaint.document.layer_tree import base_of, groups_around, with_contents
from aipaint.document.picture import Picture
from aipaint.document.together import Together


def shown_alone(picture: Picture, layer_id: str) -> Mapping[str, bool]:
    """Which layers are visible if this one is shown alone: it, what is in it, the groups it lies
    in and what it is clipped to. What is in a group keeps what it had."""
    layer = picture.layer(layer_id)
    inside = {one.id for one in with_contents(picture.layers, layer)} - {layer_id}
    needed = {layer_id} | {one.id for one in groups_around(picture.layers, layer)}
    base = base_of(picture.layers, layer)
    if base is not None:
        needed.add(base.id)
    return {
        one.id: one.style.is_visible if one.id in inside else one.id in needed
        for one in picture.layers
    }


def visibility(picture: Picture) -> Mapping[str, bool]:
    """Which layers are switched on now."""
    return {layer.id: layer.style.is_visible for layer in picture.layers}


def set_visibility(picture: Picture, wanted: Mapping[str, bool], label: str) -> Command | None:
    """Switch layers on and off in one step; those not named stay. None if all are so already."""
    commands = [
        StyleLayer(layer.id, replace(layer.style, is_visible=wanted[layer.id]), label)
        for layer in picture.layers
        if wanted.get(layer.id, layer.style.is_visible) != layer.style.is_visible
    ]
    return Together(label, commands) if commands else None
