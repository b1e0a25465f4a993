"""A document with a toolbox and a hand that drags, for tests of tools."""

import numpy as np

from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import StyleLayer
from aipaint.document.picture import Picture
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool
from aipaint.tools.toolbox import Toolbox

FRAME = Rect(0, 0, 400, 300)


class Studio:
    """One layer over a frame of 400 × 300; sentences for the user are kept in `told`."""

    def __init__(self, pixels: Pixels | None = None, *more: Layer) -> None:
        tiles = TileMap.from_pixels(pixels) if pixels is not None else Layer().tiles
        self.layer = Layer(LayerStyle("Paint"), tiles)
        picture = Picture([self.layer, *more], FRAME, active_layer_id=self.layer.id)
        self.document = Document(picture)
        self.toolbox = Toolbox(self.document)
        self.told: list[str] = []
        self.toolbox.surroundings.tell = self.told.append

    @property
    def picture(self) -> Picture:
        return self.document.picture

    def choose(self, tool_id: str) -> Tool:
        return self.toolbox.choose(tool_id)

    def drag(self, *places: tuple[float, float], **keys: bool) -> None:
        """Press at the first place, move through the others with a frame each, release."""
        self.hold(*places, **keys)
        self.toolbox.current.release()

    def hold(self, *places: tuple[float, float], **keys: bool) -> None:
        """A drag that has not ended yet."""
        tool = self.toolbox.current
        tool.press(PointerEvent(*places[0], **keys))
        for place in places[1:]:
            tool.move(PointerEvent(*place, **keys))
            tool.tick()

    def select(self, rect: Rect) -> None:
        self.picture.selection = rectangle_area(rect)

    def style(self, style: LayerStyle) -> None:
        """Lock or hide the layer."""
        self.document.do(StyleLayer(self.layer.id, style, "Style"))

    def pixels(self, rect: Rect = FRAME) -> Pixels:
        return self.layer.tiles.read(rect)

    def labels(self) -> list[str]:
        return self.document.undo_stack.labels


def plain(blue: int, green: int, red: int, alpha: int = 255) -> Pixels:
    """A frame of one premultiplied color."""
    return np.full((FRAME.height, FRAME.width, 4), (blue, green, red, alpha), np.uint8)
