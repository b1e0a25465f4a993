"""`Layer`: one sheet of pixels, or a group of sheets, and how it is shown."""

import uuid
from dataclasses import dataclass, field

from aipaint.document.recipe import Recipe
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True)
class LayerStyle:
    """Everything about a layer but its pixels; opacity 0..1."""

    name: str = "Layer"
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL
    is_visible: bool = True
    is_locked: bool = False
    is_alpha_locked: bool = False
    is_clipped: bool = False  # to the nearest layer below it that is not
    is_pass_through: bool = False  # a group: what is in it meets what lies below the group


@dataclass(frozen=True, eq=False)
class LayerMask:
    """Coverage that says where a layer shows. `tiles` are edited in place, like a layer's."""

    tiles: TileMap
    is_enabled: bool = True

    def snapshot(self) -> "LayerMask":
        return LayerMask(self.tiles.copy(), self.is_enabled)


@dataclass(eq=False)
class Layer:
    """Identity, pixels and style. Changed by commands only.

    A group has no pixels of its own; what lies in it names it in `group_id` ("" is the ground).
    `recipe` says how a model made it.
    """

    style: LayerStyle = field(default_factory=LayerStyle)
    tiles: TileMap = field(default_factory=lambda: TileMap(TileFormat.COLOR))
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    mask: LayerMask | None = None
    is_group: bool = False
    group_id: str = ""
    recipe: Recipe | None = None

    @property
    def name(self) -> str:
        return self.style.name

    @property
    def mask_target(self) -> str:
        """What `EditTiles` and the tools call the mask of this layer."""
        return f"{self.id}/mask"

    def all_tiles(self) -> list[Tile]:
        """Those of its pixels and of its mask."""
        mask = self.mask
        asked = self.recipe.mask if self.recipe is not None else None
        return [
            *self.tiles.tiles(),
            *(mask.tiles.tiles() if mask is not None else ()),
            *(asked.tiles() if asked is not None else ()),
        ]

    @property
    def byte_size(self) -> int:
        return self.tiles.byte_size + (self.mask.tiles.byte_size if self.mask is not None else 0)

    def snapshot(self) -> "Layer":
        mask = self.mask.snapshot() if self.mask is not None else None
        tiles = self.tiles.copy()
        return Layer(self.style, tiles, self.id, mask, self.is_group, self.group_id, self.recipe)
