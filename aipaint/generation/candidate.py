"""`Candidate`: a result that waits for Apply."""

from dataclasses import dataclass
from pathlib import Path

from aipaint.document.layer import Layer, LayerStyle
from aipaint.money import Micros
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True, eq=False)
class Candidate:
    """`tiles` have the feathered mask applied and lie where they belong on the canvas, inside
    `rect`. `id` is the stored picture's, `path` the composite on disk, `thumbnail` a JPEG of it."""

    id: str
    job_id: str
    rect: Rect
    tiles: TileMap
    drift: float
    label: str
    cost_micros: Micros
    path: Path
    thumbnail: bytes

    def as_layer(self) -> Layer:
        """The layer that Apply adds."""
        return Layer(LayerStyle(name=self.label), self.tiles.copy())
