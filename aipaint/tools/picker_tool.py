"""`PickerTool`: takes the foreground color from the picture."""

import math

from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.brush import Color
from aipaint.pixels.color_mean import mean_color
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayShape, OverlaySwatch, Point
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.painting_options import PickerOptions
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool


class PickerTool(Tool):
    """Follows the pointer while the button is down; Ctrl takes the background color. Where nothing
    is painted the colors stay. Not a step of the history."""

    id = "picker"
    label = "Color picker"
    hint = "Click or drag over the picture to take its color. Ctrl: the background color."

    def __init__(self, document: Document, box: PaintingBox) -> None:
        self._document = document
        self._box = box
        self._where: Point | None = None
        self._before = box.colors.foreground
        self._sets_background = False

    @property
    def is_busy(self) -> bool:
        return self._where is not None

    def press(self, event: PointerEvent) -> None:
        self._sets_background = event.has_control
        self._before = self._color
        self.move(event)

    def move(self, event: PointerEvent) -> None:
        self._where = (event.x, event.y)

    def tick(self) -> None:
        if self._where is None:
            return
        color = color_at(self._document.picture, self._where, self._box.painting.picker)
        if color is not None:
            self._set(color)
        self._box.surroundings.overlay_changed()

    def release(self) -> None:
        self.tick()
        self._where = None
        self._box.surroundings.overlay_changed()

    def cancel(self) -> None:
        if self._where is not None:
            self._set(self._before)
        self._where = None
        self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._where is None:
            return ()
        return (OverlaySwatch(*self._where, self._color, self._before),)

    @property
    def _color(self) -> Color:
        colors = self._box.colors
        return colors.background if self._sets_background else colors.foreground

    def _set(self, color: Color) -> None:
        if self._sets_background:
            self._box.colors.background = color
        else:
            self._box.colors.foreground = color


def color_at(picture: Picture, where: Point, options: PickerOptions) -> Color | None:
    """The mean color around a point, made opaque; None where nothing is painted."""
    side = options.side_pixels
    left, top = math.floor(where[0]) - side // 2, math.floor(where[1]) - side // 2
    around = Rect(left, top, side, side)
    if options.samples_all:
        return mean_color(render(picture, around))
    return mean_color(picture.active_layer.tiles.read(around))
