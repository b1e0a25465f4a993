"""`refit`: a candidate with another seam fix or feather. Free: nothing is bought again."""

from dataclasses import replace

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.merge import masked_tiles
from aipaint.errors import UsageError
from aipaint.generation.candidate import Candidate
from aipaint.generation.composite import shown_fit
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.tile_map import TileMap


def refit(candidate: Candidate, seam: SeamFix, feather_pixels: int) -> Candidate:
    """The same candidate, fitted like that; outside its mask nothing changes. On a worker.

    Its composite on disk stays what it was until it is applied. Raises UsageError for one without
    a mask.
    """
    if candidate.fit is None:
        raise UsageError("This result has no edge to fit.", "Only what was made under a mask has.")
    if feather_pixels < 0:
        raise UsageError("A feather counts pixels: 0 or more.")
    shown = shown_fit(candidate.fit, seam, feather_pixels)
    x, y = candidate.rect.x, candidate.rect.y
    mask = TileMap.from_pixels(shown.coverage, x, y)
    layer = Layer(tiles=TileMap.from_pixels(shown.layer, x, y), mask=LayerMask(mask))
    return replace(
        candidate,
        tiles=masked_tiles(layer),
        unmasked=layer.tiles,
        mask=mask,
        seam=seam,
        feather_pixels=feather_pixels,
        edge_before=shown.edge_before,
        edge_after=shown.edge_after,
        is_kept=False,
    )
