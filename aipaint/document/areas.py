"""Mask and selection as what they have in common: an area of the picture."""

from enum import Enum

from aipaint.document.command import Command
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.picture import Picture
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import Combine, combined, difference, is_same_area, rectangle_area
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


class AreaKind(Enum):
    """Which area of a picture is meant."""

    SELECTION = "selection"
    MASK = "mask"


def area_of_kind(picture: Picture, kind: AreaKind) -> TileMap:
    """The area as it is; empty if nothing is masked, or nothing in particular selected."""
    if kind is AreaKind.MASK:
        return picture.mask
    return picture.selection if picture.selection is not None else TileMap(TileFormat.COVERAGE)


def set_area(label: str, picture: Picture, kind: AreaKind, area: TileMap) -> Command | None:
    """The command that makes `area` the mask or the selection; None where it is already."""
    if is_same_area(area_of_kind(picture, kind), area):
        return None
    if kind is AreaKind.SELECTION:
        return SetSelection(label, area)
    return EditTiles.replacing(label, picture, MASK, difference(picture.mask, area))


def combine_area(
    label: str, picture: Picture, kind: AreaKind, new: TileMap, how: Combine
) -> Command | None:
    """The command that adds, subtracts, intersects or replaces.

    Where nothing is selected everything is: taking something away leaves the rest of the frame,
    and the part that is common is the new area. Adding to it selects the new area alone, because
    that is what people expect who hold Shift down from the start.
    """
    old = area_of_kind(picture, kind)
    if kind is AreaKind.SELECTION and picture.selection is None:
        if how is Combine.SUBTRACT:
            old = rectangle_area(picture.frame)
        else:
            how = Combine.REPLACE
    return set_area(label, picture, kind, combined(old, new, how))
