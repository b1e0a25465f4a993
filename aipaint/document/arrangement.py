"""`Arrangement`: which layers there are, in which order and groups; and commands that change it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.layer import Layer
from aipaint.document.layer_tree import tiles_rect
from aipaint.document.picture import Picture
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Tile


@dataclass(frozen=True, eq=False)
class Arrangement:
    """`places` are the layers from the bottom up, each with the id of the group it lies in."""

    places: tuple[tuple[Layer, str], ...]
    active_layer_id: str
    is_mask_active: bool = False

    @staticmethod
    def of(picture: Picture) -> "Arrangement":
        """How a picture is arranged now."""
        places = tuple((layer, layer.group_id) for layer in picture.layers)
        return Arrangement(places, picture.active_layer_id, picture.is_mask_active)

    def put(self, picture: Picture) -> Change:
        """Arrange a picture like this."""
        before = Arrangement.of(picture)
        picture.layers[:] = [layer for layer, _ in self.places]
        for layer, group_id in self.places:
            layer.group_id = group_id
        picture.active_layer_id = self.active_layer_id
        picture.is_mask_active = self.is_mask_active
        return Change(Part.LAYERS | Part.PIXELS, _difference(before.places, self.places))


class ArrangeLayers(Command):
    """The ground of all commands that add, remove, move, group or merge layers."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._before: Arrangement | None = None
        self._after: Arrangement | None = None

    @abstractmethod
    def _arranged(self, picture: Picture) -> Arrangement:
        """How the layers shall lie. Called once; what it makes is kept for redo."""

    def apply(self, picture: Picture) -> Change:
        self._before = Arrangement.of(picture)
        if self._after is None:
            self._after = self._arranged(picture)
        return self._after.put(picture)

    def revert(self, picture: Picture) -> Change:
        return self._before.put(picture) if self._before is not None else Change(Part.LAYERS)

    def tiles(self) -> list[Tile]:
        """Those of layers that came or went: the others are the picture's on both sides."""
        if self._before is None or self._after is None:
            return []
        before = {layer.id: layer for layer, _ in self._before.places}
        after = {layer.id: layer for layer, _ in self._after.places}
        only_once = before.keys() ^ after.keys()
        return [
            tile for layer_id in only_once for tile in {**before, **after}[layer_id].all_tiles()
        ]


_Places = Sequence[tuple[Layer, str]]


def _contexts(places: _Places) -> list[tuple[str, str, str]]:
    """Of each layer: its id, its group's and that of what it is clipped to."""
    contexts = []
    bases: dict[str, str] = {}
    for layer, group_id in places:
        if not layer.style.is_clipped:
            bases[group_id] = layer.id
        contexts.append((layer.id, group_id, bases.get(group_id, "")))
    return contexts


def _difference(before: _Places, after: _Places) -> Rect:
    """Around every layer between the first and the last place that differ."""
    old, new = _contexts(before), _contexts(after)
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    gone = _content(before, start, len(before) - end)
    return gone.united(_content(after, start, len(after) - end))


def _content(places: _Places, start: int, stop: int) -> Rect:
    """Around these layers and all that lies in them."""
    wanted = {layer.id for layer, _ in places[start:stop]}
    rect = EMPTY_RECT
    for layer, group_id in reversed(places):
        if group_id in wanted:
            wanted.add(layer.id)
        if layer.id in wanted:
            rect = rect.united(tiles_rect(layer.tiles))
    return rect
