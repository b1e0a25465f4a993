"""`Candidate`: a result that waits for Apply."""

from dataclasses import dataclass
from pathlib import Path

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.money import Micros
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True, eq=False)
class Candidate:
    """`tiles` are the result as it shows through the feathered mask, on the canvas inside `rect`;
    `unmasked` are all of it, and `mask` is that mask, None where everything was to change. `id` is
    the stored picture's, `path` the composite on disk, `thumbnail` a JPEG of it."""

    id: str
    job_id: str
    rect: Rect
    tiles: TileMap
    unmasked: TileMap
    mask: TileMap | None
    drift: float
    label: str
    cost_micros: Micros
    path: Path
    thumbnail: bytes

    def as_layer(self) -> Layer:
        """The layer that Apply adds: what the mask hides of it can be painted back in."""
        mask = LayerMask(self.mask.copy()) if self.mask is not None else None
        return Layer(LayerStyle(name=self.label), self.unmasked.copy(), mask=mask)
