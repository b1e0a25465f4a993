"""`LayerFlow`: what the Layer menu and the layers panel do to the document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from aipaint.document.command import Command
from aipaint.document.copy_layers import duplicate_layer
from aipaint.document.document import Document
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import (
    AddLayer,
    MoveLayer,
    MoveLayers,
    RemoveLayer,
    StyleLayer,
)
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.layer_tree import (
    DEEPEST,
    children,
    groups_around,
    height,
    outermost,
    with_contents,
)
from aipaint.document.merge import Merged, ReplaceLayers, flatten, masked_tiles, merge_down
from aipaint.document.merge_visible import merge_visible
from aipaint.document.picture import Picture
from aipaint.document.solo import set_visibility, shown_alone, visibility
from aipaint.document.together import Together
from aipaint.errors import AipaintError
from aipaint.pixels.area import difference
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.background import Background, Work

_Answer = TypeVar("_Answer")


class LayerFlow(QObject):
    """Turns a verb into one step of the history. Merging is done on a worker."""

    told = Signal(str)  # a sentence for the status bar

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._before_solo: Mapping[str, bool] | None = None
        self._alone = ""
        self.chosen: Callable[[], Sequence[str]] = lambda: [document.picture.active_layer_id]
        self.let_go: Callable[[], None] = lambda: None

    def new_layer(self) -> None:
        self._do(AddLayer(Layer(LayerStyle(self._free_name("Layer")))))

    def duplicate(self) -> None:
        picture = self._document.picture
        self._do(duplicate_layer(picture, picture.active_layer_id))

    def delete(self) -> None:
        """All that is chosen; what is locked stays, and so does the last entry."""
        picture = self._document.picture
        chosen = self._outermost()
        for layer in chosen:
            inside = with_contents(picture.layers, layer)
            locked = [one for one in inside if self._lock(one)]
            if locked:
                self.told.emit(f"{self._lock(locked[0])} is locked. Unlock it to delete it.")
                return
        gone = {one.id for layer in chosen for one in with_contents(picture.layers, layer)}
        if len(gone) == len(picture.layers):
            self.told.emit("A picture needs a layer: the last one stays.")
            return
        label = "Delete layer" if len(chosen) == 1 else "Delete layers"
        commands = [RemoveLayer(layer.id, label) for layer in chosen]
        self._do(commands[0] if len(commands) == 1 else Together(label, commands))

    def group(self) -> None:
        picture = self._document.picture
        chosen = self._outermost()
        depth = 1 + max(
            len(groups_around(picture.layers, layer)) + height(picture.layers, layer)
            for layer in chosen
        )
        if depth > DEEPEST:
            self.told.emit(f"Groups can lie at most {DEEPEST} deep.")
            return
        # Open: putting layers into a group changes nothing of what is seen.
        style = LayerStyle(self._free_name("Group"), is_pass_through=True)
        group = Layer(style, is_group=True)
        self._do(GroupLayers(group, [layer.id for layer in chosen]))

    def ungroup(self) -> None:
        layer = self._document.picture.active_layer
        if layer.is_group:
            self._do(Ungroup(layer.id))

    def raise_layer(self) -> None:
        """Above the next sibling; at the top of a group, out of it."""
        picture = self._document.picture
        layer = picture.active_layer
        siblings = children(picture.layers, layer.group_id)
        place = siblings.index(layer)
        if place < len(siblings) - 1:
            self._do(MoveLayer(layer.id, place + 1, layer.group_id))
        elif layer.group_id:
            group = picture.layer(layer.group_id)
            around = children(picture.layers, group.group_id)
            self._do(MoveLayer(layer.id, around.index(group) + 1, group.group_id))

    def lower_layer(self) -> None:
        """Below the sibling under it; at the bottom of a group, out of it."""
        picture = self._document.picture
        layer = picture.active_layer
        place = children(picture.layers, layer.group_id).index(layer)
        if place > 0:
            self._do(MoveLayer(layer.id, place - 1, layer.group_id))
        elif layer.group_id:
            group = picture.layer(layer.group_id)
            around = children(picture.layers, group.group_id)
            self._do(MoveLayer(layer.id, around.index(group), group.group_id))

    def move(self, layer_ids: Sequence[str], place: int, group_id: str) -> None:
        """What was dragged: `place` counts from the bottom of the group, without what moves."""
        picture = self._document.picture
        moved = outermost(picture.layers, layer_ids)
        around = [picture.layer(group_id)] if group_id else []
        around += groups_around(picture.layers, around[0]) if around else []
        if any(layer in around for layer in moved):
            self.told.emit("A group cannot lie in itself.")
            return
        if len(around) + max(height(picture.layers, layer) for layer in moved) > DEEPEST:
            self.told.emit(f"Groups can lie at most {DEEPEST} deep.")
            return
        self._do(MoveLayers([layer.id for layer in moved], place, group_id))

    def merge_down(self) -> None:
        layer_id = self._document.picture.active_layer_id
        keep = self._document.shelve
        self._merge(lambda picture: merge_down(picture, layer_id, keep))

    def merge_visible(self) -> None:
        keep = self._document.shelve
        self._merge(lambda picture: merge_visible(picture, keep))

    def flatten(self) -> None:
        keep = self._document.shelve
        self._merge(lambda picture: flatten(picture, keep))

    def apply_mask(self) -> None:
        """The mask's work is done for good: what it hides is gone from the layer."""
        layer = self._document.picture.active_layer
        if layer.mask is None or layer.is_group:
            return
        if self._lock(layer):
            self.told.emit(f"{self._lock(layer)} is locked. Unlock it to apply its mask.")
            return
        layer_id, keep = layer.id, self._document.shelve

        def applied(picture: Picture) -> TileMap:
            return masked_tiles(picture.layer(layer_id), keep)

        def done(tiles: TileMap) -> None:
            edits = difference(layer.tiles, tiles)
            picture = self._document.picture
            label = "Apply layer mask"
            paint = EditTiles.replacing(label, picture, layer_id, edits)
            self._do(Together(label, [paint, SetLayerMask(label, layer_id, None)]))

        self._compute("Applying the mask", applied, done)

    def solo(self, layer_id: str) -> None:
        """Show a layer alone; the second time, what was shown before."""
        picture = self._document.picture
        alone = shown_alone(picture, layer_id)
        is_second = self._alone == layer_id and visibility(picture) == alone
        if is_second and self._before_solo is not None:
            wanted, self._before_solo = self._before_solo, None
            self._do(set_visibility(picture, wanted, "Show the others again"))
            return
        self._before_solo, self._alone = visibility(picture), layer_id
        name = picture.layer(layer_id).name
        self._do(set_visibility(picture, alone, f"Show “{name}” alone"))

    def restyle(self, style: LayerStyle, label: str, layer_id: str = "") -> None:
        """Another look for the active layer, or for the one named."""
        layer_id = layer_id or self._document.picture.active_layer_id
        if self._document.picture.layer(layer_id).style != style:
            self._do(StyleLayer(layer_id, style, label))

    def toggle_lock(self) -> None:
        style = self._document.picture.active_layer.style
        label = "Unlock layer" if style.is_locked else "Lock layer"
        self.restyle(replace(style, is_locked=not style.is_locked), label)

    def toggle_alpha_lock(self) -> None:
        style = self._document.picture.active_layer.style
        label = "Unlock transparency" if style.is_alpha_locked else "Lock transparency"
        self.restyle(replace(style, is_alpha_locked=not style.is_alpha_locked), label)

    def toggle_clip(self) -> None:
        style = self._document.picture.active_layer.style
        label = "Release clipping" if style.is_clipped else "Clip to layer below"
        self.restyle(replace(style, is_clipped=not style.is_clipped), label)

    def toggle_pass_through(self) -> None:
        layer = self._document.picture.active_layer
        is_open = not layer.style.is_pass_through
        style = replace(layer.style, is_pass_through=is_open, blend_mode=BlendMode.NORMAL)
        self.restyle(style, "Pass through" if is_open else "Isolate group")

    def _merge(self, merge: Callable[[Picture], Merged]) -> None:
        def done(merged: Merged) -> None:
            self._do(ReplaceLayers(merged))

        self._compute("Merging layers", merge, done)

    def _compute(
        self,
        message: str,
        call: Callable[[Picture], _Answer],
        done: Callable[[_Answer], None],
    ) -> None:
        """`call` on a worker with a snapshot, `done` if the picture is still the same then."""
        self.let_go()
        self._document.settle()
        picture = self._document.picture
        snapshot, moment = picture.snapshot(), self._moment()

        def finished(answer: _Answer) -> None:
            if self._document.picture is not picture:
                return
            self.let_go()
            if self._moment() != moment:
                self.told.emit("The picture was changed meanwhile. Do it again.")
                return
            done(answer)

        self._background.start(Work(lambda: call(snapshot), finished, self._tell, message))

    def _moment(self) -> tuple[object, ...]:
        """Equal as long as nothing was done, undone or redone."""
        stack = self._document.undo_stack
        layers = self._document.picture.layers
        return (stack.index, tuple(stack.labels), [(id(one), id(one.style)) for one in layers])

    def _do(self, command: Command | None) -> None:
        self.let_go()
        if command is not None:
            self._document.do(command)

    def _tell(self, error: AipaintError) -> None:
        self.told.emit(f"{error.message} {error.hint}".strip())

    def _outermost(self) -> list[Layer]:
        """What is chosen, without what lies in a chosen group."""
        picture = self._document.picture
        return outermost(picture.layers, set(self.chosen()) or {picture.active_layer_id})

    def _lock(self, layer: Layer) -> str:
        """What locks a layer, for a sentence; "" if nothing does."""
        for one in (layer, *groups_around(self._document.picture.layers, layer)):
            if one.style.is_locked:
                return f"The {'group' if one.is_group else 'layer'} “{one.name}”"
        return ""

    def _free_name(self, kind: str) -> str:
        names = {layer.name for layer in self._document.picture.layers}
        number = 1
        while f"{kind} {number}" in names:
            number += 1
        return f"{kind} {number}"
