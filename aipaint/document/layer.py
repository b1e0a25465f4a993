"""`Layer`: one sheet of pixels and how it is shown."""

import uuid
from dataclasses import dataclass, field

from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True)
class LayerStyle:
    """Everything about a layer but its pixels; opacity 0..1."""

    name: str = "Layer"
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL
    is_visible: bool = True
    is_locked: bool = False


@dataclass(eq=False)
class Layer:
    """Identity, pixels and style. Changed by commands only."""

    style: LayerStyle = field(default_factory=LayerStyle)
    tiles: TileMap = field(default_factory=lambda: TileMap(TileFormat.COLOR))
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def name(self) -> str:
        return self.style.name

    def snapshot(self) -> "Layer":
        return Layer(self.style, self.tiles.copy(), self.id)
