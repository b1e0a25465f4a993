"""`BlendMode`: how a layer meets what lies under it, by the names OpenRaster uses."""

from enum import Enum


class BlendMode(Enum):
    """The value is OpenRaster's composite-op."""

    NORMAL = "svg:src-over"
    MULTIPLY = "svg:multiply"
    SCREEN = "svg:screen"
    OVERLAY = "svg:overlay"
    DARKEN = "svg:darken"
    LIGHTEN = "svg:lighten"
    COLOR_DODGE = "svg:color-dodge"
    COLOR_BURN = "svg:color-burn"
    HARD_LIGHT = "svg:hard-light"
    SOFT_LIGHT = "svg:soft-light"
    DIFFERENCE = "svg:difference"
    PLUS = "svg:plus"

    @property
    def label(self) -> str:
        """For people: "Color Dodge"."""
        return self.name.replace("_", " ").title()
