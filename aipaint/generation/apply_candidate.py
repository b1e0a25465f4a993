"""What Apply does to the picture, as one step."""

from dataclasses import replace

from aipaint.document.arrangement import ArrangeLayers, Arrangement
from aipaint.document.command import Command
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer import Layer
from aipaint.document.layer_commands import AddLayer
from aipaint.document.picture import Picture
from aipaint.document.picture_shape import resized
from aipaint.document.solo import set_visibility
from aipaint.document.together import Together
from aipaint.generation.candidate import Candidate
from aipaint.pixels.transform import Progress


def apply_command(candidate: Candidate, picture: Picture) -> Command:
    """The candidate becomes a layer on top and the mask is used up.

    What was run again takes its old layer's place; a subject that was cut out stands alone; an
    enlargement makes the document larger first, which takes its time: on a worker then, from a
    snapshot.
    """
    layer = candidate.as_layer()
    commands: list[Command] = []
    if candidate.growth != 1.0:
        commands += _enlarged(candidate, picture)
    elif candidate.is_alone:
        commands += _hidden_others(picture)
    if candidate.replaces and any(one.id == candidate.replaces for one in picture.layers):
        commands.append(_PutInPlace(layer, candidate.replaces))
    else:
        commands.append(AddLayer(layer, index=len(picture.layers)))
    if candidate.growth == 1.0 and not candidate.replaces and len(picture.mask):
        commands.append(EditTiles.replacing("Clear mask", picture, MASK, picture.mask.cleared()))
    return Together(f"Apply {candidate.label}", commands)


def _enlarged(candidate: Candidate, picture: Picture) -> list[Command]:
    """The document as large as the result. One whose frame has been changed since keeps it."""
    frame = picture.frame
    if frame != candidate.picture.frame:
        return []
    width, height = (round(side * candidate.growth) for side in (frame.width, frame.height))
    command = resized(picture, width, height, Progress())
    return [command] if command is not None else []


def _hidden_others(picture: Picture) -> list[Command]:
    hidden = {layer.id: False for layer in picture.layers if not layer.group_id}
    command = set_visibility(picture, hidden, "Hide layers")
    return [command] if command is not None else []


class _PutInPlace(ArrangeLayers):
    """A new layer instead of another, with the other's name, opacity and mode."""

    def __init__(self, layer: Layer, replaced_id: str) -> None:
        super().__init__("Replace layer")
        self._layer = layer
        self._replaced_id = replaced_id

    def _arranged(self, picture: Picture) -> Arrangement:
        before = Arrangement.of(picture)
        old = picture.layer(self._replaced_id)
        self._layer.style = replace(old.style, is_visible=True)
        places = tuple(
            (self._layer if layer is old else layer, group_id) for layer, group_id in before.places
        )
        is_active = before.active_layer_id == old.id
        active = self._layer.id if is_active else before.active_layer_id
        return replace(before, places=places, active_layer_id=active)
