"""What the mix brush paints with: a result on a layer that is hidden until it is painted in."""

from aipaint.document.command import Command
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import AddLayer
from aipaint.document.picture import Picture
from aipaint.document.together import Together
from aipaint.generation.candidate import Candidate
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


def mix_command(candidate: Candidate, picture: Picture) -> Command:
    """The candidate as it shows through its own mask, on top, under a layer mask that hides it all:
    whatever is painted on that mask, nothing outside of what was masked can change."""
    mask = LayerMask(TileMap(TileFormat.COVERAGE))
    layer = Layer(LayerStyle(name=f"Mix: {candidate.label}"), candidate.tiles.copy(), mask=mask)
    layer.recipe = candidate.recipe
    commands: list[Command] = [AddLayer(layer, index=len(picture.layers))]
    if len(picture.mask):
        commands.append(EditTiles.replacing("Clear mask", picture, MASK, picture.mask.cleared()))
    return Together(f"Mix in {candidate.label}", commands)
