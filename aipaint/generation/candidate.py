"""`Candidate`: a result that waits for Apply."""

from dataclasses import dataclass
from pathlib import Path

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.recipe import Recipe
from aipaint.generation.composite import Fit
from aipaint.generation.options import DEFAULT_FEATHER_PIXELS, GenerateOptions
from aipaint.money import Micros
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True, eq=False)
class Candidate:
    """`tiles` are the result as it shows on the canvas inside `rect`; `unmasked` are all of it, and
    `mask` is where it shows, None for everywhere. `id` is the stored picture's, `path` the
    composite on disk, `thumbnail` a JPEG of it.

    `drift` (0..1) is the share of the pixels outside the mask that the model changed,
    `changed_levels` (0..255) by how much; none of that is used. `edge_before` and `edge_after` are
    the step of color across the mask's edge in levels, without and with the seam fix; None without
    an edge. `moved` says how the model had shifted or zoomed the picture, which was undone.

    `is_local`: made here at once and for free, in no job. `growth`: an enlargement, whose
    `unmasked` pixels lie in the document as Apply makes it. `is_alone`: the other layers are hidden
    with it. `replaces`: the layer whose place it takes. `options` and `picture` are what it was
    made of.
    """

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
    options: GenerateOptions
    picture: Picture
    changed_levels: float = 0.0
    edge_before: float | None = None
    edge_after: float | None = None
    seam: SeamFix = SeamFix.NONE
    feather_pixels: int = DEFAULT_FEATHER_PIXELS
    moved: str = ""
    is_starred: bool = False
    is_local: bool = False
    growth: float = 1.0
    is_alone: bool = False
    replaces: str = ""
    recipe: Recipe | None = None
    fit: Fit | None = None
    """What `refit` needs; None where there is no seam."""
    is_kept: bool = True
    """The composite on disk is sure to look like it."""

    @property
    def can_refit(self) -> bool:
        """Whether feather and seam can be chosen again."""
        return self.fit is not None

    @property
    def apply_words(self) -> str:
        """What Apply does where it is more than one layer on top; "" otherwise."""
        if self.growth != 1.0:
            frame = self.picture.frame
            width, height = (round(side * self.growth) for side in (frame.width, frame.height))
            return f"Apply makes the document {width} x {height}: every layer is enlarged with it."
        if self.is_alone:
            return "Apply puts the subject on a layer with a mask and hides the other layers."
        if self.replaces:
            return "Apply puts it in the place of the layer that was run again."
        return ""

    def as_layer(self) -> Layer:
        """The layer that Apply adds: what the mask hides of it can be painted back in."""
        mask = LayerMask(self.mask.copy()) if self.mask is not None else None
        layer = Layer(LayerStyle(name=self.label), self.unmasked.copy(), mask=mask)
        layer.recipe = self.recipe
        return layer
